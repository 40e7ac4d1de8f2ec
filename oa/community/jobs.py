"""Booking and mailing, by workers. Every job finds its own work and may run twice."""

from __future__ import annotations

from random import SystemRandom
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from oa.community import actions
from oa.core.rounds import for_each, share_out

# What a worker books in about half a second (1.5 ms of its CPU a tree); with more to do, the next round goes on.
TREES_A_ROUND = 300
DICE = SystemRandom()


@shared_task
def book_what_happened() -> None:
    actions.book_due(most=TREES_A_ROUND, now=timezone.now(), rng=DICE)


@for_each(at_once=25)
def send_digest(person_id: str) -> None:
    actions.send_digest(person_id=UUID(person_id), now=timezone.now())


@shared_task
def send_digests() -> None:
    share_out(send_digest, actions.digests_due(timezone.now()))
