"""What single judgements change in the counts of a message: what rows say now is taken out of what the import brought.

A count or a mean is what was brought plus rows, so a message says the same before and after. A mean stays the same to
the last digit: of the numbers that come to it those are kept that are nearest to what the rows say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from oa.datasets.rules.fields import Broken

Baseline = dict[str, Any]
# How far sums may lie apart that were added up in another order (that of P4).
ALIKE = 1e-6
# How many neighbouring numbers are tried for a mean that must not change.
NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class Kept:
    """What a message keeps of judgements: sums of the labels in rows, what the import brought, ballots it stood on."""

    label_sums: Mapping[str, Sequence[float]]
    baseline: Baseline
    ranking_count: int = 0


def with_reviews(kept: Kept, reviews: Sequence[Mapping[str, float]]) -> Kept:
    """The same message with rows for these of its reviews; Broken when it counts fewer, or their labels don't fit."""
    left = kept.baseline.get("review_count", 0) - len(reviews)
    if left < 0:
        words = f"the message counts {kept.baseline.get('review_count', 0)} reviews without rows, these are"
        raise Broken("more_than_counted", f"{words} {len(reviews)}")
    brought = dict(kept.baseline.get("labels") or {})
    sums = {label: list(pair) for label, pair in kept.label_sums.items()}
    for label in {label: None for review in reviews for label in review}:
        values = [review[label] for review in reviews if label in review]
        rest, sums[label] = _with_label(label, values, brought.get(label), sums.get(label))
        if rest is None:
            brought.pop(label)
        else:
            brought[label] = rest
    baseline = kept.baseline | {"review_count": left}
    if "labels" in baseline:
        baseline["labels"] = brought
    return replace(kept, baseline=baseline, label_sums=sums)


def _with_label(
    label: str, values: Sequence[float], brought: Mapping[str, float] | None, own: Sequence[float] | None
) -> tuple[dict[str, float] | None, list[float]]:
    """What is left of a brought mean (None: nothing), and the sum and number of all rows."""
    mean, count = (brought["value"], brought["count"]) if brought else (0.0, 0)
    before, number = (own[0], own[1]) if own else (0.0, 0)
    left = int(count) - len(values)
    if left < 0:
        raise Broken("more_than_counted", f"the message counts {count} answers to {label}, the reviews {len(values)}")
    total = before
    for value in values:
        total += value
    every = int(count + number)
    shown = (mean * count + before) / every if own else mean
    value, total = _apart(shown, every, total, left, label)
    return ({"value": value, "count": left} if left else None), [total, int(number) + len(values)]


def _apart(mean: float, number: int, total: float, left: int, label: str) -> tuple[float, float]:
    """A mean of `number` answers parted into the sum of those in rows and the mean of the `left` others."""
    value = (mean * number - total) / left if left else 0.0
    off = total - mean * number if not left else left * (value - min(max(value, 0.0), 1.0))
    if abs(off) > ALIKE:
        raise Broken("mean_differs", f"the reviews say {total:g} in all of {label}, the mean of the message {mean:g}")
    value = min(max(value, 0.0), 1.0)
    sums_of_all = list(_near(mean * number))
    sums = list(_near(total)) if left else [total, *sums_of_all]
    values = [near for near in _near(value) if 0 <= near <= 1] if left else [0.0]
    found = _exactly(mean, number, left, product(values, sums))
    if found is None:
        # Next to a large rest a small sum has no neighbours that tell: it takes what is left over.
        found = _exactly(mean, number, left, ((near, every - near * left) for near in values for every in sums_of_all))
    return found or (value, total)


def _exactly(mean: float, number: int, left: int, pairs: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    """The first pair of a rest and a sum that come to exactly this mean."""
    fitting = ((rest, total) for rest, total in pairs if total >= 0 and (rest * left + total) / number == mean)
    return next(fitting, None)


def _near(value: float) -> Iterator[float]:
    """A number and its neighbours, nearest first."""
    yield value
    above = below = value
    for _step in range(NEIGHBOURS):
        above, below = math.nextafter(above, math.inf), math.nextafter(below, -math.inf)
        yield above
        yield below


def with_codes(kept: Kept, codes: Mapping[str, int]) -> Kept:
    """The same message with rows for these of its reactions and skips; Broken when it counts fewer."""
    brought = dict(kept.baseline.get("emojis") or {})
    for code, number in codes.items():
        if (left := brought.get(code, 0) - number) < 0:
            words = f"the message counts {brought.get(code, 0)} of {code} without rows, these are {number}"
            raise Broken("more_than_counted", words)
        brought[code] = left
    return replace(kept, baseline=kept.baseline | {"emojis": {code: left for code, left in brought.items() if left}})


def with_ballots(kept: Kept, number: int) -> Kept:
    """The same reply, having stood on so many ballots more. A tree that was taken over may have been lent some."""
    lent = kept.baseline.get("rankings", 0)
    paid = min(lent, number)
    baseline = kept.baseline | {"rankings": lent - paid} if lent else kept.baseline
    return replace(kept, baseline=baseline, ranking_count=kept.ranking_count + number - paid)
