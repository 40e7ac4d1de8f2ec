"""Scoring, by a worker of its own: the model is large, and loaded once."""

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
