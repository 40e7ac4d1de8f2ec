"""Releases for tests: made of small trees that people have carried to their end, by the worker's own steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from django.utils import timezone

from oa.datasets.actions import releasing
from oa.datasets.actions.releasing import running
from oa.datasets.actions.releasing.keeping import Keeper, claim
from oa.datasets.actions.releasing.papers import write_papers
from oa.datasets.actions.releasing.staging import keep_members, make_stage_file
from oa.datasets.actions.releasing.writing import write_files
from oa.datasets.models import Release
from oa.datasets.rules.releases import ReleaseOrder
from oa.datasets.rules.states import RELEASES_AT_WORK, ReleaseState
from oa.trees.models import Message
from tests import builders as b

# Quick to make and to load; all sides have a chance.
SMALL_ORDER: Mapping[str, Any] = {"forms": ["messages"], "packings": ["jsonl"], "validation_share": 0}


def site(trees: int = 2, **policy: Any) -> list[Message]:
    """The prompts of so many trees that are ready."""
    b.policy(embargo_days=0, **policy)
    return [b.ready() for _ in range(trees)]


def ordered(name: str = "first", **order: Any) -> Release:
    wish = ReleaseOrder.of({**SMALL_ORDER, **order})
    return releasing.order_release(
        cover=releasing.Cover(name, "CC-BY-4.0", title="A title"), order=wish, by=None, now=timezone.now()
    )


@contextmanager
def in_hand(release: Release) -> Iterator[tuple[Release, Keeper]]:
    """As a worker has it while it is at it."""
    mine = claim(now=timezone.now())
    assert mine == release
    Release.objects.filter(pk=release.pk, state=ReleaseState.WAITING).update(state=ReleaseState.BUILDING)
    mine.refresh_from_db()
    keeper = Keeper(mine, timezone.now)
    keeper.start()
    try:
        yield mine, keeper
    finally:
        keeper.stop()


@contextmanager
def written(name: str = "first", **order: Any) -> Iterator[tuple[Release, Keeper]]:
    """A release whose files are all written, before the checks; still in the worker's hand."""
    with in_hand(ordered(name, **order)) as (release, keeper):
        make_stage_file(release, keeper)
        keep_members(release, keeper)
        write_files(release, keeper)
        write_papers(release, keeper)
        yield release, keeper


def worked_on(name: str = "first") -> Release:
    """Workers' rounds until it is at rest."""
    while Release.objects.get(name=name).state in RELEASES_AT_WORK:
        assert running.work_on_releases(clock=timezone.now), "nobody may go on with it"
    return Release.objects.get(name=name)


def made(name: str = "first", **order: Any) -> Release:
    ordered(name, **order)
    return worked_on(name)


def published(name: str = "first", **order: Any) -> Release:
    release = made(name, **order)
    assert release.state == ReleaseState.READY, (release.error, [row for row in release.checks if not row["passed"]])
    return releasing.publish(name=name, by=None, now=timezone.now())


def rows_of(release: Release, path: str) -> list[dict[str, Any]]:
    content = (releasing.folder_of(release) / path).read_bytes()
    return [orjson.loads(line) for line in content.splitlines()]


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def found(release: Release, code: str) -> list[dict[str, str]]:
    """What a check has found."""
    row = next(row for row in release.checks if row["code"] == code)
    assert row["passed"] == (not row["found"])
    return list(row["examples"])
