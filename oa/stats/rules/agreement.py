"""How far two columns of numbers agree: correlations, and how well one of them finds what the other marks.

All is in float64. What can't be told is NaN here, and null wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]

# A column varies when its variance is more than this part of its mean square: the rest is error of rounding.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of a column, found once: whatever is drawn from it again keeps the order.

    `order`: places by rising value; `begins`: where in that order each group of equal values begins; `group`: the
    group of each place.
    """

    order: Places
    begins: Places
    group: Places


def ranking_of(column: Numbers) -> Ranking:
    """The order of a column of at least one number."""
    order = np.argsort(column, kind="stable")
    rising = column[order]
    begins = np.insert(rising[1:] != rising[:-1], 0, True)
    group = np.empty(len(column), np.intp)
    group[order] = np.cumsum(begins) - 1
    return Ranking(order, np.flatnonzero(begins), group)


def ranks_of_groups(ranking: Ranking, weights: Numbers) -> tuple[Numbers, Numbers]:
    """The rank of each group of equal values when place i is there weights[b, i] times, and how often the group is.

    Equal values share the mean of the ranks they take (mid-ranks; Kendall and Gibbons 1990, 3.1): with c of them
    above b smaller ones that is b + (c + 1) / 2.
    """
    number = weights.take(ranking.order, axis=1)
    if len(ranking.begins) < len(ranking.order):
        number = np.add.reduceat(number, ranking.begins, axis=1)
    ranks = np.cumsum(number, axis=1)
    ranks -= (number - 1) / 2
    return ranks, number


def midranks(column: Numbers) -> Numbers:
    """The rank of each number among all, from 1; equal ones share the mean of theirs."""
    if not len(column):
        return column
    ranking = ranking_of(column)
    of_groups, _number = ranks_of_groups(ranking, np.ones((1, len(column))))
    ranks: Numbers = of_groups[0].take(ranking.group)
    return ranks


def correlation(x: Numbers, y: Numbers) -> float:
    """Pearson's correlation (1895), and of mid-ranks Spearman's (1904); NaN where a column doesn't vary.

    Two passes: means are taken away first.
    """
    if len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return np.nan
    x, y = x - x.mean(), y - y.mean()
    x, y = x / np.linalg.norm(x), y / np.linalg.norm(y)
    return float(np.clip(x @ y, -1.0, 1.0))


def area(ranks: Numbers, positive: Flags) -> float:
    """The area under the ROC curve, of the mid-ranks of a score.

    It is the chance that a positive has the higher score, equal scores counting half: Mann and Whitney's U (1947) over
    the number of pairs (Hanley and McNeil 1982). NaN without positives or negatives.
    """
    ones = int(positive.sum())
    noughts = len(ranks) - ones
    if not ones or not noughts:
        return np.nan
    above = ranks[positive].sum() - ones * (ones + 1) / 2
    return float(above / (ones * noughts))


def curve(score: Numbers, positive: Flags, *, most: int = 100) -> list[tuple[float, float]]:
    """The ROC curve from (0, 0) to (1, 1): the share of negatives and of positives at or above each threshold.

    Messages of the same score come in together (Fawcett 2006, algorithm 1). With more than `most` points those are
    kept that lie at equal steps along the curve. Needs a positive and a negative.
    """
    falling = np.argsort(-score, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(score[falling]) != 0, True))
    hits = np.cumsum(positive[falling])[ends] / positive.sum()
    false_alarms = np.cumsum(~positive[falling])[ends] / (~positive).sum()
    x, y = np.append(0.0, false_alarms), np.append(0.0, hits)
    if len(x) > most:
        kept = np.unique(np.searchsorted(x + y, np.linspace(0, 2, most)).clip(max=len(x) - 1))
        x, y = x[kept], y[kept]
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
