"""What people said of a message, taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oa.datasets.rules.fields import Entry, Labels
from oa.reviews.rules import Label

PLACES = {label.value: place for place, label in enumerate(Label)}


def merged_labels(brought: Labels | None, ours: Mapping[str, tuple[float, int]]) -> Labels | None:
    """Means over what the import brought and our own reviews; None where nobody ever labelled.

    A mean that got nothing new is passed on as it came, to the last digit.
    """
    if brought is None and not ours:
        return None
    merged: Labels = dict(brought or {})
    for name, (total, count) in ours.items():
        before = merged.get(name, {"value": 0.0, "count": 0})
        number = before["count"] + count
        merged[name] = {"value": (before["value"] * before["count"] + total) / number, "count": number}
    return {name: merged[name] for name in sorted(merged, key=lambda name: (PLACES.get(name, len(PLACES)), name))}


def mean_of(entry: Entry, label: str) -> float | None:
    """The mean of a label; None where nobody gave it."""
    pair = entry.labels.get(label) if entry.labels else None
    return pair["value"] if pair and pair["count"] else None


def mean_over(entries: Iterable[Entry], label: str) -> float | None:
    """The mean of the means of some messages; None where none of them has any."""
    means = [mean for entry in entries if (mean := mean_of(entry, label)) is not None]
    return sum(means) / len(means) if means else None
