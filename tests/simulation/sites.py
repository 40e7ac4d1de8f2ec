"""A whole site as `make run` starts it, in a folder of its own, whose processes can be killed one by one."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import psycopg

from oa.embedded.places import PROJECT, Site
from tests.simulation import migrated

UP_WITHIN = 300.0
# What a process of the site has in its command line.
MARKS = {
    "run": "manage.py run",
    "web": "granian",
    "worker": "worker@",
    "datasets": "datasets@",
    "toxicity": "toxicity@",
    "beat": "celery -q -A oa beat",
    "supervisor": "oa.embedded.supervisor",
    "postgres": "postgres -D",
    "valkey": "valkey.sock",
}
RESULTS = {
    "message_id": "SELECT 1 FROM trees_message WHERE id = %s",
    "review_id": "SELECT 1 FROM reviews_review WHERE id = %s",
    "ballot_id": "SELECT 1 FROM rankings_ballot WHERE id = %s",
}


class LiveSite:
    """`manage.py run` and everything it starts."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="oa-crash-")).resolve()
        self.site = Site(self.folder / "data")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.log = self.folder / "run.log"
        self.runs: list[subprocess.Popen[bytes]] = []

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """Ours, without what the test run has set up for itself."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OA_", "DATABASE_URL", "REDIS_URL", "DJANGO_"))
        }
        return inherited | {
            "OA_DATA_DIR": str(self.site.folder),
            "OA_PORT": str(self.port),
            "OA_TOXICITY": "off",
            "OA_RATE_LIMITS": "off",
            "OA_THROTTLES": "off",
            "OA_EMAIL_VERIFICATION": "none",
            "OA_LOG_LEVEL": "WARNING",
        }

    def manage(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=PROJECT, env=self.environ, text=True, capture_output=True, check=check)

    def start(self) -> None:
        """As `make run` does, only that the tables are there already."""
        if not self.site.cluster.exists():
            migrated.lay_down(self.site)
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", "run"]
            self.runs.append(
                subprocess.Popen(command, cwd=PROJECT, env=self.environ, stdout=log, stderr=log, start_new_session=True)
            )

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + UP_WITHIN
        while not self._answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"the site did not come up:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def publish_terms(self) -> None:
        """Nobody works without having agreed to something; a site that is no demo starts without terms."""
        with psycopg.connect(self.site.addresses.database_url) as connection:
            connection.execute("INSERT INTO accounts_terms (version, text, published_at) VALUES (1, 'Be kind.', now())")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def processes(self, name: str) -> list[int]:
        """The pids of one kind, with the children that have another command line."""
        folders = [folder for folder in Path("/proc").glob("[0-9]*") if self._is_ours(folder, MARKS[name])]
        found = {int(folder.name) for folder in folders}
        return [*found, *(child for pid in found for child in _children(pid) if child not in found)]

    def _is_ours(self, folder: Path, mark: str) -> bool:
        """Told by the folder of the site: in the command line, or in the surroundings it was started in."""
        try:
            command = (folder / "cmdline").read_text(errors="replace").replace("\0", " ")
            surroundings = (folder / "environ").read_text(errors="replace").split("\0")
        except OSError:
            return False
        ours = f"OA_DATA_DIR={self.site.folder}" in surroundings
        ours = ours or any(str(place) in command for place in (self.site.folder, self.site.addresses.sockets))
        return ours and mark in command and "simulate" not in command

    def kill(self, *names: str) -> int:
        """kill -9, all of them at once. Returns how many processes it met."""
        pids = {pid for name in names for pid in self.processes(name)}
        for number in (signal.SIGSTOP, signal.SIGKILL):  # stopped first, none of them sees another one die
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
        return len(pids)

    def end(self) -> None:
        self.kill(*MARKS)
        for run in self.runs:
            run.wait()
        shutil.rmtree(self.folder)
        shutil.rmtree(self.site.addresses.sockets, ignore_errors=True)

    def missing(self, journal: Path) -> list[str]:
        """The answers of a simulation's journal that are not in the database, each with what is wrong."""
        lines = [json.loads(line) for line in journal.read_text().splitlines()]
        with psycopg.connect(self.site.addresses.database_url) as connection:
            return [wrong for line in lines for wrong in _wrong(connection, line)]


def _wrong(connection: psycopg.Connection[tuple[object, ...]], line: dict[str, object]) -> Iterable[str]:
    task = connection.execute(
        "SELECT task.status, task.result, person.email FROM tasks_task task "
        "JOIN accounts_user person ON person.id = task.assignee_id WHERE task.id = %s",
        [line["task"]],
    ).fetchone()
    if task != ("done", line["result"], line["email"]):
        yield f"{line} is answered, the database has {task}"
    result = line["result"]
    assert isinstance(result, dict)
    for name, pk in result.items():
        if name in RESULTS and not connection.execute(RESULTS[name], [pk]).fetchone():
            yield f"{line} is answered, there is no such {name}"


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "--no-headers", "-o", "pid", "--ppid", str(pid)], capture_output=True, check=False)
    return [int(word) for word in found.stdout.split()]
