"""What follows from decisions, by workers."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from oa.core.rounds import send_each
from oa.moderation import actions
from oa.moderation.models import policies_in_force, to_withhold
from oa.trees.models import Message
from oa.trees.rules import State


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def halt_prompt(tree_id: str) -> None:
    actions.halt_prompt_of_disabled(tree_id=UUID(tree_id), now=timezone.now())


@shared_task
def halt_prompts_of_disabled() -> None:
    shut_out = Message.objects.filter(author__is_active=False, author__left_at=None)
    waiting = shut_out.filter(depth=0, tree__state=State.PROMPT_LOTTERY_WAITING, tree__archived=False)
    send_each(halt_prompt, waiting.values_list("tree_id", flat=True)[:1000])


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def erase_text(message_id: str) -> None:
    actions.erase_text(message_id=UUID(message_id), now=timezone.now())


@shared_task
def erase_texts_of_leavers() -> None:
    wanted = Message.objects.live().filter(author__erases_texts=True, children_count=0, tree__archived=False)
    send_each(erase_text, wanted.values_list("id", flat=True)[:1000])


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def withhold_message(message_id: str) -> None:
    actions.withhold(message_id=UUID(message_id), now=timezone.now())


@shared_task
def withhold_the_worst() -> None:
    send_each(withhold_message, to_withhold(policies_in_force()).values_list("id", flat=True)[:1000])


@shared_task
def check_up() -> None:
    actions.check_up(clock=timezone.now)


@shared_task
def write_sightings() -> None:
    actions.write_sightings()


@shared_task
def drop_old_sightings() -> None:
    actions.drop_old_sightings(now=timezone.now())


@shared_task
def look_for_suspicious() -> None:
    actions.look_for_suspicious(now=timezone.now())
