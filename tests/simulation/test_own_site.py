"""`manage.py simulate` without an address: a site comes up, volunteers work on it, and it goes again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.simulation.sites import MARKS, LiveSite

pytestmark = pytest.mark.slow


@pytest.fixture
def site() -> Iterator[LiveSite]:
    site = LiveSite()
    yield site
    site.end()


def is_gone_soon(site: LiveSite) -> bool:
    """The servers stay for a moment in case another command follows."""
    deadline = time.monotonic() + 40
    while any(site.processes(name) for name in MARKS):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_it_brings_its_own_site_and_takes_it_away_again(site: LiveSite) -> None:
    site.folder.joinpath("journal").touch()
    words = ["--volunteers=8", "--cycles=30", "--langs=en", "--clients=3", "--hurry"]

    ran = site.manage("simulate", *words, f"--journal={site.folder / 'journal'}", check=False)

    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout.splitlines()[-1])
    assert (report["cycles"], report["errors"]) == (30, 0)
    assert sum(report["by_kind"].values()) == 30
    assert (site.folder / "journal").read_text().count("\n") == 30
    assert is_gone_soon(site), "it left processes behind"
