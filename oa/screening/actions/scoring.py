"""Scoring what waits for scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from oa.core.verbs import verb
from oa.screening.actions.detoxify import Scorer
from oa.screening.actions.due import claim, claim_again, done, give_back
from oa.screening.actions.machine import still_ready
from oa.screening.models import ToxicityScore
from oa.screening.rules import FAILURES, SCORES, Check, Waiting, in_batches

log = structlog.get_logger("oa.screening")

Clock = Callable[[], datetime]

# About ten seconds of a slow core with the large model: whoever has just written waits no longer behind a backlog.
TEXTS, CHARACTERS = 256, 45_000
ROUND = timedelta(seconds=45)


def score_waiting(
    *, score: Scorer, clock: Clock, at_most: timedelta | None = ROUND, said: Callable[[int], object] = bool
) -> int:
    """Score what waits until nothing does, or time is up; returns how many were scored.

    `said` is told after each claim how many those are so far. May be stopped anywhere, run again, and run by several
    workers at once.
    """
    begun, scored = clock(), 0
    while at_most is None or clock() - begun < at_most:
        still_ready(now=clock())
        new = claim(kind=Check.TOXICITY, most=TEXTS, characters=CHARACTERS, now=clock())
        again = claim_again(kind=Check.TOXICITY, now=clock())
        if not new and again is None:
            break
        scored += _score_all(new, score=score, clock=clock)
        if again is not None:  # it failed, or a worker died over it: alone
            scored += _score_all([again], score=score, clock=clock)
        said(scored)
    return scored


def _score_all(items: Sequence[Waiting], *, score: Scorer, clock: Clock) -> int:
    done([item for item in items if not score.knows(item.lang)])
    known = [item for item in items if score.knows(item.lang)]
    return sum(_score_batch(batch, score=score, clock=clock) for batch in in_batches(known, most=64))


def _score_batch(batch: Sequence[Waiting], *, score: Scorer, clock: Clock) -> int:
    """One forward pass. If it fails, each text gets one of its own, so that only the one to blame fails again."""
    try:
        # The model takes seconds: no transaction is open meanwhile.
        scores = score([item.text for item in batch])
    except FAILURES as error:
        if len(batch) > 1:
            return sum(_score_batch([item], score=score, clock=clock) for item in batch)
        aside = give_back(batch[0], error=error, now=clock())
        log.warning("a text can't be scored", message=str(batch[0].message_id), why=str(error)[:200], set_aside=aside)
        return 0
    return keep_scores(items=batch, scores=scores, score=score, now=clock())


@verb
def keep_scores(
    *, items: Sequence[Waiting], scores: Iterable[Mapping[str, float | None]], score: Scorer, now: datetime
) -> int:
    """Keep scores with the version of the text they are about, and strike the texts off the list; returns how many.

    A text that was changed meanwhile, or that somebody else has scored, keeps what it has.
    """
    by_id = dict(zip((item.due_id for item in items), scores, strict=True))
    rows = [
        ToxicityScore(
            message_id=item.message_id, version=item.version, model_name=score.name, model_checksum=score.checksum,
            scored_at=now, **by_id[item.due_id],
        )
        for item in done(items)
    ]  # fmt: skip
    ToxicityScore.objects.bulk_create(
        sorted(rows, key=lambda row: row.message_id),
        update_conflicts=True,
        unique_fields=["message"],
        # What a moderator said of the scores stays.
        update_fields=[*SCORES, "version", "model_name", "model_checksum", "imported", "scored_at"],
    )
    return len(rows)
