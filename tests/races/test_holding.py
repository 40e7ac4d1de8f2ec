"""Whoever waits for a tree sees it, the message and the task as they are when the wait is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from oa.accounts.models import User
from oa.tasks.actions.handing import hold_task
from oa.tasks.models import Task
from oa.tasks.rules import Status
from oa.trees.models import Message, Tree
from tests.builders import label_kind, person, plant, sit
from tests.races.crowd import wait_for_somebody_to_wait

pytestmark = pytest.mark.django_db(transaction=True)


def held(task: Task, by: User) -> tuple[Tree | None, Task]:
    try:
        with transaction.atomic():
            return hold_task(task_id=task.pk, by=by)
    finally:
        connection.close()


def test_what_changed_while_one_waited_is_seen() -> None:
    message, by = plant(), person()
    task = sit(message, label_kind(message), by=by)
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Tree.objects.hold(message.tree_id)
            waiting = other.submit(held, task, by)
            wait_for_somebody_to_wait()
            Tree.objects.filter(pk=message.tree_id).update(goal_size=77)
            Message.objects.filter(pk=message.pk).update(review_count=7, label_sums={"spam": [3.0, 7]})
            Task.objects.filter(pk=task.pk).update(status=Status.WITHDRAWN)
        tree, seen = waiting.result(timeout=60)

    assert tree is not None and seen.message is not None
    assert (tree.goal_size, seen.message.review_count, seen.message.label_sums) == (77, 7, {"spam": [3.0, 7]})
    assert (seen.status, seen.tree) == (Status.WITHDRAWN, tree)


def test_a_task_that_became_somebody_elses_meanwhile_is_not_there() -> None:
    message, by, heir = plant(), person(), person()
    task = sit(message, label_kind(message), by=by)
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Tree.objects.hold(message.tree_id)
            waiting = other.submit(held, task, by)
            wait_for_somebody_to_wait()
            Task.objects.filter(pk=task.pk).update(assignee=heir)
        refused = waiting.exception(timeout=60)

    assert getattr(refused, "code", None) == "no_such_task"
