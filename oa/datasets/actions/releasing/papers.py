"""The papers of a release: card, datasheet, changes, lists of what was taken back, manifest, checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC
from itertools import islice
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone, translation

from oa.accounts.models import Terms
from oa.datasets.actions.exporting import Account, Order, Scribe
from oa.datasets.actions.packing import written
from oa.datasets.actions.releasing.changing import changes_since, older_than, previous_of, taken_back_from
from oa.datasets.actions.releasing.folders import folder_of
from oa.datasets.actions.releasing.keeping import Keeper
from oa.datasets.actions.releasing.program import program_version
from oa.datasets.actions.releasing.staging import StageFile
from oa.datasets.actions.releasing.writing import ALL_OF_IT
from oa.datasets.models import Release, ReleaseFile
from oa.datasets.models.consent import embargo_days
from oa.datasets.rules.forms import Form
from oa.datasets.rules.pseudonyms import namer
from oa.datasets.rules.releases import (
    CARD,
    CHANGES,
    CROISSANT,
    DATASHEET,
    MANIFEST,
    SAMPLES,
    SUMS,
    Facts,
    FileFact,
    ReleaseOrder,
    card_text,
    croissant_of,
    datasheet_of,
    manifest_of,
    phase,
    sums_of,
    withdrawn_path,
)
from oa.datasets.rules.releases.phases import PAPERS
from oa.trees.models import PolicyVersion

MOST_SAMPLES, SHORT_TREE, SHORT_TEXT = 5, 8, 600
PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE

Maker = Callable[[Release, Facts], tuple[bytes, int]]


def write_papers(release: Release, keeper: Keeper) -> None:
    """Every paper that is not written yet, each after those it tells of."""
    _note_sources(release, keeper)
    there = set(release.files.values_list("path", flat=True))
    papers = _papers(release)
    with translation.override("en"):
        for number, (path, make) in enumerate(papers):
            keeper.say(phase(PAPERS), number, len(papers))
            if path not in there:
                content, rows = make(release, facts_of(release))
                _write(release, path, content, rows, keeper)


def _papers(release: Release) -> list[tuple[str, Maker]]:
    lists: list[tuple[str, Maker]] = [
        (withdrawn_path(older.name), lambda _release, _facts, older=older: _taken_back(older))  # type: ignore[misc]  # no type for a default
        for older in older_than(release)
    ]
    return [
        (SAMPLES, lambda release, _facts: _samples(release)),
        (CHANGES, lambda release, _facts: _changes(release)),
        *lists,
        (CARD, lambda _release, facts: (card_text(facts).encode(), 0)),
        (DATASHEET, lambda _release, facts: (datasheet_of(facts).encode(), 0)),
        (CROISSANT, lambda _release, facts: (orjson.dumps(croissant_of(facts), option=PRETTY), 0)),
        (MANIFEST, lambda _release, facts: (orjson.dumps(manifest_of(facts), option=PRETTY), 0)),
        (SUMS, lambda _release, facts: (sums_of(facts.files).encode(), 0)),
    ]


def _note_sources(release: Release, keeper: Keeper) -> None:
    """Versions of what it was made with and by, and what it is compared with: once, so that all papers agree."""
    if release.sources:
        return
    terms = Terms.objects.current()
    previous = previous_of(release)
    sources = {
        "policy": dict(PolicyVersion.objects.current().values_list("lang", "pk")),
        "embargo_days": embargo_days()[""],
        "terms": terms.version if terms else None,
        "guidelines": program_version(),  # they come with the program
        "program": program_version(),
    }
    with keeper.holding() as held:
        held.sources, held.previous = sources, previous
        held.changes = None
        if previous is not None:
            told = changes_since(release, previous)
            held.changes = {name: value for name, value in told.items() if name != "ids"}
        held.save(update_fields=["sources", "previous", "changes"])
    release.refresh_from_db()


def facts_of(release: Release) -> Facts:
    """What is known of a release now, in the language that is in force."""
    order = ReleaseOrder.of(release.order)
    assert release.taken_at is not None
    return Facts(
        name=release.name, title=release.title, notes=release.notes, licence=release.licence, order=order,
        order_in_words=order.in_words(), taken_at=release.taken_at.astimezone(UTC).isoformat(),
        site=settings.PUBLIC_URL.rstrip("/"), numbers=release.numbers, sources=release.sources,
        changes=release.changes, previous=release.previous.name if release.previous else None,
        older=[older.name for older in older_than(release)], files=list(file_facts(release)),
    )  # fmt: skip


def file_facts(release: Release) -> Iterator[FileFact]:
    names = ("path", "form", "packing", "split", "rows", "bytes", "sha256")
    for row in release.files.order_by("id").values_list(*names):
        yield FileFact(*row)


def _samples(release: Release) -> tuple[bytes, int]:
    """The first short trees, as rows of the form of trees."""
    scribe = Scribe(Order(form=Form.TREES, selection=ALL_OF_IT), Account(), name_of=namer(bytes(release.key)))
    short = (
        staged
        for staged in StageFile.of(release)
        if 1 < len(staged.tree.entries) <= SHORT_TREE
        and all(len(entry.text) <= SHORT_TEXT for entry in staged.tree.entries)
    )
    rows: list[dict[str, Any]] = [row for staged in islice(short, MOST_SAMPLES) for row in scribe(staged)]
    return orjson.dumps(rows, option=PRETTY), len(rows)


def _changes(release: Release) -> tuple[bytes, int]:
    told = changes_since(release, release.previous) if release.previous else None
    return orjson.dumps(told, option=PRETTY), 0


def _taken_back(older: Release) -> tuple[bytes, int]:
    rows = list(taken_back_from(older))
    return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows), len(rows)


def _write(release: Release, path: str, content: bytes, rows: int, keeper: Keeper) -> None:
    place = folder_of(release) / path
    place.parent.mkdir(parents=True, exist_ok=True)
    with written(str(place)) as stream:
        stream.write(content)
    with keeper.holding() as held:
        ReleaseFile.objects.create(
            release=held, path=path, rows=rows, bytes=len(content), sha256=hashlib.sha256(content).hexdigest(),
            written_at=timezone.now(),
        )  # fmt: skip
