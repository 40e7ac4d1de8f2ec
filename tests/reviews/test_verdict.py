"""What a handful of reviews comes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa.reviews.rules import Tally, verdict
from oa.trees.rules import Policy

PLAIN = Policy()


@pytest.mark.parametrize(
    ("reviews", "spam", "lang_mismatch", "result"),
    [
        (0, 0, 0, None),
        (2, 0, 0, None),
        (2, 2, 2, None),  # however bad: the third may still speak
        (3, 0, 0, True),
        (3, 1, 0, True),  # 0.667
        (3, 0, 1, True),
        (3, 1, 1, False),  # 0.333, also when one person ticked both
        (3, 2, 0, False),
        (4, 1, 0, True),
        (5, 2, 0, False),  # 0.6 is not above 0.6
    ],
)
def test_three_reviews_decide(reviews: int, spam: float, lang_mismatch: float, result: bool | None) -> None:
    assert verdict(Tally(reviews, spam, lang_mismatch), depth=1, policy=PLAIN) is result


def test_prompts_and_replies_have_their_own_numbers() -> None:
    policy = Policy(
        num_reviews_initial_prompt=1, num_reviews_reply=2,
        acceptance_threshold_initial_prompt=0.9, acceptance_threshold_reply=0.1,
    )  # fmt: skip
    half_bad = Tally(2, spam=1, lang_mismatch=0)

    assert verdict(half_bad, depth=0, policy=policy) is False
    assert verdict(half_bad, depth=1, policy=policy) is True
    assert verdict(Tally(1, 0, 0), depth=0, policy=policy) is True
    assert verdict(Tally(1, 0, 0), depth=1, policy=policy) is None


@given(reviews=st.integers(3, 20), spam=st.integers(0, 20), worse=st.integers(0, 5))
def test_more_spam_never_helps(reviews: int, spam: int, worse: int) -> None:
    spam = min(spam, reviews)
    now, then = (verdict(Tally(reviews, s, 0), depth=1, policy=PLAIN) for s in (spam, min(spam + worse, reviews)))

    assert now or not then
