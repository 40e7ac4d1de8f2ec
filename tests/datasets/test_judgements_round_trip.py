"""Every single judgement goes out and comes in again; what trees say stays the same to the last digit."""

from __future__ import annotations

import gzip
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from oa.accounts.models import User
from oa.datasets.rules.forms import Form
from oa.moderation.models import Decision
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.trees.models import Tree
from tests import builders as make
from tests.datasets.files import rows_in, take
from tests.datasets.judged import both, busy, empty, ranked, worked_on, written

pytestmark = pytest.mark.django_db


def test_trees_and_judgements_are_the_same_after_a_way_through_files(tmp_path: Path) -> None:
    ranked(worked_on())
    before = both(tmp_path, "first")
    events = written(tmp_path, "events.jsonl", Form.TREES, events=True)
    kinds = Counter(row["kind"] for row in rows_in(tmp_path / "first.judgements.jsonl"))
    assert kinds == {"review": 17, "ballot": 3, "skip": 3, "reaction": 4}

    empty()
    take(tmp_path / "first.trees.jsonl")
    report = take(tmp_path / "first.judgements.jsonl")

    assert report.refused == []
    assert report.judgements == kinds
    assert both(tmp_path, "second") == before
    assert written(tmp_path, "events.jsonl", Form.TREES, events=True) == events
    assert (Review.objects.count(), Ballot.objects.count()) == (17, 3)
    assert not User.objects.filter(imported=False).exists(), "nobody can sign in as any of them"
    assert Tree.objects.get().archived
    assert make.broken_promises() == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_people_did_goes_out_and_comes_in_again(seed: int, tmp_path: Path) -> None:
    site = busy(seed)
    try:
        before = both(tmp_path, "first")
        rows = rows_in(tmp_path / "first.judgements.jsonl")
        assert {row["kind"] for row in rows} >= {"review", "skip", "reaction"}

        empty()
        take(tmp_path / "first.trees.jsonl")
        report = take(tmp_path / "first.judgements.jsonl")

        assert report.refused == []
        assert report.judgements.total() == len(rows)
        assert both(tmp_path, "second") == before
        assert make.broken_promises() == []
    finally:
        site.teardown()


def test_trees_and_judgements_may_come_in_one_file_and_one_packing(tmp_path: Path) -> None:
    ranked(worked_on())
    before = both(tmp_path, "first")
    (tmp_path / "all").write_bytes(gzip.compress(b"".join(before)))

    empty()
    report = take(tmp_path / "all")

    assert (report.refused, report.trees.total(), report.judgements.total()) == ([], 1, 27)
    assert both(tmp_path, "second") == before


def test_an_import_that_stopped_half_way_is_gone_on_with_and_a_third_changes_nothing(tmp_path: Path) -> None:
    ranked(worked_on())
    before = both(tmp_path, "first")
    lines = before[1].splitlines(keepends=True)
    (tmp_path / "half").write_bytes(b"".join(lines[: len(lines) // 2]))

    empty()
    take(tmp_path / "first.trees.jsonl")
    take(tmp_path / "half")
    second = take(tmp_path / "first.judgements.jsonl")
    third = take(tmp_path / "first.judgements.jsonl")

    assert second.notes["judgements already there"] == len(lines) // 2
    assert (third.notes["judgements already there"], third.judgements.total()) == (len(lines), 0)
    assert second.refused == third.refused == []
    assert both(tmp_path, "second") == before
    assert make.broken_promises() == []


def test_a_published_file_comes_back_the_same_under_the_names_it_was_published_with(tmp_path: Path) -> None:
    ranked(worked_on())
    published = both(tmp_path, "published", original_ids=False)

    empty()
    take(tmp_path / "published.trees.jsonl")
    report = take(tmp_path / "published.judgements.jsonl")

    assert (report.refused, report.judgements.total()) == ([], 27)
    assert both(tmp_path, "again") == published


def test_the_command_takes_judgements_in_and_writes_down_what_it_brought(tmp_path: Path) -> None:
    ranked(worked_on())
    both(tmp_path, "first")
    empty()

    out = StringIO()
    files = [str(tmp_path / f"first.{what}.jsonl") for what in ("trees", "judgements")]
    call_command("import_dataset", *files, stdout=out)

    assert "reviews taken: 17" in out.getvalue()
    assert "reactions taken: 4" in out.getvalue()
    logged = Decision.objects.order_by("at", "id").last()
    assert logged is not None and logged.details["judgements"] == 27
