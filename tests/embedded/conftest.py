"""People who use a site's servers, each a process of its own, so that one can be killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from oa.embedded import locks
from oa.embedded.places import PROJECT, Site

USE = """
import sys
from pathlib import Path
from oa.embedded import client
from oa.embedded.places import Site
site = Site(Path(sys.argv[1]))
fd = client.enter(site)
print("in", flush=True)
sys.stdin.read()
client.leave(site, fd)
"""


class Person:
    """A process that uses the servers of a site until it leaves or is killed."""

    def __init__(self, site: Site, *, prefix: tuple[str, ...] = (), python: str = sys.executable) -> None:
        environ = {key: value for key, value in os.environ.items() if key != "OA_EMBEDDED_DURABLE"}
        self.process = subprocess.Popen(
            [*prefix, python, "-c", USE, str(site.folder)],
            cwd=PROJECT,
            env=environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def is_in(self) -> bool:
        assert self.process.stdout is not None
        if self.process.stdout.readline() == "in\n":
            return True
        pytest.fail(self.complaint())

    def leave(self) -> None:
        self.process.communicate(timeout=180)

    def complaint(self) -> str:
        return self.process.communicate(timeout=180)[1]


@pytest.fixture
def new_site() -> Iterator[Callable[[], Site]]:
    """Makes sites in folders only we may enter, as below /root; stops and removes them afterwards."""
    sites: list[Site] = []

    def make() -> Site:
        sites.append(Site(Path(tempfile.mkdtemp(prefix="oa-site-")).resolve() / "data"))
        return sites[-1]

    yield make
    for site in sites:
        if site.supervisor_lock.exists() and locks.is_taken(site.supervisor_lock):
            kill_everything(site)
        shutil.rmtree(site.folder.parent)
        shutil.rmtree(site.addresses.sockets, ignore_errors=True)


@pytest.fixture
def site(new_site: Callable[[], Site]) -> Site:
    return new_site()


@pytest.fixture
def join(new_site: Callable[[], Site]) -> Iterator[Callable[..., Person]]:
    people: list[Person] = []

    def someone(site: Site, **options: object) -> Person:
        people.append(Person(site, **options))  # type: ignore[arg-type]  # passed through as they are
        return people[-1]

    yield someone
    for person in people:
        if person.process.poll() is None:
            person.process.kill()
        person.process.communicate()


def processes_of(site: Site) -> dict[str, int]:
    """The pids of the supervisor and of both servers."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if f"oa.embedded.supervisor {site.folder}" in command:
            found["supervisor"] = int(folder.name)
        elif f"postgres -D {site.cluster}" in command:
            found["postgres"] = int(folder.name)
        elif str(site.addresses.valkey_socket) in command:
            found["valkey"] = int(folder.name)
    return found


def kill_everything(site: Site) -> None:
    for pid in processes_of(site).values():
        os.kill(pid, signal.SIGKILL)


def connect(site: Site) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(site.addresses.database_url, autocommit=True, connect_timeout=5)


def valkey(site: Site) -> redis.Redis:
    return redis.Redis.from_url(site.addresses.redis_url, socket_timeout=5)
