"""Lots that never change: each tree on one side, the same in Python and in the database."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from oa.datasets.actions import Account, Order, export_rows
from oa.datasets.rules.selecting import Selection, Shares, Side, lot, side_of
from oa.datasets.rules.selecting.sides import SAMPLE
from tests.datasets.files import take, tree, write


def test_shares_are_kept_in_the_mean() -> None:
    shares = Shares(validation=0.1, test=0.2)
    sides = Counter(side_of(uuid4(), shares) for _ in range(20_000))

    assert abs(sides[Side.VALIDATION] / 20_000 - 0.1) < 0.02
    assert abs(sides[Side.TEST] / 20_000 - 0.2) < 0.02


def test_these_trees_stand_where_they_stood_when_this_was_written() -> None:
    """A release says which side a tree is on for ever: another way of drawing would mix what was kept apart."""
    trees = [UUID(int=number) for number in range(12)]

    assert (
        " ".join(side_of(one, Shares(validation=0.3, test=0.3)).value[:2] for one in trees)
        == "tr tr tr tr tr va tr va tr te va tr"
    )
    assert lot(trees[1], of="split:") == 3936563552583019


def test_what_was_for_tests_stays_so_when_more_is_kept_for_validation() -> None:
    trees = [uuid4() for _ in range(2000)]
    before = {one for one in trees if side_of(one, Shares(validation=0.05, test=0.1)) is Side.TEST}
    after = {one for one in trees if side_of(one, Shares(validation=0.4, test=0.1)) is Side.TEST}

    assert before == after


def test_another_seed_is_another_split() -> None:
    trees = [uuid4() for _ in range(500)]

    assert [side_of(one, Shares(0.5, seed="a")) for one in trees] != [
        side_of(one, Shares(0.5, seed="b")) for one in trees
    ]


def _trees_of(**filters: Any) -> list[str]:
    order = Order(selection=Selection.of(filters), original_ids=True)
    return [row["message_tree_id"] for row in export_rows(order, Account())]


@pytest.mark.django_db
def test_the_database_draws_the_same_lots(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(message_id=str(uuid4())) for _ in range(60)]))
    shares = {"validation_share": 0.3, "test_share": 0.2, "split_seed": "x"}
    everything = _trees_of()

    sides = {side: _trees_of(split=side, **shares) for side in ("train", "validation", "test")}

    assert sorted(sum(sides.values(), [])) == everything
    for side, trees in sides.items():
        assert trees
        assert all(side_of(one, Shares(0.3, 0.2, "x")) == side for one in trees)
    smallest = sorted(everything, key=lambda one: lot(one, of=SAMPLE))[:7]
    assert _trees_of(sample=7) == sorted(smallest)
    assert set(_trees_of(sample=3)) < set(_trees_of(sample=7))
    assert _trees_of(sample=1000) == everything


@pytest.mark.django_db
def test_what_is_not_drawn_is_counted(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree() for _ in range(20)]))
    account = Account()

    list(export_rows(Order(selection=Selection.of({"sample": 4})), account))

    assert (account.trees, account.trees_left_out["not in the sample"]) == (4, 16)
