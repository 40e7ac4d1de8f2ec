"""What follows from decisions, by workers."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from oa.core.rounds import send_each
from oa.moderation import actions
from oa.trees.models import Message
from oa.trees.rules import State


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def halt_prompt(tree_id: str) -> None:
    actions.halt_prompt_of_disabled(tree_id=UUID(tree_id), now=timezone.now())


@shared_task
def halt_prompts_of_disabled() -> None:
    waiting = Message.objects.filter(depth=0, author__is_active=False, tree__state=State.PROMPT_LOTTERY_WAITING).filter(
        tree__archived=False
    )
    send_each(halt_prompt, waiting.values_list("tree_id", flat=True)[:1000])
