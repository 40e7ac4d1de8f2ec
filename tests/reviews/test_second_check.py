"""Work of people who are watched is checked twice: what they write by twice as many, what they review by one more."""

from __future__ import annotations

import pytest

from oa.accounts.models import User
from oa.reviews.rules import Tally, verdict
from oa.trees.models import Message
from oa.trees.rules import Policy, State
from tests.builders import (
    answer,
    broken_promises,
    fresh,
    growing,
    person,
    plant,
    policy,
    review,
    review_to_end,
    state_of,
    stock_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


@pytest.fixture
def watched() -> User:
    return person(watched=True)


def test_a_verdict_waits_for_what_is_wanted_beside_the_policy() -> None:
    wanted = Policy().num_reviews_reply

    assert verdict(Tally(wanted, 0, 0), depth=1, policy=Policy(), extra=1) is None
    assert verdict(Tally(wanted + 1, 0, 0), depth=1, policy=Policy(), extra=1) is True


def test_a_prompt_of_theirs_needs_twice_the_reviews(watched: User) -> None:
    prompt = plant(by=watched)
    assert (prompt.extra_reviews, len(stock_of(prompt))) == (2, 4)

    for _ in range(3):
        review(prompt)
        assert (fresh(prompt).review_result, state_of(prompt)) == (None, State.INITIAL_PROMPT_REVIEW)
        assert broken_promises() == []
    review(prompt)

    assert (fresh(prompt).review_result, state_of(prompt)) == (True, State.PROMPT_LOTTERY_WAITING)
    assert broken_promises() == []


def test_so_does_a_reply_of_theirs(watched: User) -> None:
    reply = answer(growing(), by=watched)

    assert review_to_end(reply).review_count == 4
    assert broken_promises() == []


def test_what_they_review_is_reviewed_by_one_more(watched: User) -> None:
    prompt = plant()
    review(prompt, by=watched)
    assert (fresh(prompt).extra_reviews, len(stock_of(prompt))) == (1, 2)

    review(prompt)
    assert fresh(prompt).review_result is None
    review(prompt)

    assert (fresh(prompt).review_result, fresh(prompt).review_count) == (True, 3)
    assert broken_promises() == []


def test_if_theirs_would_have_been_the_last_one_more_decides(watched: User) -> None:
    prompt = plant()
    review(prompt)

    review(prompt, by=watched, spam=1)

    assert (fresh(prompt).review_result, len(stock_of(prompt))) == (None, 1)
    assert review_to_end(prompt).review_result is True


def test_others_are_checked_as_ever() -> None:
    assert Message.objects.get(pk=review_to_end(plant()).pk).review_count == 2
