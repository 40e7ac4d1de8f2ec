"""Several programs in one terminal: started together, their lines told apart, stopped in order, none left behind."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from oa.embedded import rules

STOP_SECONDS = 15.0
RESTARTS, RESTARTS_WITHIN = 5, 60.0
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


class KeepsFailing(Exception):
    """A program that ends again and again; starting it once more would help nobody."""


@dataclass(slots=True)
class Program:
    """What to run. `then` is for a program that is meant to end: it is told how it ended."""

    name: str
    command: Sequence[str]
    then: Callable[[int], None] | None = None
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Child:
    program: Program
    process: subprocess.Popen[bytes]
    log: IO[bytes]
    rest: bytes = b""
    ended: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """The programs of one site. All of them are started from the main thread: Linux ties their death to its."""

    logs: Path
    keep_open: Sequence[int] = ()
    children: dict[str, Child] = field(default_factory=dict)
    selector: selectors.DefaultSelector = field(default_factory=selectors.DefaultSelector)

    def start(self, program: Program) -> None:
        log = (self.logs / f"{program.name}.log").open("ab")
        child = Child(program, self._spawn(program), log)
        self.children[program.name] = child
        self._listen(child)

    def pump(self, seconds: float) -> None:
        """Pass lines on for a while, and look after whoever has ended."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            for key, _events in self.selector.select(left):
                self._pass_on(key.data)
            for child in list(self.children.values()):
                if child.process.poll() is not None:
                    self._ended(child)

    def stop(self, names: Sequence[str]) -> None:
        """Ask these to end, one after the other, and insist after a while."""
        for name in names:
            child = self.children.pop(name, None)
            if child is None:
                continue
            _signal(child.process, signal.SIGTERM)
            deadline = time.monotonic() + STOP_SECONDS
            while child.process.poll() is None and time.monotonic() < deadline:
                for key, _events in self.selector.select(0.05):
                    self._pass_on(key.data)
            self._bury(child)

    def kill(self) -> None:
        for child in self.children.values():
            _signal(child.process, signal.SIGKILL)
        while self.children:
            self._bury(self.children.popitem()[1])

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        prefix = rules.as_nobody(
            is_root=False,
            has_user_namespaces=False,
            has_setpriv=shutil.which("setpriv") is not None,
            death_signal="TERM",
        )
        return subprocess.Popen(
            [*prefix, *program.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **program.environ},
            pass_fds=self.keep_open,
            # Ctrl-C reaches every process of the terminal's group: these are to be stopped by us, in order.
            start_new_session=True,
        )

    def _listen(self, child: Child) -> None:
        assert child.process.stdout is not None
        os.set_blocking(child.process.stdout.fileno(), False)
        self.selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _pass_on(self, child: Child) -> None:
        out = child.process.stdout
        assert out is not None
        try:
            text = os.read(out.fileno(), 65536)
        except BlockingIOError:
            return
        if not text:
            self.selector.unregister(out)
            return
        child.log.write(text)
        child.log.flush()
        *lines, child.rest = (child.rest + text).split(b"\n")
        for line in lines:
            tell(child.program.name, line.decode(errors="replace"))

    def _ended(self, child: Child) -> None:
        self._bury(child)
        name, code = child.program.name, child.process.returncode
        del self.children[name]
        if child.program.then is not None:
            child.program.then(code)
            return
        now = time.monotonic()
        recent = [*(moment for moment in child.ended if now - moment < RESTARTS_WITHIN), now]
        if len(recent) > RESTARTS:
            raise KeepsFailing(f"{name} ended {len(recent)} times within a minute; see {self.logs / name}.log")
        tell(name, f"ended by itself ({_how(code)}); starting it again")
        self.start(child.program)
        self.children[name].ended = recent

    def _bury(self, child: Child) -> None:
        """Also whatever it started itself: all of it is in its session."""
        _signal(child.process, signal.SIGKILL)
        child.process.wait()
        out = child.process.stdout
        assert out is not None
        if out in self.selector.get_map():
            self._pass_on(child)
        if out in self.selector.get_map():
            self.selector.unregister(out)
        out.close()
        child.log.close()


def die_with_parent() -> None:
    """For a process that a program of ours has started itself: Linux then ends it with whoever started it."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():  # it died before we could say so
        sys.exit("whoever started this process has ended")


def tell(name: str, line: str) -> None:
    print(f"{name:>9} | {line}", flush=True)  # noqa: T201 - this is the terminal's one voice


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """SIGTERM is for the program, which ends its own children in order; SIGKILL is for all of its group."""
    try:
        if number == signal.SIGKILL:
            os.killpg(process.pid, number)
        elif process.poll() is None:
            process.send_signal(number)
    except ProcessLookupError:
        return


def _how(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"code {code}"
