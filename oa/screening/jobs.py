"""Opinions on new texts. Toxicity has workers of its own, because the model is large and loaded once; the light checks
run wherever other jobs do."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from oa.screening import actions


@shared_task
def score_waiting() -> None:
    """Finds its own work. Without the model texts wait, and it is looked for again after some minutes."""
    score = actions.scorer_if_any()
    if score is not None:
        actions.score_waiting(score=score, clock=timezone.now)


@shared_task
def read_waiting() -> None:
    """Finds its own work: texts whose language, likeness and personal data nobody has looked at."""
    actions.read_waiting(clock=timezone.now)
