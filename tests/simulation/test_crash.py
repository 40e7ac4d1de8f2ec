"""What the site has answered with a 2xx is there, whatever is killed afterwards, and nobody is left stuck."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from oa.embedded.places import PROJECT
from tests.simulation.sites import LiveSite

pytestmark = pytest.mark.slow

CYCLES = 160
ONE_BY_ONE = ("web", "worker", "beat", "postgres", "valkey")


@pytest.fixture
def site() -> Iterator[LiveSite]:
    site = LiveSite()
    yield site
    site.end()


class Simulation:
    """Volunteers at work on a site, from a process and a folder of their own."""

    def __init__(self, site: LiveSite) -> None:
        self.journal = site.folder / "journal.jsonl"
        options = ["--volunteers=16", f"--cycles={CYCLES}", "--langs=en", "--clients=4", "--seed=5", "--hurry"]
        where = [f"--url={site.url}", f"--journal={self.journal}"]
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "simulate", *options, *where],
            cwd=PROJECT,
            env=site.environ | {"OA_DATA_DIR": str(site.folder / "elsewhere")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @property
    def done(self) -> int:
        return self.journal.read_text().count("\n") if self.journal.exists() else 0

    def wait_for(self, answers: int) -> None:
        """Until so many more answers have come."""
        goal, deadline = self.done + answers, time.monotonic() + 300
        while self.done < goal:
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"it stands still at {self.done} answers:\n{self.finish()}")
            time.sleep(0.02)

    def finish(self) -> str:
        return self.process.communicate(timeout=400)[0]


def with_an_answer_never_given(journal: Path) -> Path:
    """A journal whose last answer is about a task and a review that don't exist."""
    nowhere = str(uuid4())
    line = {"task": nowhere, "email": "nobody@oa.example", "result": {"review_id": nowhere}}
    false = journal.with_suffix(".false")
    false.write_text(f"{journal.read_text()}{json.dumps(line)}\n")
    return false


def test_what_was_answered_outlives_every_process(site: LiveSite) -> None:
    site.start()
    site.wait_until_up()
    site.publish_terms()
    simulation = Simulation(site)
    simulation.wait_for(20)

    for name in ONE_BY_ONE:
        assert site.kill(name), f"there was no {name} to be killed"
        simulation.wait_for(10)
    assert site.kill("run", "supervisor", *ONE_BY_ONE) >= 7
    site.start()

    out = simulation.finish()
    report = json.loads(out.splitlines()[-1])
    assert simulation.process.returncode == 0, out
    assert report["cycles"] == CYCLES == simulation.done
    assert report["retries"] > 0
    assert site.missing(simulation.journal) == []
    assert len(site.missing(with_an_answer_never_given(simulation.journal))) == 2
    checked = site.manage("check_integrity", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
