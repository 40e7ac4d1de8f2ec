"""People and the machine on toxicity: what a group of messages says, every figure with how sure it is.

docs/toxicity.md says what the figures mean and how they are worked out.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from oa.reviews.rules import Label
from oa.screening.rules import SCORES
from oa.stats.rules.agreement import Flags, Numbers, area, correlation, curve, midranks
from oa.stats.rules.reports import CONFIDENCE, TOO_FEW, TOO_FEW_OF_A_SIDE
from oa.stats.rules.resampling import Family, Resampled, Values, draw, drawings_of, interval

LABELS = tuple(label.value for label in Label)
# What scores are to find, and from which mean on people have said it.
TO_FIND = (Label.HATE_SPEECH.value, Label.NOT_APPROPRIATE.value, Label.TOXICITY.value)
MARKED_FROM = 0.5

Figures = dict[str, Any]
Pairs = Mapping[str, Sequence[float]]
Means = Mapping[str, Mapping[str, float]]


class Judged(NamedTuple):
    """One message that the machine has scored, and what people said of it.

    `sums`: our own reviews, {label: [sum, count]}; `brought`: what an import says, {label: {value, count}};
    `scores`: in their order, None for one that the model doesn't give.
    """

    lang: str
    role: str
    deleted: bool
    sums: Pairs
    brought: Means | None
    scores: Sequence[float | None]


def human_values(sums: Pairs, brought: Means | None) -> Iterator[tuple[float, bool]]:
    """What people say of a message, label by label, and whether that is from single reviews.

    The mean of our own reviews where a label has any; otherwise the mean that an import brought; otherwise NaN.
    """
    for label in LABELS:
        total, count = sums.get(label, (0.0, 0))
        if count:
            yield total / count, True
        else:
            yield (brought or {}).get(label, {}).get("value", math.nan), False


@dataclass(frozen=True, slots=True)
class Sample:
    """Messages as columns. `human` has one for each label; `ours`: whether that is from single reviews.

    NaN in `human`: nobody said; in `scores`: the model doesn't give this one.
    """

    lang: NDArray[np.str_]
    role: NDArray[np.str_]
    deleted: Flags
    scores: Numbers
    human: Numbers
    ours: Flags

    @classmethod
    def of(cls, messages: Iterable[Judged]) -> Self:
        lang, role, deleted = [], [], bytearray()
        scores, human, ours = array("d"), array("d"), bytearray()
        for message in messages:
            lang.append(message.lang)
            role.append(message.role)
            deleted.append(message.deleted)
            scores.extend(math.nan if score is None else score for score in message.scores)
            for value, is_ours in human_values(message.sums, message.brought):
                human.append(value)
                ours.append(is_ours)
        return cls(
            np.array(lang, np.str_),
            np.array(role, np.str_),
            np.frombuffer(deleted, np.bool_),
            np.frombuffer(scores).reshape(-1, len(SCORES)),
            np.frombuffer(human).reshape(-1, len(LABELS)),
            np.frombuffer(ours, np.bool_).reshape(-1, len(LABELS)),
        )

    def __len__(self) -> int:
        return len(self.scores)

    def only(self, *, lang: str | None = None, role: str | None = None) -> Self:
        """The messages of one language, or role, or both."""
        chosen = np.ones(len(self), np.bool_)
        if lang is not None:
            chosen &= self.lang == lang
        if role is not None:
            chosen &= self.role == role
        return type(self)(
            self.lang[chosen], self.role[chosen], self.deleted[chosen], self.scores[chosen], self.human[chosen],
            self.ours[chosen],
        )  # fmt: skip

    def said(self, label: int) -> Flags:
        """Which messages people have judged by this label."""
        return ~np.isnan(self.human[:, label])

    def scored(self, score: int) -> Flags:
        """Which messages have this score."""
        return ~np.isnan(self.scores[:, score])


def groups_in(sample: Sample) -> list[tuple[str | None, str | None]]:
    """All messages, each language (the largest first), each role."""
    langs, numbers = np.unique(sample.lang, return_counts=True)
    by_size = sorted(zip(langs.tolist(), numbers.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    roles = sorted(np.unique(sample.role).tolist(), reverse=True)
    return [(None, None), *((lang, None) for lang, _number in by_size), *((None, role) for role in roles)]


def figures_of(sample: Sample, *, lang: str | None, role: str | None, most: int, rng: np.random.Generator) -> Figures:
    """All figures of one group of messages; what can't be told is None. `most`: drawings, fewer of many messages."""
    chosen = sample.only(lang=lang, role=role)
    drawings = drawings_of(len(chosen), most)
    sure, ranks = _resampled(chosen, drawings, rng), _Ranks(chosen)
    return {
        "lang": lang,
        "role": role,
        "n_scored": len(chosen),
        "resamples": drawings,
        "cells": [cell for label in range(len(LABELS)) for cell in _cells(chosen, label, sure, ranks)],
        "roc": [line for label in TO_FIND for line in _lines(chosen, LABELS.index(label), sure, ranks)],
        "kept_deleted": list(_kept_and_deleted(chosen, sure, ranks)),
    }


# --- how sure ---------------------------------------------------------------------------------------------------------


Of = tuple[str, int | None, int]  # a figure of a label (None: of what became of messages) and a score
Ends = tuple[float | None, float | None]
UNSURE: Ends = (None, None)


@dataclass(frozen=True, slots=True)
class _Part:
    """Labels, marks and scores that the same messages have, by number. Mark None: that the message was deleted."""

    family: Family
    labels: Sequence[int]
    marks: Sequence[int | None]
    scores: list[int]


def _resampled(sample: Sample, drawings: int, rng: np.random.Generator) -> dict[Of, Ends]:
    """Draw messages again and again; the interval of each figure. What has too few messages is left out."""
    if len(sample) < TOO_FEW:
        return {}
    parts = list(_parts(sample))
    at_work = [Resampled(part.family) for part in parts]
    for weights in draw(len(sample), drawings, rng):
        for resampled in at_work:
            resampled.add(weights)
    found: dict[Of, Ends] = {}
    for resampled, part in zip(at_work, parts, strict=True):
        found |= _intervals(resampled.values, part)
    return found


def _together(columns: Iterable[tuple[int, Flags]]) -> Iterator[tuple[list[int], Flags]]:
    """Columns that the same messages have, together; without those that too few have."""
    found: dict[bytes, tuple[list[int], Flags]] = {}
    for column, has in columns:
        if has.sum() >= TOO_FEW:
            found.setdefault(np.packbits(has).tobytes(), ([], has))[0].append(column)
    yield from found.values()


def _parts(sample: Sample) -> Iterator[_Part]:
    for scores, scored in _together((score, sample.scored(score)) for score in range(len(SCORES))):
        places = np.flatnonzero(scored)
        machine = sample.scores[:, scores]
        nothing = np.empty((len(places), 0))
        yield _Part(Family(places, nothing, sample.deleted[places, None], machine[places]), [], [None], scores)
        for labels, both in _together((label, sample.said(label) & scored) for label in range(len(LABELS))):
            places = np.flatnonzero(both)
            marks = [label for label in labels if LABELS[label] in TO_FIND]
            people = sample.human[places]
            family = Family(places, people[:, labels], people[:, marks] >= MARKED_FROM, machine[places])
            yield _Part(family, labels, marks, scores)


def _intervals(values: Values, part: _Part) -> Iterator[tuple[Of, Ends]]:
    rows: dict[str, Sequence[int | None]] = {"pearson": part.labels, "spearman": part.labels}
    rows |= dict.fromkeys(("area", "marked", "other", "difference"), part.marks)
    for figure, of in rows.items():
        drawn = values.of(figure)
        if drawn is None:
            continue
        low, high = interval(drawn, CONFIDENCE)
        for row, label in enumerate(of):
            for column, score in enumerate(part.scores):
                yield (figure, label, score), (_told(low[row, column]), _told(high[row, column]))


def _told(number: float) -> float | None:
    """None for what can't be told: a file has no word for it but null."""
    return float(number) if math.isfinite(number) else None


# --- what is told -----------------------------------------------------------------------------------------------------


def _masks(sample: Sample, label: int) -> Iterator[tuple[list[int], Flags]]:
    """The scores, and the messages that have them and this label; scores that the same messages have come together."""
    found: dict[bytes, tuple[list[int], Flags]] = {}
    said = sample.said(label)
    for score in range(len(SCORES)):
        both = said & sample.scored(score)
        found.setdefault(both.tobytes(), ([], both))[0].append(score)
    yield from found.values()


def _cells(sample: Sample, label: int, sure: Mapping[Of, Ends], ranks: _Ranks) -> Iterator[Figures]:
    """One label against each score."""
    for scores, both in _masks(sample, label):
        people, ours = sample.human[both, label], int(sample.ours[both, label].sum())
        enough = len(people) >= TOO_FEW
        people_ranks = midranks(people)
        for score in scores:
            cell: Figures = {"label": LABELS[label], "score": SCORES[score], "n": len(people)}
            cell |= {"n_reviews": ours, "n_imported": len(people) - ours}
            pearson = correlation(people, sample.scores[both, score]) if enough else math.nan
            spearman = correlation(people_ranks, ranks.of(both, score)) if enough else math.nan
            for name, figure in (("pearson", pearson), ("spearman", spearman)):
                cell[name] = _told(figure)
                ends = UNSURE if cell[name] is None else sure[name, label, score]
                cell[f"{name}_low"], cell[f"{name}_high"] = ends
            yield cell | {"too_few": not enough}


class _Ranks:
    """The ranks of scores among some messages. Sorting is what takes long, and many labels have the same messages."""

    def __init__(self, sample: Sample) -> None:
        self._sample = sample
        self._found: dict[tuple[bytes, int], Numbers] = {}

    def of(self, messages: Flags, score: int) -> Numbers:
        key = np.packbits(messages).tobytes(), score
        if key not in self._found:
            self._found[key] = midranks(self._sample.scores[messages, score])
        return self._found[key]


def _enough(marked: Flags) -> bool:
    ones = int(marked.sum())
    return len(marked) >= TOO_FEW and min(ones, len(marked) - ones) >= TOO_FEW_OF_A_SIDE


def _lines(sample: Sample, label: int, sure: Mapping[Of, Ends], ranks: _Ranks) -> Iterator[Figures]:
    """How well each score finds what people mark with this label."""
    for column, score in enumerate(SCORES):
        both = sample.said(label) & sample.scored(column)
        marked, machine = sample.human[both, label] >= MARKED_FROM, sample.scores[both, column]
        enough, ones = _enough(marked), int(marked.sum())
        low, high = sure["area", label, column] if enough else UNSURE
        yield {
            "label": LABELS[label], "score": score,
            "n": len(marked), "positives": ones, "negatives": len(marked) - ones,
            "auc": _told(area(ranks.of(both, column), marked)) if enough else None, "auc_low": low, "auc_high": high,
            "points": [[round(x, 6), round(y, 6)] for x, y in curve(machine, marked)] if enough else [],
            "too_few": not enough,
        }  # fmt: skip


def _kept_and_deleted(sample: Sample, sure: Mapping[Of, Ends], ranks: _Ranks) -> Iterator[Figures]:
    """The scores of messages that were kept, and of those that were deleted."""
    for column, score in enumerate(SCORES):
        scored = sample.scored(column)
        machine, deleted = sample.scores[scored, column], sample.deleted[scored]
        enough = _enough(deleted)
        ends = {
            name: sure[name, None, column] if enough else UNSURE for name in ("other", "marked", "difference", "area")
        }
        yield {
            "score": score,
            "kept": _spread(machine[~deleted], ends["other"], told=enough),
            "deleted": _spread(machine[deleted], ends["marked"], told=enough),
            "difference": float(machine[deleted].mean() - machine[~deleted].mean()) if enough else None,
            "difference_low": ends["difference"][0], "difference_high": ends["difference"][1],
            "auc": _told(area(ranks.of(scored, column), deleted)) if enough else None,
            "auc_low": ends["area"][0], "auc_high": ends["area"][1],
            "too_few": not enough,
        }  # fmt: skip


def _spread(column: Numbers, ends: Ends, *, told: bool) -> Figures:
    """Number, mean with its interval, median and 95th percentile; only the number unless `told`."""
    if not told:
        return {"n": len(column), "mean": None, "low": None, "high": None, "median": None, "p95": None}
    median, p95 = np.quantile(column, [0.5, 0.95])
    mean = float(column.mean())
    return {"n": len(column), "mean": mean, "low": ends[0], "high": ends[1], "median": float(median), "p95": float(p95)}
