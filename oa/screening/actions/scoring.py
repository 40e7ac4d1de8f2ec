"""Scoring what has no score yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db.models import F, Q

from oa.core.verbs import verb
from oa.screening.actions.detoxify import Scorer
from oa.screening.models import ToxicityScore
from oa.screening.rules import SCORES, SUPPORTED, Waiting, in_batches
from oa.trees.models import Message


def unscored(most: int) -> list[Waiting]:
    """Texts that wait for their scores, the newest first. Published scores of an import stay as they came.

    An archived tree came with the scores it was published with, or without; it is not scored here.
    """
    supported = Q()
    for lang in sorted(SUPPORTED):
        supported |= Q(lang=lang) | Q(lang__startswith=f"{lang}-")
    outdated = Q(toxicity_score=None) | Q(toxicity_score__version__lt=F("version"))
    rows = Message.objects.filter(supported, outdated, tree__archived=False).order_by("-id")
    return [Waiting(*row) for row in rows.values_list("id", "version", "text")[:most]]


def score_waiting(*, score: Scorer, clock: Callable[[], datetime], most: int = 256, batch: int = 16) -> int:
    """Score what waits, as far as `most`; returns how many. May be stopped anywhere and run again."""
    done = 0
    for items in in_batches(unscored(most), most=batch):
        # The model takes seconds: no transaction is open meanwhile.
        scores = score([item.text for item in items])
        done += keep_scores(items=items, scores=scores, model_name=score.name, now=clock())
    return done


@verb
def keep_scores(
    *, items: Sequence[Waiting], scores: Sequence[Mapping[str, float]], model_name: str, now: datetime
) -> int:
    """Keep scores with the version of the text they are about; returns how many."""
    rows = [
        ToxicityScore(message_id=item.message_id, version=item.version, model_name=model_name, scored_at=now, **values)
        for item, values in zip(items, scores, strict=True)
    ]
    ToxicityScore.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["message"],
        update_fields=[*SCORES, "version", "model_name", "imported", "scored_at"],
    )
    return len(rows)
