"""How a worker takes a release from the order to the last check: in steps, each of which may be done by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError

from oa.core.verbs import verb
from oa.datasets.actions.releasing.checking import check
from oa.datasets.actions.releasing.keeping import Keeper, Stopped, claim, let_go, was_cancelled
from oa.datasets.actions.releasing.moving import move
from oa.datasets.actions.releasing.ordering import drop_all, forget
from oa.datasets.actions.releasing.papers import write_papers
from oa.datasets.actions.releasing.staging import is_staged, keep_members, make_stage_file
from oa.datasets.actions.releasing.writing import write_files
from oa.datasets.models import Release
from oa.datasets.rules.releases import all_passed, with_new
from oa.datasets.rules.states import ReleaseState

# What is kept of an error: enough to see what it is.
MOST_WORDS = 2000


def work_on_releases(*, clock: Callable[[], datetime]) -> int:
    """Take the first release that no worker has in hand as far as it goes; 0 if there is none, else 1.

    An error ends it as `failed`, is kept with it and raised. Without a database nothing can be kept: then its lease
    ends, and a later round goes on.
    """
    release = claim(now=clock())
    if release is None:
        return 0
    keeper = Keeper(release, clock)
    keeper.start()
    try:
        _go_on(release, keeper, clock)
    except Stopped:
        _tidy_up(release)
    except OperationalError:
        raise
    except Exception as error:
        keeper.stop()
        _fail(release, error)
        raise
    except BaseException:  # the worker is told to end: another goes on at once
        keeper.stop()
        let_go(release)
        raise
    finally:
        keeper.stop()
    return 1


def _go_on(release: Release, keeper: Keeper, clock: Callable[[], datetime]) -> None:
    """The steps, each skipped if it is done. Whatever says that it is done is written after it."""
    if release.state == ReleaseState.WAITING:
        _to(release, ReleaseState.BUILDING, keeper)
    if release.state == ReleaseState.BUILDING:
        if not is_staged(release):
            with keeper.holding() as held:
                forget(held)  # what was made from a file that is lost would not agree with a new one
            release.refresh_from_db()
            make_stage_file(release, keeper)
        if release.taken_at is None:
            keep_members(release, keeper)
        write_files(release, keeper)
        write_papers(release, keeper)
        _to(release, ReleaseState.CHECKING, keeper)
    findings = check(release, keeper, now=clock())
    checks = with_new((), findings)
    with keeper.holding() as held:
        passed = all_passed(checks)
        move(
            held, ReleaseState.READY if passed else ReleaseState.REFUSED, checks=checks, built_at=clock(),
            claimed_until=None, phase="", done=0, total=0,
        )  # fmt: skip


def _to(release: Release, state: ReleaseState, keeper: Keeper) -> None:
    with keeper.holding() as held:
        move(held, state)
    release.refresh_from_db()


@verb
def _fail(release: Release, error: Exception) -> None:
    words = f"{type(error).__name__}: {error}"[:MOST_WORDS]
    held = Release.objects.at_work().select_for_update(of=("self",), no_key=True).filter(pk=release.pk).first()
    if held is not None:
        move(held, ReleaseState.FAILED, error=words, claimed_until=None)


def _tidy_up(release: Release) -> None:
    """What a cancelled release leaves behind; what another worker goes on with stays."""
    if was_cancelled(release):
        drop_all(release)
