"""Judgements of trees that people work on, or will: all promises hold, and work goes on from where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.tasks.models import Task
from oa.trees.models import Message, PolicyVersion, Tree
from tests import builders as make
from tests.datasets.files import take
from tests.datasets.judged import DEEP, both, busy, empty, worked_on

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.parametrize("first", ["live", "archive"])
@pytest.mark.parametrize("seed", [1])
def test_trees_may_be_taken_over_before_their_judgements_come_or_after(first: str, seed: int, tmp_path: Path) -> None:
    site = busy(seed)
    try:
        both(tmp_path, "all")
        policy = PolicyVersion.objects.in_force("en").values
        empty()
        make.policy(**policy)

        take(tmp_path / "all.trees.jsonl", live=first == "live")
        report = take(tmp_path / "all.judgements.jsonl")
        take(tmp_path / "all.trees.jsonl", live=True)

        assert report.judgements["review"] == Review.objects.count() > 20
        assert not Tree.objects.filter(archived=True).exists()
        make.book()
        assert make.broken_promises() == []
    finally:
        site.teardown()


def test_reviews_that_came_count_for_the_verdict_and_people_add_to_them(tmp_path: Path) -> None:
    make.policy(**DEEP, num_reviews_initial_prompt=3)
    prompt = make.plant()
    make.review(prompt, quality=0.5)
    make.review(prompt, quality=1.0)
    both(tmp_path, "all")
    empty()
    make.policy(**DEEP, num_reviews_initial_prompt=3)
    take(tmp_path / "all.trees.jsonl")
    take(tmp_path / "all.judgements.jsonl")

    take(tmp_path / "all.trees.jsonl", live=True)
    (seat,) = make.stock_of(prompt)
    make.review(prompt, quality=0.0)

    assert seat.kind == "label_initial_prompt", "one review is missing"
    found = make.fresh(prompt)
    assert (found.review_count, found.review_result) == (3, True)
    assert found.label_sums["quality"] == [1.5, 3]
    make.book()
    assert make.broken_promises() == []


def test_ballots_that_come_move_a_tree_on_that_waits_for_them(tmp_path: Path) -> None:
    make.policy()
    prompt = make.ranking()
    trees, _none = both(tmp_path, "before")
    for _ in range(2):
        make.ballot(prompt)
    both(tmp_path, "after")
    empty()
    make.policy()
    take(tmp_path / "before.trees.jsonl", live=True)
    assert make.state_of(prompt) == "ranking"

    report = take(tmp_path / "after.judgements.jsonl")

    assert (report.refused, Ballot.objects.count()) == ([], 2)
    assert make.state_of(prompt) == "ready_for_scoring"
    assert not Task.objects.stock().filter(tree=prompt.tree_id).exists()
    assert make.broken_promises() == []


def test_an_archived_tree_stays_archived(tmp_path: Path) -> None:
    worked_on()
    both(tmp_path, "all")
    empty()
    take(tmp_path / "all.trees.jsonl")

    take(tmp_path / "all.judgements.jsonl")

    assert Tree.objects.get().archived
    assert not Task.objects.stock().exists()
    assert Message.objects.filter(baseline=None).count() == 0
