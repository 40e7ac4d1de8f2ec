"""Each check that stands before a publication fails on what it is there for, in the files or in the database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.utils import timezone

from oa.datasets.actions.releasing import checking
from oa.datasets.actions.releasing.checking.files import FileAudit, manifest
from oa.datasets.actions.releasing.checking.loading import loads
from oa.datasets.actions.releasing.checking.staged import staged
from oa.datasets.actions.releasing.folders import stage_of
from oa.datasets.actions.releasing.keeping import Keeper
from oa.datasets.actions.releasing.staging import TREES
from oa.datasets.models import Release, ReleaseMember
from oa.datasets.rules.releases import Check, Finding, Shape
from tests.datasets import releases as r

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]

DATA = "data/messages/train.jsonl"
Row = dict[str, Any]
Spoil = Callable[[list[Row]], object]


def findings(release: Release, keeper: Keeper) -> dict[str, Finding]:
    """All checks but those that start a process, or ask only the database."""
    shape, counts = Shape(), Finding(Check.COUNTS)
    found = [*staged(release, shape, counts, keeper), *FileAudit(release, shape, counts, keeper).run()]
    found += [manifest(release), shape.parents, shape.roles, shape.ranks, counts]
    return {finding.code.value: finding for finding in found}


def failed(release: Release, keeper: Keeper) -> set[str]:
    return {code for code, finding in findings(release, keeper).items() if not finding.passed}


def spoil(folder: Path, release: Release, change: Spoil, path: str = DATA) -> None:
    """Write other rows into a file, with a row that tells of it as if it had been written so."""
    place = folder / "first" / path
    rows = [orjson.loads(line) for line in place.read_bytes().splitlines()]
    change(rows)
    raw = b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
    place.write_bytes(raw)
    told = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest(), "rows": len(rows)}
    release.files.filter(path=path).update(**told)


SPOILED: dict[str, tuple[Spoil, set[str]]] = {
    "a reply without its parent": (lambda rows: rows.pop(0), {"parents", "roles", "counts"}),
    "a message twice": (lambda rows: rows.append(rows[-1]), {"parents", "counts"}),
    "a role out of turn": (lambda rows: rows[1].update(role="prompter"), {"roles", "counts"}),
    "a gap in the ranks": (lambda rows: rows[1].update(rank=7), {"ranks"}),
    "a message too few": (lambda rows: rows.pop(), {"counts"}),
    "another language": (lambda rows: rows[1].update(lang="xx"), {"counts"}),
    "another's message": (lambda rows: rows[2].update(message_id=_stranger()), {"same_ids"}),
    "an id that is no pseudonym": (lambda rows: rows[2].update(user_id="alice"), {"pseudonyms"}),
    "a field with a name of somebody": (lambda rows: rows[0].update(display_name="Alice"), {"no_people"}),
    "an address deep inside": (lambda rows: rows[0].update(events={"x": [{"email": "a"}]}), {"no_people"}),
}


def _stranger() -> str:
    name = str(uuid4())
    return f"{name[:14]}8{name[15:]}"


@pytest.mark.parametrize(("change", "expected"), SPOILED.values(), ids=SPOILED.keys())
def test_what_is_wrong_in_a_file_is_found(folder: Path, change: Spoil, expected: set[str]) -> None:
    r.site(trees=1)
    with r.written() as (release, keeper):
        assert failed(release, keeper) == set()

        spoil(folder, release, change)

        # The manifest tells of the file as it was.
        assert failed(release, keeper) == expected | {"manifest"}


def test_an_id_of_this_site_is_found_wherever_it_stands(folder: Path) -> None:
    root = r.site(trees=1)[0]
    with r.written() as (release, keeper):
        spoil(folder, release, lambda rows: rows[1].update(text=f"See message {root.pk} for more"))

        finding = findings(release, keeper)["pseudonyms"]

    assert finding.examples == [{"path": DATA, "words": f"an id of this site: {root.pk}"}]


DAMAGED: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a bit has turned": (lambda path: path.write_bytes(path.read_bytes().replace(b"Words", b"words", 1)), {"sums"}),
    "it is cut off": (lambda path: path.write_bytes(path.read_bytes()[:-20]), {"sums", "counts"}),
    "it is gone": (lambda path: path.unlink(), {"sums", "manifest"}),
    "something stands beside it": (lambda path: path.with_name("more.jsonl").write_text("{}"), {"manifest"}),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), DAMAGED.values(), ids=DAMAGED.keys())
def test_what_became_of_a_file_on_the_disk_is_found(
    folder: Path, change: Callable[[Path], object], expected: set[str]
) -> None:
    r.site(trees=1)
    with r.written() as (release, keeper):
        change(folder / "first" / DATA)

        assert failed(release, keeper) == expected


def test_a_manifest_that_says_otherwise_is_found(folder: Path) -> None:
    r.site(trees=1)
    with r.written() as (release, keeper):
        path = folder / "first/MANIFEST.json"
        path.write_bytes(path.read_bytes().replace(b'"rows": 3', b'"rows": 4'))
        assert failed(release, keeper) == {"sums", "manifest"}


def test_members_that_are_not_in_the_files_are_found() -> None:
    r.site(trees=2)
    with r.written() as (release, keeper):
        lost = ReleaseMember.objects.filter(release=release).first()
        assert lost is not None
        lost.delete()

        assert failed(release, keeper) == {"counts", "same_ids"}


def test_personal_data_is_found_where_it_stands() -> None:
    r.site(trees=1)
    with r.written() as (release, keeper):
        stage = stage_of(release) / TREES
        stage.write_bytes(stage.read_bytes().replace(b"Words no.", b"IBAN DE89370400440532013000", 1))

        finding = findings(release, keeper)["personal_data"]

    assert [example["words"] for example in finding.examples] == ["iban"]


def test_a_file_that_datasets_does_not_read_is_found(folder: Path) -> None:
    r.site(trees=1)
    with r.written(forms=["messages", "sft"]) as (release, keeper):
        assert loads(release, keeper).passed
        spoil(folder, release, lambda rows: rows[1].update(rank="first"))

        finding = loads(release, keeper)

    assert [example["path"] for example in finding.examples] == ["messages"]


def test_what_takes_too_long_to_load_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking.loading, "SECONDS", 0)
    r.site(trees=1)
    with r.written() as (release, keeper):
        finding = loads(release, keeper)

    assert [example["words"] for example in finding.examples] == ["it took too long"]


def test_all_checks_there_are_are_made() -> None:
    r.site(trees=1)
    with r.written() as (release, keeper):
        made = checking.check(release, keeper, now=timezone.now())

    assert sorted(finding.code for finding in made) == sorted(Check)
    assert [finding.code for finding in made if not finding.passed] == []
