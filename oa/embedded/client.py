"""Using the servers: find them or have them started, and be counted among their users."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from oa.embedded import locks, rules
from oa.embedded.places import PROJECT, Site, data_dir
from oa.embedded.rules import Addresses

START_SECONDS = 90.0
LOG_TAIL = 2_000


class ServersFailed(Exception):
    """The embedded servers did not come up."""


def in_use() -> bool:
    return rules.in_use(os.environ)


def addresses() -> Addresses:
    return Site(data_dir()).addresses


def join() -> None:
    """Make sure the servers run and stay while this process lives. Does nothing where addresses are given."""
    if in_use():
        _joined(data_dir())


def users_fd() -> int | None:
    """The open file that counts this process among the users; a child that inherits it is counted too."""
    return _joined(data_dir()) if in_use() else None


@functools.cache
def _joined(folder: Path) -> int:
    return enter(Site(folder))


def enter(site: Site) -> int:
    """Become a user: the file descriptor returned is the membership, closing it ends it."""
    site.prepare()
    fd = locks.open_lock(site.users_lock)
    # Waits while a supervisor that found nobody here is stopping its servers; then it is gone and we start another.
    locks.share(fd)
    try:
        _wait_until_ready(site)
    except BaseException:
        os.close(fd)
        raise
    return fd


def leave(site: Site, fd: int, *, timeout: float = 60.0) -> None:
    """Stop being a user; if we were the last, wait until the servers are gone."""
    os.close(fd)
    if (pid := _supervisor_of(site)) is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGUSR1)  # it need not wait for the next command of a script
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline and locks.is_taken(site.supervisor_lock) and not locks.is_shared(site.users_lock):
        time.sleep(0.05)


def _supervisor_of(site: Site) -> int | None:
    if not locks.is_taken(site.supervisor_lock):
        return None  # what it wrote may name a stranger by now
    try:
        return int(site.ready.read_text())
    except (FileNotFoundError, ValueError):
        return None


def _wait_until_ready(site: Site) -> None:
    deadline = time.monotonic() + START_SECONDS
    log_start = site.log.stat().st_size if site.log.exists() else 0
    started = False
    while time.monotonic() < deadline:
        if locks.is_taken(site.supervisor_lock):
            if site.ready.exists():
                return
        elif started:  # it took the lock before it let go of us, so it has ended since
            break
        else:
            started = _start_supervisor(site)
            continue
        time.sleep(0.02)
    raise ServersFailed(
        f"The embedded PostgreSQL and Valkey did not start; {site.log} says:\n{_new_lines(site.log, log_start)}"
    )


def _start_supervisor(site: Site) -> bool:
    """Returns when the supervisor has its lock, or has seen that another one was faster."""
    command = [sys.executable, "-m", "oa.embedded.supervisor", str(site.folder)]
    with site.log.open("ab") as log:
        subprocess.run(  # a session of its own: Ctrl-C is for us, the supervisor leaves when nobody is left
            command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, check=False
        )
    return True


def _new_lines(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(start)
        return file.read()[-LOG_TAIL:].decode(errors="replace").strip()
