"""Booking and mailing, by workers. Every job finds its own work and may run twice."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from oa.community import actions
from oa.core.rounds import send_each

TREES_A_ROUND = 500


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def book(tree_id: str) -> None:
    actions.book(tree_id=UUID(tree_id), now=timezone.now())


@shared_task
def book_what_happened() -> None:
    send_each(book, actions.trees_due(most=TREES_A_ROUND))


@shared_task
def send_digest(person_id: str) -> None:
    actions.send_digest(person_id=UUID(person_id), now=timezone.now())


@shared_task
def send_digests() -> None:
    send_each(send_digest, actions.digests_due(timezone.now()))
