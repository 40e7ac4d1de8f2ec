"""What follows from orders, uploads and withdrawals, by workers."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from oa.core.rounds import for_each, share_out
from oa.datasets import actions
from oa.datasets.actions import releasing


@for_each()
def settle_withdrawn_tree(tree_id: str) -> None:
    actions.settle_withdrawn(tree_id=UUID(tree_id), now=timezone.now())


@shared_task
def settle_withdrawn() -> None:
    share_out(settle_withdrawn_tree, actions.trees_to_settle())


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def work_on_releases() -> None:
    releasing.work_on_releases(clock=timezone.now)


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def work_on_imports() -> None:
    actions.work_on_imports(clock=timezone.now)


@shared_task
def drop_old_uploads() -> None:
    actions.drop_old_uploads(now=timezone.now())
