"""Several programs in one terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from oa.embedded.places import PROJECT
from oa.embedded.processes import Group, KeepsFailing, Program, python

FOREVER = "import time; print('here', flush=True); time.sleep(600)"
# A terminal with one program, which has started another one as a web server starts its workers.
TERMINAL = """
import sys
from pathlib import Path
from oa.embedded.processes import Group, Program, python
group = Group(Path(sys.argv[1]))
group.start(Program("parent", python(sys.argv[2])))
group.pump(600)
"""
PARENT = """
import multiprocessing, time

def work():
    from oa.embedded.processes import die_with_parent
    die_with_parent()
    print("both are here", flush=True)
    time.sleep(600)

if __name__ == "__main__":
    multiprocessing.get_context("spawn").Process(target=work).start()
    time.sleep(600)
"""


@pytest.fixture
def group(tmp_path: Path) -> Group:
    return Group(tmp_path)


def pump_until(group: Group, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        group.pump(0.05)


def test_lines_say_whose_they_are_and_are_kept(
    group: Group, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ends: list[int] = []
    group.start(Program("talker", python("-c", "print('one'); print('two'); raise SystemExit(3)"), then=ends.append))

    pump_until(group, lambda: bool(ends))

    assert ends == [3]
    assert capsys.readouterr().out.splitlines() == ["   talker | one", "   talker | two"]
    assert (tmp_path / "talker.log").read_text() == "one\ntwo\n"


def test_a_program_that_was_killed_is_started_again(group: Group, capsys: pytest.CaptureFixture[str]) -> None:
    group.start(Program("web", python("-c", FOREVER)))
    first = group.children["web"].process.pid

    os.kill(first, signal.SIGKILL)

    pump_until(group, lambda: group.children["web"].process.pid != first)
    assert "ended by itself (SIGKILL)" in capsys.readouterr().out
    group.stop(["web"])


def test_a_program_that_keeps_failing_is_given_up(group: Group) -> None:
    group.start(Program("broken", python("-S", "-c", "raise SystemExit(1)")))

    with pytest.raises(KeepsFailing, match=r"broken ended 6 times within a minute; see .*broken\.log"):
        pump_until(group, lambda: False)


def test_stopping_asks_one_after_the_other(group: Group, capsys: pytest.CaptureFixture[str]) -> None:
    says = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('bye', flush=True), sys.exit()))\n"
        "print('here', flush=True)\n"
        "time.sleep(600)"
    )
    for name in ("first", "second"):
        group.start(Program(name, python("-c", says)))
    out: list[str] = []

    def both_are_here() -> bool:
        out.append(capsys.readouterr().out)
        return "".join(out).count("here") == 2

    pump_until(group, both_are_here)
    group.stop(["second", "absent", "first"])

    assert capsys.readouterr().out.splitlines() == ["   second | bye", "    first | bye"]
    assert group.children == {}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_a_killed_terminal_takes_all_along(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    terminal = subprocess.Popen(
        [sys.executable, "-c", TERMINAL, str(tmp_path), str(script)],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "MARK": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert terminal.stdout is not None
    assert "both are here" in terminal.stdout.readline()

    terminal.kill()

    deadline = time.monotonic() + 20
    while left := alive_with(tmp_path):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
    terminal.communicate()


def alive_with(mark: Path) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ, command = (folder / "environ").read_bytes(), (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"MARK={mark}".encode() in environ.split(b"\0"):
            found.append(command.decode(errors="replace"))
    return found
