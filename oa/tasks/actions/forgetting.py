"""Words that people left at tasks, thrown away: they have left, or what they wrote was erased."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.tasks.models import Draft, Task
from oa.tasks.rules import Kind
from oa.trees.models import Message


@verb
def forget_drafts(*, person: User) -> None:
    """Throw away all that somebody has begun: they left."""
    Draft.objects.filter(task__assignee=person).delete()


@verb
def forget_words(*, messages: Sequence[UUID]) -> None:
    """Throw away what is left of these messages at the tasks that brought them, and what was begun or said about them
    at tasks."""
    trees = Message.objects.filter(pk__in=messages).values("tree")
    authors = Message.objects.filter(pk__in=messages, depth=0).values("author")
    # A new prompt's task knows of no tree.
    about = Q(tree__in=trees) | Q(assignee__in=authors, kind=Kind.INITIAL_PROMPT)
    brought = Task.objects.filter(about, result__message_id__in=[str(pk) for pk in messages])
    about_them = Task.objects.filter(message__in=messages)
    ids = [task_id for found in (brought, about_them) for task_id in found.values_list("id", flat=True)]
    Draft.objects.filter(task__in=ids).delete()
    Task.objects.filter(pk__in=ids).update(skip_note="", submit_digest="")
