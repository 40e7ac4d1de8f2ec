"""Several processes of one site on the database of the test: the very commands of `manage.py run`, a few times over."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction
from redis import Redis

from oa import rounds
from oa.celery import app
from oa.embedded.management.commands.run import is_up, web, worker
from oa.embedded.places import PROJECT
from oa.embedded.processes import Program
from oa.tasks.models import Task
from tests.bench.driver.sign_in import sign_in, workers
from tests.bench.driver.site import free_port
from tests.bench.population.writing import populate

HOST = "127.0.0.1"
UP_WITHIN, DONE_WITHIN = 120.0, 120.0
# Rounds that a small site has something to do for. The others have tests of their own.
ROUNDS = [name for name in rounds.ROUNDS if name.split(".")[1] in {"tasks", "rankings", "community"}]


def populated(*, trees: int, growing: int) -> None:
    """The database of the test becomes a site on which people have worked for months."""
    with transaction.atomic(), connection.cursor():
        populate(connection.connection, trees=trees, growing=growing)


def here() -> str:
    """The address of the test's own database."""
    told = connection.settings_dict
    return f"postgresql://{told['USER']}@/{told['NAME']}?host={told['HOST']}"


@dataclass
class Work:
    """A site at work: where its web server is, and what it is told."""

    url: str
    folder: Path
    environ: Mapping[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def manage(self, *words: str) -> str:
        """A command of manage.py as the site's own processes would run it; what it said."""
        command = [sys.executable, "-W", "ignore", "manage.py", *words]
        told = {"env": dict(self.environ), "cwd": PROJECT, "capture_output": True, "text": True}
        ended = subprocess.run(command, check=False, **told)  # type: ignore[call-overload]
        assert ended.returncode == 0, f"{' '.join(words)}:\n{ended.stdout[-2000:]}{ended.stderr[-3000:]}"
        return str(ended.stdout)

    def crowd(self, *, volunteers: int, cycles: int, seconds: float) -> subprocess.Popen[bytes]:
        """Volunteers from another process. They work until so much is done or the time is over."""
        sessions = self.folder / "sessions"
        sessions.write_text("\n".join(sign_in(workers(volunteers))) + "\n")
        command = [sys.executable, "-m", "tests.bench.driver.crowd", "--url", self.url, "--sessions", str(sessions)]
        how = ["--volunteers", str(volunteers), "--cycles", str(cycles), "--seconds", str(seconds), "--warm", "0"]
        return subprocess.Popen([*command, *how], cwd=PROJECT, stdout=subprocess.PIPE, env=dict(self.environ))

    def said(self) -> str:
        """What all processes have written."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))


@contextmanager
def at_work(folder: Path, *, webs: int, workers: int, database: str, **told: str) -> Iterator[Work]:
    """A web server of `webs` processes and a worker of `workers`, on this database. Gone at the end."""
    port = free_port()
    site = Work(f"http://{HOST}:{port}", folder, _environ(folder, port, database) | told)
    programs = [web(HOST, port), worker("worker", "default", concurrency=workers)]
    with ExitStack() as open_now:
        # Jobs about the trees of another test must not be there, nor be left for the next.
        _forget_jobs()
        open_now.callback(_forget_jobs)
        for program in programs:
            process = open_now.enter_context(_running(program, site, OA_WEB_PROCESSES=str(webs)))
            site.processes[program.name] = process
        deadline = time.monotonic() + UP_WITHIN
        while not (is_up(HOST, port) and app.control.ping(timeout=0.2)):
            assert time.monotonic() < deadline, site.said()[-3000:]
            assert all(process.poll() is None for process in site.processes.values()), site.said()[-3000:]
            time.sleep(0.1)
        yield site


def _forget_jobs() -> None:
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.flushdb()


@contextmanager
def _running(program: Program, site: Work, **told: str) -> Iterator[subprocess.Popen[bytes]]:
    environ = {**site.environ, **program.environ, **told}
    with (site.folder / f"{program.name}.log").open("wb") as log:
        process = subprocess.Popen(program.command, env=environ, cwd=PROJECT, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()
            process.wait()


def _environ(folder: Path, port: int, database: str) -> dict[str, str]:
    """As where a DATABASE_URL is set: in production. Signed as the test signs, or its sessions would not count."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "oa.settings",
        "DATABASE_URL": database,
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "OA_PUBLIC_URL": f"http://localhost:{port}",
        "OA_DATA_DIR": str(folder / "data"),
        "OA_WEB_THREADS": "4",
        "OA_TOXICITY": "off",
        "OA_THROTTLES": "off",
        "OA_RATE_LIMITS": "off",
        "OA_LOG_FORMAT": "json",
        "OA_LOG_LEVEL": "WARNING",
    }


def told_by(crowd: subprocess.Popen[bytes]) -> dict[str, Any]:
    """What a crowd says at its end."""
    with crowd:
        assert crowd.stdout
        said: dict[str, Any] = json.loads(crowd.stdout.readline() or b"{}")
    assert said, "the crowd ended without a word"
    return said


def send_rounds(names: Sequence[str] = ROUNDS) -> None:
    """What beat does, all at once."""
    for name in names:
        app.send_task(name, expires=15)


def until_booked() -> None:
    """Have the worker book until nothing is left to book."""
    deadline = time.monotonic() + DONE_WITHIN
    while Task.objects.filter(status="done", booked=False).exists():
        assert time.monotonic() < deadline, "what was done is not booked"
        send_rounds(["oa.community.jobs.book_what_happened"])
        time.sleep(0.5)


def deadlocks() -> int:
    """Since this database is there. Those that were resolved by trying again are counted too."""
    with psycopg.connect(here(), autocommit=True) as asking:
        row = asking.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").fetchone()
    assert row
    return int(row[0])
