"""Making reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection

from oa.core.moments import one_moment
from oa.core.verbs import verb
from oa.screening.actions import languages_known
from oa.screening.rules import SCORES
from oa.stats.models import Report, scored_messages, unscored_languages
from oa.stats.rules import CONFIDENCE, RESAMPLES, TOO_FEW, TOO_FEW_OF_A_SIDE, Kind, is_due, is_lost, key_of
from oa.stats.rules.toxicity import Figures, Judged, Sample, figures_of, groups_in

Group = tuple[str | None, str | None]
# Any number that no other part of the program locks: workers look in turn whether a report is due.
REPORT_LOCK = 0x6F61_7270
KEPT = 5


def make_toxicity_report(*, clock: Callable[[], datetime], seed: int, resamples: int = RESAMPLES) -> Report | None:
    """Make a new report when one is due and nobody else is at it, and keep it; None otherwise.

    No transaction is open while figures are worked out: that may take minutes.
    """
    report = begin_report(kind=Kind.TOXICITY, now=clock())
    if report is None:
        return None
    data = toxicity_figures(seed=seed, resamples=resamples)
    return keep_report(report=report, data=data, now=clock())


def toxicity_figures(*, seed: int, resamples: int = RESAMPLES, only: Sequence[Group] | None = None) -> Figures:
    """People and the machine on toxicity, by the rows of this moment: `{"head": …, "groups": {key: …}}`.

    Groups are all messages, each language and each role, or `only` these. Each throws the dice anew from `seed`, so
    that a group's figures don't depend on which others there are.
    """
    models: Counter[tuple[str, str, bool]] = Counter()
    with one_moment():
        sample = Sample.of(_judged(scored_messages(), models))
        unsupported = unscored_languages(languages_known())
    groups = groups_in(sample) if only is None else only
    found = [
        figures_of(sample, lang=lang, role=role, most=resamples, rng=np.random.default_rng(seed))
        for lang, role in groups
    ]
    head = {
        "resamples": resamples,
        "confidence": CONFIDENCE,
        "seed": seed,
        "too_few": TOO_FEW,
        "too_few_of_a_side": TOO_FEW_OF_A_SIDE,
        "models": [
            {"name": name, "checksum": checksum, "imported": imported, "n": number}
            for (name, checksum, imported), number in models.most_common()
        ],
        "groups": [{"lang": group["lang"], "role": group["role"], "n": group["n_scored"]} for group in found],
        "unsupported": [{"lang": lang, "messages": number} for lang, number in unsupported],
    }
    return {"head": head, "groups": {key_of(group["lang"], group["role"]): group for group in found}}


def _judged(rows: Iterable[tuple[Any, ...]], models: Counter[tuple[str, str, bool]]) -> Iterator[Judged]:
    """The rows as messages; on the way it is counted which models gave the scores."""
    for lang, role, deleted, sums, brought, *numbers in rows:
        models[tuple(numbers[len(SCORES) :])] += 1
        yield Judged(lang, role, deleted, sums, brought, numbers[: len(SCORES)])


@verb
def begin_report(*, kind: Kind, now: datetime) -> Report | None:
    """The place of a new report, if one is due; None while somebody else is at it, who is not lost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REPORT_LOCK])
    # In this order: what is finished between the two is seen by the second.
    at_it = Report.objects.in_the_making(kind).first()
    made_at, seconds = Report.objects.finished(kind).values_list("made_at", "seconds").first() or (None, None)
    if not is_due(made_at=made_at, seconds=seconds, now=now):
        return None
    if at_it is not None:
        if not is_lost(begun_at=at_it.begun_at, last_took=seconds, now=now):
            return None
        at_it.delete()
    return Report.objects.create(kind=kind, begun_at=now)


@verb
def keep_report(*, report: Report, data: Figures, now: datetime) -> Report | None:
    """Finish a report and drop old ones. None: this worker was given up for lost, and another makes the report."""
    seconds = (now - report.begun_at).total_seconds()
    if not Report.objects.filter(pk=report.pk, made_at=None).update(made_at=now, seconds=seconds, data=data):
        return None
    kept = Report.objects.finished(Kind(report.kind)).values("pk")[:KEPT]
    Report.objects.filter(kind=report.kind, made_at__isnull=False).exclude(pk__in=kept).delete()
    report.refresh_from_db()
    return report
