"""How near one person's order comes to the result."""

from __future__ import annotations

from uuid import UUID

import pytest

from oa.rankings.rules import BallotOutcome, Tiers, Vote, agreement, outcome_of_ballot

A, B, C, D = (UUID(int=number) for number in range(4))


@pytest.mark.parametrize(
    ("mine", "result", "expected"),
    [
        (((A,), (B,), (C,)), ((A,), (B,), (C,)), (3, 3)),
        (((C,), (B,), (A,)), ((A,), (B,), (C,)), (0, 3)),
        (((A,), (C,), (B,)), ((A,), (B,), (C,)), (2, 3)),
        (((A, B), (C,)), ((B,), (A,), (C,)), (2, 2)),  # what I have tied can't be wrong
        (((A,), (B,)), ((A, B),), (0, 0)),  # nor what was tied in the end
        (((A,), (B,), (D,)), ((A,), (B,)), (1, 1)),  # D was deleted meanwhile
    ],
)
def test_pairs_that_both_put_in_an_order_are_compared(mine: Tiers, result: Tiers, expected: tuple[int, int]) -> None:
    assert agreement(Vote(mine), result) == expected


def test_what_is_unacceptable_stands_below_all() -> None:
    assert agreement(Vote(((B,),), unacceptable=frozenset({A})), ((A,), (B,))) == (0, 1)


@pytest.mark.parametrize(
    ("mine", "expected"),
    [
        (((A,), (B,), (C,)), BallotOutcome.AGREED),
        (((A,), (C,), (B,)), BallotOutcome.NEAR),
        (((C,), (A,), (B,)), BallotOutcome.DIFFERED),
    ],
)
def test_two_thirds_of_the_pairs_are_near(mine: Tiers, expected: BallotOutcome) -> None:
    assert outcome_of_ballot(Vote(mine), ((A,), (B,), (C,)), counts=True)[0] is expected


def test_a_ballot_on_texts_that_were_changed_is_compared_with_nothing() -> None:
    assert outcome_of_ballot(Vote(((A,), (B,))), ((A,), (B,)), counts=False)[0] is BallotOutcome.CHANGED
