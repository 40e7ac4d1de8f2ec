"""Intervals: drawings counted by weights give what drawing and ranking the slow way gives; they cover the truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from oa.stats.rules.agreement import Flags, Numbers, area, midranks
from oa.stats.rules.resampling import ALL_UP_TO, AT_ONCE, FEWEST, Family, Resampled, draw, drawings_of, interval


def some(messages: int, seed: int) -> tuple[Numbers, Numbers, Flags]:
    """Labels with many ties, scores without, and marks."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, (messages, 3)) / 3
    scores = rng.beta(0.2, 4, (messages, 2)) + 0.05 * labels[:, :2]
    return labels, scores, labels[:, :1] >= 0.5


def test_figures_of_a_drawing_are_those_of_the_messages_drawn() -> None:
    labels, scores, marks = some(60, 1)
    places = np.flatnonzero(np.random.default_rng(2).random(60) < 0.8)  # the others have no such label
    resampled = Resampled(Family(places, labels[places], marks[places], scores[places]))
    drawn = []
    for weights in draw(60, 25, np.random.default_rng(3)):
        resampled.add(weights)
        drawn += [np.repeat(np.arange(60), row.astype(int)) for row in weights]

    values = resampled.values
    assert len(drawn) == 25 and all(len(row) == 60 for row in drawn)
    for number, row in enumerate(row[np.isin(row, places)] for row in drawn):
        marked = marks[row, 0]
        for score in range(2):
            for label in range(3):
                x, y = labels[row, label], scores[row, score]
                assert values.pearson[0][number, label, score] == pytest.approx(stats.pearsonr(x, y)[0], abs=1e-9)
                assert values.spearman[0][number, label, score] == pytest.approx(stats.spearmanr(x, y)[0], abs=1e-9)
            y = scores[row, score]
            assert values.area[0][number, 0, score] == pytest.approx(area(midranks(y), marked), abs=1e-9)
            assert values.marked[0][number, 0, score] == pytest.approx(y[marked].mean(), abs=1e-9)
            assert values.other[0][number, 0, score] == pytest.approx(y[~marked].mean(), abs=1e-9)


def test_the_same_seed_draws_the_same() -> None:
    def drawings(seed: int) -> Numbers:
        return np.concatenate(list(draw(700, 90, np.random.default_rng(seed))))

    assert (drawings(1) == drawings(1)).all()
    assert (drawings(1) != drawings(2)).any()
    assert drawings(1).shape == (90, 700), "in more than one part"
    assert AT_ONCE // 700 < 90
    assert (drawings(1).sum(axis=1) == 700).all()


def test_a_constant_column_has_no_values_in_any_drawing() -> None:
    labels, scores, marks = np.full((40, 1), 1 / 3), some(40, 4)[1], np.zeros((40, 1), np.bool_)
    resampled = Resampled(Family(np.arange(40), labels, marks, scores))
    for weights in draw(40, 50, np.random.default_rng(5)):
        resampled.add(weights)

    for figure in ("pearson", "spearman", "area", "marked"):
        values = resampled.values.of(figure)
        assert values is not None and np.isnan(values).all(), figure


def test_what_many_drawings_cannot_tell_has_no_interval() -> None:
    """One of 40 messages has the label: a third of all drawings go without it, and the rest would look too sure."""
    labels, scores, _marks = np.zeros((40, 1)), some(40, 6)[1], None
    labels[7] = 1
    resampled = Resampled(Family(np.arange(40), labels, labels == 1, scores))
    for weights in draw(40, 200, np.random.default_rng(7)):
        resampled.add(weights)

    values = resampled.values.of("pearson")
    assert values is not None
    assert 0.2 < np.isnan(values[:, 0, 0]).mean() < 0.5
    assert np.isnan(interval(values, 0.95)).all()


def test_an_interval_holds_the_middle_of_the_values() -> None:
    low, high = interval(np.arange(1001.0)[:, None], 0.95)

    assert (low[0], high[0]) == pytest.approx((25, 975))


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """Pairs of normal numbers with a correlation of 0.5: the truth is known, and so is Spearman's."""
    truth = {"pearson": 0.5, "spearman": 6 / np.pi * np.arcsin(0.25)}
    covered = dict.fromkeys(truth, 0)
    rng = np.random.default_rng(8)
    for _ in range(200):
        pairs = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 80)
        resampled = Resampled(Family(np.arange(80), pairs[:, :1], np.empty((80, 0), np.bool_), pairs[:, 1:]))
        for weights in draw(80, 200, rng):
            resampled.add(weights)
        for figure, true in truth.items():
            values = resampled.values.of(figure)
            assert values is not None
            low, high = interval(values, 0.95)
            covered[figure] += bool(low[0, 0] <= true <= high[0, 0])

    assert 0.88 <= covered["pearson"] / 200 <= 0.99
    assert 0.88 <= covered["spearman"] / 200 <= 0.99


def test_of_very_many_messages_fewer_drawings_are_made() -> None:
    assert drawings_of(ALL_UP_TO, 1000) == 1000
    assert drawings_of(2 * ALL_UP_TO, 1000) == 500
    assert drawings_of(100 * ALL_UP_TO, 1000) == FEWEST
    assert drawings_of(100 * ALL_UP_TO, 50) == 50, "never more than asked for"
