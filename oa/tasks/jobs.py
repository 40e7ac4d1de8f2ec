"""Keeping the stock, by workers. Every job finds its own work and may run twice."""

from __future__ import annotations

from datetime import timedelta
from random import SystemRandom
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from oa.core.redis import tell
from oa.core.rounds import for_each, share_out
from oa.tasks import actions
from oa.tasks.models import Draft, Task, Waiter
from oa.tasks.rules import Status, channel_of

DICE = SystemRandom()


@for_each()
def fill_language(lang: str) -> None:
    actions.fill_language(lang=lang, now=timezone.now(), rng=DICE)


@shared_task
def fill_languages() -> None:
    langs = actions.languages_due(timezone.now())
    DICE.shuffle(langs)  # none is always the last one, which workers that fall behind never reach
    share_out(fill_language, langs)


@for_each()
def expire(task_id: str) -> None:
    actions.expire(task_id=UUID(task_id), now=timezone.now())


@shared_task
def expire_leases() -> None:
    due = Task.objects.expired(timezone.now()).order_by("expires_at")
    share_out(expire, due.values_list("pk", flat=True)[:1000])


@for_each()
def assign(person_id: str) -> None:
    task = actions.assign(person_id=UUID(person_id), now=timezone.now(), rng=DICE)
    if task is not None:  # committed by now: the page that is woken finds it
        tell(channel_of(UUID(person_id)), str(task.pk))


@shared_task
def assign_waiting() -> None:
    """Give everybody who waits, longest first, what fits them now; forget those who gave up."""
    now = timezone.now()
    Waiter.objects.filter(until__lte=now).delete()
    share_out(assign, Waiter.objects.waiting(now).values_list("pk", flat=True)[:500])


@shared_task
def drop_old_drafts() -> None:
    """What was handed in or skipped a week ago needs no draft any more."""
    long_ago = timezone.now() - timedelta(days=7)
    settled = (Status.DONE, Status.SKIPPED)
    Draft.objects.filter(task__status__in=settled, task__closed_at__lt=long_ago).delete()
