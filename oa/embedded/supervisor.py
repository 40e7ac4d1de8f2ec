"""The process that owns the servers: `python -m oa.embedded.supervisor DATA_DIR`, started by `client.enter`.

It belongs to no terminal and leaves by itself: when nobody shares the users' file for a while, it stops both servers.
If it is killed, the kernel tells both servers to stop (their death signal).
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psycopg

from oa.embedded import locks
from oa.embedded.binaries import ServerMissing
from oa.embedded.places import Site
from oa.embedded.servers import Launcher, Server, ServerFailed, say

LINGER_SECONDS = 2.0  # from one command of a script to the next
LOOK_SECONDS = 0.2
RESTARTS, RESTARTS_WITHIN = 5, 60.0


class Stop(Exception):
    """Somebody asked this process to end."""


@dataclass(slots=True)
class Patience:
    """How long to stay when nobody is here."""

    linger: float
    hurried: bool = False
    lonely_since: float | None = None

    def ends(self, *, alone: bool, now: float) -> bool:
        if not alone:
            self.hurried, self.lonely_since = False, None
            return False
        if self.lonely_since is None:
            self.lonely_since = now
        return self.hurried or now - self.lonely_since >= self.linger


def main() -> int:
    site = Site(Path(sys.argv[1]))
    lock = locks.open_lock(site.supervisor_lock)
    if not locks.take(lock, within=0.5):
        return 0
    site.ready.unlink(missing_ok=True)
    site.prepare()
    if os.fork():
        os._exit(0)  # the child has the lock: whoever started us may look for it from here on
    try:
        supervise(site)
    except (ServerFailed, ServerMissing, OSError, psycopg.Error) as error:
        say(str(error))
        return 1
    return 0


def supervise(site: Site) -> None:
    durable = os.environ.get("OA_EMBEDDED_DURABLE") != "off"
    patience = Patience(linger=LINGER_SECONDS if durable else 0.0)
    _listen(patience)
    launcher = Launcher(site, durable=durable)
    start: dict[str, Callable[[], Server]] = {"PostgreSQL": launcher.postgres, "Valkey": launcher.valkey}
    running: dict[str, Server] = {}
    try:
        _keep(site, start, running, patience)
    except Stop:
        say("asked to stop")
    finally:
        site.ready.unlink(missing_ok=True)
        for server in running.values():
            server.stop()
    shutil.rmtree(site.addresses.sockets, ignore_errors=True)
    say("stopped")


def _listen(patience: Patience) -> None:
    def on_stop(_number: int, _frame: FrameType | None) -> None:
        raise Stop

    def on_hurry(_number: int, _frame: FrameType | None) -> None:
        """Somebody who has left waits for us to go."""
        patience.hurried = True

    signal.signal(signal.SIGTERM, on_stop)
    signal.signal(signal.SIGUSR1, on_hurry)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _keep(site: Site, start: dict[str, Callable[[], Server]], running: dict[str, Server], patience: Patience) -> None:
    users = locks.open_lock(site.users_lock)
    restarts: list[float] = []
    while True:
        for name in [name for name in start if name not in running or not running[name].is_alive]:
            site.ready.unlink(missing_ok=True)
            if name in running:
                restarts = _count_restart(name, restarts)
            running[name] = start[name]()
            say(f"{name} is up (process {running[name].process.pid})")
        if not site.ready.exists():
            site.ready.write_text(f"{os.getpid()}\n")
        # Whoever comes while we have the users' file alone waits until we are gone, and starts another supervisor.
        alone = locks.take(users)
        if patience.ends(alone=alone, now=time.monotonic()):
            return
        if alone:
            locks.release(users)
        time.sleep(LOOK_SECONDS)


def _count_restart(name: str, restarts: list[float]) -> list[float]:
    now = time.monotonic()
    recent = [*(moment for moment in restarts if now - moment < RESTARTS_WITHIN), now]
    if len(recent) > RESTARTS:
        raise ServerFailed(f"{name} ended {len(recent)} times within a minute")
    say(f"{name} ended by itself; starting it again")
    return recent


if __name__ == "__main__":
    sys.exit(main())
