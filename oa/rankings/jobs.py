"""Scoring, by workers."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from oa.core.rounds import for_each, share_out
from oa.rankings import actions
from oa.trees.models import Tree
from oa.trees.rules import State


@for_each()
def score_tree(tree_id: str) -> None:
    actions.score(tree_id=UUID(tree_id), now=timezone.now())


@shared_task
def score_ready_trees() -> None:
    """Finds its own work, so that nothing depends on a message that a queue may lose."""
    share_out(score_tree, Tree.objects.live().in_state(State.READY_FOR_SCORING).values_list("pk", flat=True))
