"""A build that ends in the middle, however it ends, is gone on with; nothing is done twice, nothing half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.utils import timezone

from oa.datasets.actions import releasing
from oa.datasets.actions.releasing import papers, running, staging, writing
from oa.datasets.actions.releasing.folders import folder_of, stage_of
from oa.datasets.actions.releasing.keeping import LEASE, Stopped, claim
from oa.datasets.models import Release
from oa.datasets.rules.releases import sums_of
from oa.datasets.rules.states import ReleaseState
from tests.datasets import releases as r
from tests.datasets.files import PROJECT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder", "unloaded")]


class Ended(BaseException):
    """The worker ends here."""


def ending(module: object, name: str, *, before: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the worker end the next time it is there: before it does this, or after it has."""
    real = getattr(module, name)

    def once(*args: object, **kwargs: object) -> object:
        monkeypatch.setattr(module, name, real)
        if not before:
            real(*args, **kwargs)
        raise Ended

    monkeypatch.setattr(module, name, once)


@pytest.mark.parametrize(
    ("module", "name", "before"),
    [
        (running, "make_stage_file", True), (running, "make_stage_file", False), (staging, "counted", True),
        (running, "keep_members", False), (writing, "_note_files", True), (writing, "_note_files", False),
        (papers, "datasheet_of", True), (papers, "sums_of", True), (running, "check", True), (running, "check", False),
    ],
    ids=[
        "before the stage", "after the stage", "in the stage", "after the members", "before a file is noted",
        "after a file is noted", "in the papers", "before the last paper", "before the checks", "after the checks",
    ],
)  # fmt: skip
def test_another_worker_goes_on(module: object, name: str, before: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    r.site(trees=1)
    release = r.ordered(forms=["messages", "trees"])
    ending(module, name, before=before, monkeypatch=monkeypatch)

    with pytest.raises(Ended):
        running.work_on_releases(clock=timezone.now)
    release = r.worked_on(release.name)

    assert release.state == ReleaseState.READY, (release.error, release.checks)


def test_a_killed_worker_is_followed_by_another_when_its_lease_is_over() -> None:
    r.site(trees=1)
    release = r.ordered()
    script = (
        "import os, signal, django; django.setup()\n"
        "from pathlib import Path\n"
        "from django.conf import settings\n"
        "from django.db import connections\n"
        "from django.utils import timezone\n"
        "from oa.datasets.actions.releasing import running, writing\n"
        f"connections['default'].settings_dict['NAME'] = {connection.settings_dict['NAME']!r}\n"
        f"settings.OA_RELEASES_DIR = Path({str(django_settings.OA_RELEASES_DIR)!r})\n"
        "writing._note_files = lambda *args: os.kill(os.getpid(), signal.SIGKILL)\n"
        "running.work_on_releases(clock=timezone.now)\n"
    )
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "oa.settings"}

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, env=env, capture_output=True, text=True, check=False
    )

    assert done.returncode == -signal.SIGKILL, done.stderr
    release.refresh_from_db()
    assert release.state == ReleaseState.BUILDING
    assert running.work_on_releases(clock=timezone.now) == 0, "it is still believed to be at it"
    Release.objects.filter(pk=release.pk).update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert r.worked_on().state == ReleaseState.READY


def test_of_two_workers_one_has_it_in_hand() -> None:
    r.site(trees=1)
    r.ordered()
    taken: list[int] = []

    def work() -> None:
        try:
            taken.append(running.work_on_releases(clock=timezone.now))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [0, 1]
    assert Release.objects.get().state == ReleaseState.READY


def test_a_worker_that_was_believed_dead_writes_nothing_any_more() -> None:
    r.site(trees=1)
    with r.in_hand(r.ordered()) as (release, keeper):
        other = claim(now=timezone.now() + 2 * LEASE)
        assert other == release
        with pytest.raises(Stopped), keeper.holding():
            pass


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def test_a_lease_is_renewed_with_how_far_it_is() -> None:
    r.site(trees=1)
    with r.in_hand(r.ordered()) as (release, keeper):
        before = release.claimed_until
        keeper.say("stage", 3, 7)
        wait_for(lambda: Release.objects.get().done == 3)
        after = Release.objects.get()
        assert (after.phase, after.total) == ("stage", 7)
        assert before is not None
        assert after.claimed_until is not None
        assert after.claimed_until > before


def test_what_is_cancelled_stops_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    r.site(trees=1)
    release = r.ordered()
    real = writing.write_files

    def cancelled_meanwhile(*args: object) -> None:
        releasing.cancel_release(name="first", by=None, now=timezone.now())
        real(*args)  # type: ignore[arg-type]  # whatever it takes

    monkeypatch.setattr(running, "write_files", cancelled_meanwhile)

    assert running.work_on_releases(clock=timezone.now) == 1
    release.refresh_from_db()
    assert release.state == ReleaseState.CANCELLED
    assert not folder_of(release).exists()
    assert not stage_of(release).exists()
    monkeypatch.setattr(running, "write_files", real)
    releasing.retry_release(name="first", by=None, now=timezone.now())
    assert r.worked_on().state == ReleaseState.READY


def test_what_failed_says_why_and_goes_on_where_it_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    r.site(trees=1)
    release = r.ordered()
    real = sums_of

    def full(_files: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(papers, "sums_of", full)
    with pytest.raises(OSError, match="No space left"):
        running.work_on_releases(clock=timezone.now)
    release.refresh_from_db()
    assert (release.state, release.error) == (ReleaseState.FAILED, "OSError: [Errno 28] No space left on device")
    written = {file.path: file.written_at for file in release.files.all()}
    monkeypatch.setattr(papers, "sums_of", real)
    releasing.retry_release(name="first", by=None, now=timezone.now())

    release = r.worked_on()

    assert release.state == ReleaseState.READY
    again = {file.path: file.written_at for file in release.files.all()}
    assert {path: again[path] for path in written} == written


def test_without_a_database_it_is_not_called_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    r.site(trees=1)
    release = r.ordered()

    def gone(*_args: object) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(running, "write_files", gone)
    with pytest.raises(OperationalError):
        running.work_on_releases(clock=timezone.now)

    release.refresh_from_db()
    assert release.state == ReleaseState.BUILDING


def test_a_lost_private_file_is_made_anew_with_all_that_was_made_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    r.site(trees=1)
    release = r.ordered()
    ending(running, "write_papers", before=True, monkeypatch=monkeypatch)
    with pytest.raises(Ended):
        running.work_on_releases(clock=timezone.now)
    (stage_of(release) / staging.ABOUT).unlink()

    assert r.worked_on().state == ReleaseState.READY


@pytest.mark.parametrize(
    "state", [ReleaseState.READY, ReleaseState.REFUSED, ReleaseState.FAILED, ReleaseState.BUILDING]
)
def test_what_no_worker_has_in_hand_is_cancelled_and_leaves_nothing(state: str) -> None:
    r.site(trees=1)
    release = r.made()
    assert stage_of(release).exists()
    dead = timezone.now() - timedelta(seconds=1) if state == ReleaseState.BUILDING else None
    Release.objects.filter(pk=release.pk).update(state=state, claimed_until=dead)

    releasing.cancel_release(name="first", by=None, now=timezone.now())

    assert not stage_of(release).exists(), "the original ids stand in it"
    assert not folder_of(release).exists()
    releasing.retry_release(name="first", by=None, now=timezone.now())
    assert r.worked_on().state == ReleaseState.READY
