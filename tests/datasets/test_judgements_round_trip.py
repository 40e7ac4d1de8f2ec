"""Every single judgement goes out and comes in again; what trees say stays the same to the last digit."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from oa.accounts.models import User
from oa.datasets.rules.forms import Form
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.trees.models import Tree
from tests import builders as make
from tests.datasets.files import rows_in, take
from tests.datasets.judged import both, brought, busy, empty, ranked, worked_on, written

pytestmark = pytest.mark.django_db


def test_trees_and_judgements_are_the_same_after_a_way_through_files(tmp_path: Path) -> None:
    ranked(worked_on())
    before = both(tmp_path, "first")
    events = written(tmp_path, "events.jsonl", Form.TREES, events=True)
    kinds = Counter(row["kind"] for row in rows_in(tmp_path / "first.judgements.jsonl"))
    assert kinds == {"review": 17, "ballot": 3, "skip": 3, "reaction": 4}

    empty()
    take(tmp_path / "first.trees.jsonl")
    report = brought(tmp_path / "first.judgements.jsonl")

    assert report.refused == []
    assert report.taken == kinds
    assert both(tmp_path, "second") == before
    assert written(tmp_path, "events.jsonl", Form.TREES, events=True) == events
    assert (Review.objects.count(), Ballot.objects.count()) == (17, 3)
    assert not User.objects.filter(imported=False).exists(), "nobody can sign in as any of them"
    assert Tree.objects.get().archived
    assert make.broken_promises() == []


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_did_goes_out_and_comes_in_again(seed: int, tmp_path: Path) -> None:
    site = busy(seed)
    try:
        before = both(tmp_path, "first")
        rows = rows_in(tmp_path / "first.judgements.jsonl")
        assert {row["kind"] for row in rows} >= {"review", "skip", "reaction"}

        empty()
        take(tmp_path / "first.trees.jsonl")
        report = brought(tmp_path / "first.judgements.jsonl")

        assert report.refused == []
        assert report.taken.total() == len(rows)
        assert both(tmp_path, "second") == before
        assert make.broken_promises() == []
    finally:
        site.teardown()
