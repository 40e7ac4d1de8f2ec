"""Correlations, areas and curves of a few numbers that can be checked by hand, and of many that scipy checks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from oa.stats.rules.agreement import Flags, Numbers, area, correlation, curve, midranks


def numbers(*values: float) -> Numbers:
    return np.array(values, np.float64)


def rank_correlation(x: Numbers, y: Numbers) -> float:
    return correlation(midranks(x), midranks(y))


def flags(text: str) -> Flags:
    return np.array([letter == "x" for letter in text])


def test_equal_values_share_the_mean_of_their_ranks() -> None:
    assert midranks(numbers(3, 1, 3, 2, 3)).tolist() == [4, 1, 4, 2, 4]
    assert midranks(numbers(7, 7)).tolist() == [1.5, 1.5]


def test_a_straight_line_correlates_fully_and_a_curve_that_only_rises_does_so_in_ranks() -> None:
    x = numbers(1, 2, 3, 4)
    assert correlation(x, 5 - 2 * x) == -1
    assert correlation(x, x**3) == pytest.approx(0.951, abs=1e-3)
    assert rank_correlation(x, x**3) == pytest.approx(1, abs=1e-12)


def test_a_correlation_worked_out_by_hand() -> None:
    # means 2 and 3; products (-1)(-2) + 0 + (1)(1) + 0 = 3 ... over the root of 2 * 6
    assert correlation(numbers(1, 2, 3, 2), numbers(1, 3, 4, 4)) == pytest.approx(3 / math.sqrt(2 * 6))


@pytest.mark.parametrize("seed", range(5))
def test_many_numbers_with_many_ties_correlate_as_scipy_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 5, 400) / 4
    y = rng.beta(0.1, 5, 400) + 0.01 * x

    assert correlation(x, y) == pytest.approx(stats.pearsonr(x, y).statistic, abs=1e-12)
    assert rank_correlation(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)
    assert midranks(x).tolist() == stats.rankdata(x).tolist()


def test_numbers_near_each_other_and_far_from_nought_keep_their_digits() -> None:
    x = 1e6 + np.arange(50.0)
    y = 1e6 + np.random.default_rng(1).random(50)

    assert correlation(x, y) == pytest.approx(stats.pearsonr(x - 1e6, y - 1e6).statistic, abs=1e-9)


@pytest.mark.parametrize("x, y", [((1, 1, 1), (1, 2, 3)), ((1, 2, 3), (0.1, 0.1, 0.1)), ((1,), (2,)), ((), ())])
def test_what_does_not_vary_has_no_correlation(x: tuple[float, ...], y: tuple[float, ...]) -> None:
    assert math.isnan(correlation(numbers(*x), numbers(*y)))
    assert math.isnan(rank_correlation(numbers(*x), numbers(*y)))


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    # positives .9 and .4, negatives .5, .4, .1: right are 3 of .9, 1 of .4 and half a tie
    assert area(midranks(numbers(0.9, 0.5, 0.4, 0.4, 0.1)), flags("x-x--")) == pytest.approx(4.5 / 6)
    assert area(midranks(numbers(1, 1, 1, 1)), flags("x--x")) == 0.5
    assert math.isnan(area(midranks(numbers(1, 2)), flags("xx")))
    assert math.isnan(area(midranks(numbers(1, 2)), flags("--")))


def test_the_curve_goes_from_corner_to_corner_and_equal_scores_come_together() -> None:
    found = curve(numbers(0.9, 0.5, 0.4, 0.4, 0.1), flags("x-x--"))

    assert found == [(0, 0), (0, 0.5), (1 / 3, 0.5), (2 / 3, 1), (1, 1)]


def under(points: list[tuple[float, float]]) -> float:
    """The area under a line, by trapezia."""
    x, y = np.array(points).T
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))


@pytest.mark.parametrize("few", [5, 300])
def test_a_long_curve_is_thinned_without_losing_its_form(few: int) -> None:
    rng = np.random.default_rng(2)
    positive = np.arange(3000) < few
    score = rng.random(3000) + 0.4 * positive

    whole, thin = curve(score, positive, most=10**6), curve(score, positive)

    assert len(whole) > 2900
    assert len(thin) <= 100
    assert [thin[0], thin[-1]] == [(0, 0), (1, 1)]
    assert set(thin) <= set(whole)
    assert under(whole) == pytest.approx(area(midranks(score), positive), abs=1e-12)
    assert under(thin) == pytest.approx(area(midranks(score), positive), abs=0.01)
