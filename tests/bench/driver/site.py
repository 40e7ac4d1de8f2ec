"""The bench's own site: servers in a data folder of its own, a house that can be opened, and crowds that are let in."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import psycopg
from redis import Redis

from oa.embedded import client
from oa.embedded.places import PROJECT, Site
from oa.embedded.rules import DATABASE, ROLE, SUPERUSER
from tests.bench.driver import costs, statements

FORGET = ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "OA_DEMO", "OA_DEBUG", "OA_EMBEDDED_DURABLE")
TOLD = {
    "DJANGO_SETTINGS_MODULE": "tests.bench.driver.settings",
    "OA_TOXICITY": "off",  # a crowd of the bench is measured, not the model: that has a part of its own
    "OA_THROTTLES": "off",  # a volunteer of the bench does more than thirty tasks in four minutes
    "OA_RATE_LIMITS": "off",
    "OA_LOG_FORMAT": "json",
}
LOOK_SECONDS = 2.0


class Failed(Exception):
    """A process of the bench ended badly; the message says which and what it said last."""


@dataclass(slots=True)
class House:
    """A site that is open. `pids` are its processes by name, those of the servers among them."""

    url: str
    pids: dict[str, int]
    restarts: dict[str, int] = field(default_factory=dict)


class BenchSite:
    """PostgreSQL and Valkey of the bench, for as long as this lasts. It keeps everything in one folder."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder.resolve())
        kept = {name: value for name, value in os.environ.items() if name not in FORGET}
        self.environ = {**kept, **TOLD, "OA_DATA_DIR": str(self.site.folder)}
        self.sessions = self.site.folder / "sessions"

    def __enter__(self) -> Self:
        self._membership = client.enter(self.site)
        self.server = self.connect("postgres", SUPERUSER)
        self.server.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        statements.allow_uncounted(self.server, ROLE)
        return self

    def __exit__(self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None) -> None:
        self.server.close()
        client.leave(self.site, self._membership)

    def connect(self, database: str = DATABASE, role: str = ROLE) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.site.addresses.sockets), user=role, dbname=database, autocommit=True)

    def run(self, *arguments: str, check: bool = True, nice: int = 0) -> str:
        """A Python program on this site, to its end; what it said."""
        command = ["nice", "-n", str(nice), sys.executable, "-W", "ignore", *arguments]
        ended = subprocess.run(
            command,
            env=self.environ,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and ended.returncode:
            raise Failed(
                f"{' '.join(arguments)} ended with {ended.returncode}:\n{ended.stdout[-2000:]}{ended.stderr[-4000:]}"
            )
        return ended.stdout

    def manage(self, *arguments: str, check: bool = True) -> str:
        return self.run("manage.py", *arguments, check=check)

    def forget_what_redis_keeps(self) -> None:
        with Redis.from_url(self.site.addresses.redis_url) as redis:
            redis.flushall()

    def sign_in(self, people: int, *, busiest: bool = False) -> None:
        """Sessions for so many volunteers, in a file of their own."""
        which = ["--people", str(people), *(["--busiest"] if busiest else [])]
        self.run("-m", "tests.bench.driver.sign_in", *which, "--out", str(self.sessions))

    @contextmanager
    def open(self, *, web: int = 1) -> Iterator[House]:
        """The site at work, as `manage.py run` would have it."""
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "tests.bench.driver.house", "--port", str(port)]
        environ = {**self.environ, "OA_WEB_PROCESSES": str(web), "OA_PUBLIC_URL": url}
        log = (self.site.logs / "house.log").open("ab")
        process = subprocess.Popen(
            command, env=environ, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        )  # fmt: skip
        assert process.stdin and process.stdout
        try:
            house = House(url, {**self._heard(process.stdout), **self._servers()})
            yield house
            with suppress(BrokenPipeError):  # it has ended, and its log says why
                _go_on(process.stdin)
            house.restarts = {name: times for name, times in self._heard(process.stdout).items() if times}
        finally:
            process.communicate()
            log.close()

    def _heard(self, pipe: IO[bytes]) -> dict[str, int]:
        line = pipe.readline()
        if not line:
            said = (self.site.logs / "house.log").read_text(errors="replace")
            raise Failed(f"The site would not start, or has ended:\n{said[-3000:]}")
        found: dict[str, int] = json.loads(line)
        return found

    def _servers(self) -> dict[str, int]:
        supervisor = int(self.site.ready.read_text())
        postgres = int((self.site.cluster / "postmaster.pid").read_text().split()[0])
        valkey = [pid for pid in costs.children_of(supervisor) if pid != postgres]
        return {"database": postgres, "valkey": valkey[0]}

    def crowd(self, house: House, *options: str) -> dict[str, Any]:
        """Let a crowd in; what it says at its end, and under `costs` what that cost whom while it was watched."""
        command = [sys.executable, "-m", "tests.bench.driver.crowd", "--hold", "--url", house.url]
        process = subprocess.Popen(
            [*command, "--sessions", str(self.sessions), *options],
            env=self.environ, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin and process.stdout
        with process:
            self._expect("open", process.stdout)
            statements.start_counting(self.server)
            before, peaks = costs.cpu_seconds(house.pids), costs.memory(house.pids)
            _go_on(process.stdin)
            while not select.select([process.stdout], [], [], LOOK_SECONDS)[0]:
                peaks = {name: max(now, peaks[name]) for name, now in costs.memory(house.pids).items()}
            self._expect("closed", process.stdout)
            after, asked = costs.cpu_seconds(house.pids), statements.asked(self.server, DATABASE)
            heaviest = statements.heaviest(self.server, DATABASE)
            _go_on(process.stdin)
            told: dict[str, Any] = json.loads(process.stdout.readline() or b"null") or {}
        if not told:
            raise Failed("The crowd ended without a word.")
        cpu = {name: after[name] - before[name] for name in after}
        return {**told, "cpu_of": cpu, "memory_of": peaks, "asked": asked, "heaviest": heaviest}

    def _expect(self, word: str, pipe: IO[bytes]) -> None:
        if (line := pipe.readline().decode().strip()) != word:
            raise Failed(f"The crowd said “{line}” instead of “{word}”.")

    def asking(self, url: str, paths: Sequence[tuple[str, str]], *, readers: int, seconds: float) -> dict[str, Any]:
        """Let readers in, who look at these pages in turn; what that took by name."""
        file = self.site.folder / "paths"
        file.write_text("".join(f"{name} {path}\n" for name, path in paths))
        where = ["--url", url, "--sessions", str(self.sessions), "--paths", str(file)]
        rest = ["--readers", str(readers), "--seconds", str(seconds)]
        found: dict[str, Any] = json.loads(self.run("-m", "tests.bench.driver.asking", *where, *rest))
        return found


def _go_on(pipe: IO[bytes]) -> None:
    pipe.write(b"\n")
    pipe.flush()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
