"""How sure figures are: the bootstrap (Efron 1979), with percentile intervals (Efron and Tibshirani 1993, chapter 13).

As many messages as there are are drawn with replacement, again and again, and every figure is worked out anew from each
drawing; where the middle 95 % of a figure's values lie is its interval. A drawing is kept as the number of times that
each message is in it (its weights). So sums over a drawing are products of matrices, and *ranks are taken anew without
sorting anew*: the order of values stays, only how often each is there changes (`ranks_of_groups`). That is exact, not
an approximation; a test compares it with drawing and ranking the slow way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from oa.stats.rules.agreement import ROUNDING, Flags, Numbers, Places, Ranking, ranking_of, ranks_of_groups

# Above this many messages fewer drawings are made, in proportion, so that the work is the same; `FEWEST` at least.
ALL_UP_TO = 20_000
FEWEST = 200
# Weights that are worked on at once: few enough to stay in the processor's cache.
AT_ONCE = 30_000
# A figure that can't be told in more drawings than this part has no interval.
UNTOLD = 0.05


def drawings_of(messages: int, most: int) -> int:
    """How many drawings are made of so many messages."""
    return most if messages <= ALL_UP_TO else min(most, max(FEWEST, most * ALL_UP_TO // messages))


@dataclass(frozen=True, slots=True)
class Family:
    """Labels and scores that the same messages have.

    `places`: those messages; then a column for each label, for each mark that scores are to find, and for each score.
    """

    places: Places
    labels: Numbers
    marks: Flags
    scores: Numbers


@dataclass(slots=True)
class Values:
    """The figures of each drawing: of labels and scores, and of marks and scores."""

    pearson: list[Numbers] = field(default_factory=list)
    spearman: list[Numbers] = field(default_factory=list)
    area: list[Numbers] = field(default_factory=list)
    marked: list[Numbers] = field(default_factory=list)
    other: list[Numbers] = field(default_factory=list)

    def of(self, figure: str) -> Numbers | None:
        """All values of a figure, drawings first; None where there are no such columns."""
        if figure == "difference":
            return np.concatenate(self.marked) - np.concatenate(self.other) if self.marked else None
        values: list[Numbers] = getattr(self, figure)
        return np.concatenate(values) if values else None


def draw(messages: int, drawings: int, rng: np.random.Generator) -> Iterator[Numbers]:
    """The weights of all drawings, some rows at a time."""
    rows = max(1, AT_ONCE // messages)
    for begin in range(0, drawings, rows):
        number = min(rows, drawings - begin)
        drawn = rng.integers(0, messages, (number, messages))
        drawn += np.arange(number)[:, None] * messages
        weights = np.bincount(drawn.ravel(), minlength=number * messages)
        yield weights.reshape(number, messages).astype(np.float64)


class Resampled:
    """The figures of one family of labels in whatever is drawn."""

    def __init__(self, family: Family) -> None:
        self.values = Values()
        self._places = family.places
        self._middle = family.scores.mean(axis=0)
        # Taking the mean away first keeps the sums of squares exact. One row a column: rows are read in one go.
        self._x = np.ascontiguousarray((family.labels - family.labels.mean(axis=0)).T)
        self._y = np.ascontiguousarray((family.scores - self._middle).T)
        self._marks = np.ascontiguousarray(family.marks.T.astype(np.float64))
        self._x_squared, self._y_squared = self._x.T**2, self._y.T**2
        self._ranked_x = [ranking_of(column) for column in self._x]
        self._ranked_y = [ranking_of(column) for column in self._y]

    def add(self, weights: Numbers) -> None:
        """Work out the figures of these drawings; `weights` are those of all messages of the group."""
        if len(self._places) < weights.shape[1]:
            weights = weights.take(self._places, axis=1)
        number = weights.sum(axis=1)
        scores = weights[:, None, :] * self._y
        ranks, squares = _dense(self._ranked_y, weights, number)
        ranks *= weights[:, None, :]
        if len(self._x):
            self.values.pearson.append(self._pearson(weights, number, scores))
            mine, my_squares = _dense(self._ranked_x, weights, number)
            together = mine @ ranks.transpose(0, 2, 1)
            self.values.spearman.append(_ratio(together, np.sqrt(my_squares[:, :, None] * squares[:, None, :])))
        if len(self._marks):
            self._add_marks(weights, number, scores, ranks)

    def _pearson(self, weights: Numbers, number: Numbers, scores: Numbers) -> Numbers:
        count = np.maximum(number, 1.0)[:, None]
        mean_x, mean_y = weights @ self._x.T / count, scores.sum(axis=2) / count
        var_x = _variance(weights @ self._x_squared / count, mean_x)
        var_y = _variance(weights @ self._y_squared / count, mean_y)
        covariance = self._x @ scores.transpose(0, 2, 1) / count[:, :, None] - mean_x[:, :, None] * mean_y[:, None, :]
        return _ratio(covariance, np.sqrt(var_x[:, :, None] * var_y[:, None, :]))

    def _add_marks(self, weights: Numbers, number: Numbers, scores: Numbers, ranks: Numbers) -> None:
        """Ranks count from their middle, so the area is half, and the ranks of the marked over the number of pairs."""
        ones = (weights @ self._marks.T)[:, :, None]
        others = number[:, None, None] - ones
        self.values.area.append(0.5 + _ratio(self._marks @ ranks.transpose(0, 2, 1), ones * others))
        marked = self._marks @ scores.transpose(0, 2, 1)
        rest = scores.sum(axis=2)[:, None, :] - marked
        self.values.marked.append(_ratio(marked, ones) + self._middle)
        self.values.other.append(_ratio(rest, others) + self._middle)


def _dense(rankings: list[Ranking], weights: Numbers, number: Numbers) -> tuple[Numbers, Numbers]:
    """Of each drawing and column: the rank of every message, counted from the middle rank; the sum of their squares."""
    ranks = np.empty((len(weights), len(rankings), weights.shape[1]))
    squares = np.empty((len(weights), len(rankings)))
    middle = (number[:, None] + 1) / 2
    for column, ranking in enumerate(rankings):
        of_groups, how_often = ranks_of_groups(ranking, weights)
        of_groups -= middle
        of_groups.take(ranking.group, axis=1, out=ranks[:, column], mode="clip")
        squares[:, column] = (how_often * of_groups**2).sum(axis=1)
    return ranks, squares


def _variance(mean_square: Numbers, mean: Numbers) -> Numbers:
    found: Numbers = mean_square - mean**2
    found[found <= ROUNDING * mean_square] = 0.0
    return found


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    """NaN where nothing is divided by."""
    found = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def interval(values: Numbers, confidence: float) -> tuple[Numbers, Numbers]:
    """Both ends of the percentile interval of each column; NaN for columns that too many drawings couldn't tell."""
    told = np.isfinite(values).mean(axis=0) >= 1 - UNTOLD
    ends = np.full((2, *told.shape), np.nan)
    tail = (1 - confidence) / 2
    ends[:, told] = np.nanquantile(values[:, told], [tail, 1 - tail], axis=0)
    return ends[0], ends[1]
