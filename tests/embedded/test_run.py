"""`manage.py run`, which is all that `make run` does once the packages are there."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from oa.embedded.management.commands.run import free_port, is_installed
from oa.embedded.places import PROJECT, Site

START_SECONDS = 240.0


class Terminal:
    """A site in a terminal of its own, and what it has written there."""

    def __init__(self, site: Site) -> None:
        environ = {key: value for key, value in os.environ.items() if not key.startswith(("OA_", "REDIS_URL"))}
        environ |= {"OA_DATA_DIR": str(site.folder), "OA_TOXICITY": "off", "DJANGO_SETTINGS_MODULE": "oa.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=PROJECT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []

    def address(self) -> str:
        deadline = time.monotonic() + START_SECONDS
        assert self.process.stdout is not None
        while time.monotonic() < deadline:
            self.lines.append(self.process.stdout.readline())
            if found := re.search(r"is up: (http://\S+)", self.lines[-1]):
                return found[1]
        pytest.fail("".join(self.lines))


@pytest.fixture
def terminal(site: Site) -> Iterator[Terminal]:
    terminal = Terminal(site)
    yield terminal
    if terminal.process.poll() is None:
        terminal.process.kill()
    terminal.process.communicate()
    wait_until_nothing_runs(site)


def mentions(site: Site) -> dict[int, str]:
    """Every process that knows of this site, by its command line or its environment."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "cmdline").read_bytes() + b"\0" + (folder / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(site.folder) in text and int(folder.name) != os.getpid():
            found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return found


def wait_until_nothing_runs(site: Site, seconds: float = 30.0) -> dict[int, str]:
    deadline = time.monotonic() + seconds
    while (left := mentions(site)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.slow
def test_it_serves_until_it_is_told_to_stop_and_leaves_nothing_behind(site: Site, terminal: Terminal) -> None:
    address = terminal.address()
    assert is_ready(address)

    web = next(pid for pid, command in mentions(site).items() if "granian" in command)
    os.kill(web, signal.SIGKILL)
    deadline = time.monotonic() + START_SECONDS
    while web in mentions(site) or not is_ready(address):
        assert time.monotonic() < deadline, "the killed web server did not come back"
        time.sleep(0.2)

    terminal.process.send_signal(signal.SIGINT)
    terminal.lines.append(terminal.process.communicate(timeout=180)[0])
    assert terminal.process.returncode == 0, "".join(terminal.lines)
    assert mentions(site) == {}


def test_a_port_that_is_taken_is_left_to_whoever_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        assert free_port("127.0.0.1", taken) > taken
    assert f"port {taken} is taken" in capsys.readouterr().out


def test_packages_of_another_version_are_not_taken_for_installed(tmp_path: Path) -> None:
    wanted = tmp_path / "wanted.txt"

    wanted.write_text("# a comment\ndjango==0.1\n")
    assert not is_installed(wanted)
    wanted.write_text("no-such-package==1\n")
    assert not is_installed(wanted)
    wanted.write_text("celery==5.7.0  # and a reason\n")
    assert is_installed(wanted)
