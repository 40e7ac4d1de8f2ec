"""Scoring, by a worker of its own: the model is large, and loaded once."""

from __future__ import annotations

import functools

import structlog
from celery import shared_task
from django.utils import timezone

from oa.screening import actions

log = structlog.get_logger()


@shared_task
def score_waiting() -> None:
    """Finds its own work. Without the model texts wait, and the next round looks again."""
    try:
        score = actions.scorer()
    except actions.ModelMissing as error:
        _say_once(str(error))
        return
    actions.score_waiting(score=score, clock=timezone.now)


@functools.cache
def _say_once(why: str) -> None:
    log.warning("toxicity scores wait", why=why)
