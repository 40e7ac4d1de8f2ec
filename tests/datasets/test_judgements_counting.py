"""What rows say now is taken out of what was brought: the message says the same as before, to the last digit."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa.datasets.rules.fields import Broken
from oa.datasets.rules.forms import merged_labels
from oa.datasets.rules.judgements import Kept, with_ballots, with_codes, with_reviews

ANSWERS = st.lists(st.one_of(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.floats(0, 1)), min_size=1, max_size=12)


def brought(*answers: float) -> Kept:
    """A message as it comes with a file: so many reviews, of which only the mean is told."""
    total = 0.0
    for answer in answers:
        total += answer
    labels = {"quality": {"value": total / len(answers), "count": len(answers)}}
    return Kept({}, {"review_count": len(answers), "labels": labels})


def said(kept: Kept) -> dict[str, dict[str, float]] | None:
    return merged_labels(kept.baseline["labels"], kept.label_sums)  # type: ignore[arg-type]  # pairs as JSON has them


@given(ANSWERS, st.integers(0, 12), st.randoms(use_true_random=False))
def test_a_mean_stays_the_same_to_the_last_digit_however_many_of_its_reviews_get_rows(
    answers: list[float], rows: int, dice: Random
) -> None:
    before = brought(*answers)
    dice.shuffle(answers)
    with_rows = [{"quality": answer} for answer in answers[:rows]]

    after = with_reviews(before, with_rows)

    assert said(after) == said(before)
    assert after.baseline["review_count"] + len(with_rows) == len(answers)
    total, number = after.label_sums.get("quality", (0.0, 0))
    assert number == len(with_rows)
    assert abs(total - sum(answers[:rows])) < 1e-6, "the sum is that of the rows (P4)"
    rest = after.baseline["labels"].get("quality")
    assert rest is None or 0 <= rest["value"] <= 1


@given(ANSWERS, st.data())
def test_rows_may_come_in_several_runs(answers: list[float], data: st.DataObject) -> None:
    before = after = brought(*answers)
    cut = data.draw(st.integers(0, len(answers)))

    for part in (answers[:cut], answers[cut:]):
        after = with_reviews(after, [{"quality": answer} for answer in part])

    assert said(after) == said(before)
    assert after.baseline == {"review_count": 0, "labels": {}}


def test_a_message_that_counts_fewer_reviews_takes_none_of_them() -> None:
    with pytest.raises(Broken, match="counts 1 reviews") as refused:
        with_reviews(brought(0.5), [{"quality": 0.5}, {"quality": 0.5}])

    assert refused.value.code == "more_than_counted"


def test_reviews_that_contradict_the_mean_are_not_taken() -> None:
    for answers, rows in (((0.5, 0.5), (0.5, 0.75)), ((0.0, 0.25), (0.5,))):
        with pytest.raises(Broken) as refused:
            with_reviews(brought(*answers), [{"quality": row} for row in rows])

        assert refused.value.code == "mean_differs"


def test_a_label_of_which_the_message_says_nothing_is_not_taken() -> None:
    with pytest.raises(Broken, match="0 answers to humor"):
        with_reviews(brought(0.5), [{"humor": 0.5}])


def test_reactions_and_skips_are_taken_out_of_what_was_counted() -> None:
    kept = Kept({}, {"emojis": {"+1": 2, "_skip_reply": 1}})

    assert with_codes(kept, {"+1": 1, "_skip_reply": 1}).baseline == {"emojis": {"+1": 1}}
    with pytest.raises(Broken, match="counts 2 of"):
        with_codes(kept, {"+1": 3})


def test_ballots_take_the_place_of_those_a_tree_was_lent_when_it_was_taken_over() -> None:
    kept = Kept({}, {"rankings": 3}, ranking_count=3)

    one = with_ballots(kept, 1)
    four = with_ballots(kept, 4)

    assert (one.ranking_count, one.baseline) == (3, {"rankings": 2})
    assert (four.ranking_count, four.baseline) == (4, {"rankings": 0})
