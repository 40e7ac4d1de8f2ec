"""Reports, by workers."""

from __future__ import annotations

from random import SystemRandom

from celery import shared_task
from django.utils import timezone

from oa.stats import actions

DICE = SystemRandom()


@shared_task
def make_toxicity_report() -> None:
    actions.make_toxicity_report(clock=timezone.now, seed=DICE.getrandbits(32))
