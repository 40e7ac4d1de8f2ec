"""What somebody is shown who does a task."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from oa.core.prepared import Prepared, Slot
from oa.tasks.models.tasks import Task
from oa.tasks.rules import (
    LABELS,
)
from oa.trees.models import Message, arranged


def _standing() -> models.QuerySet[Message]:
    return Message.objects.standing(
        Slot("message", models.UUIDField()), Slot("replies", ArrayField(models.UUIDField()))
    )


_SCENE = Prepared(_standing)
_SCENE_TO_REVIEW = Prepared(lambda: _standing().select_related("opinion"))


def scene_of(task: Task, reply_ids: list[UUID]) -> tuple[list[Message], list[Message]]:
    """The conversation down to the message a task is about, with what machines say where it is to be reviewed, and
    these replies to it in this order; in one statement."""
    scene = _SCENE_TO_REVIEW if task.kind in LABELS else _SCENE
    return arranged(scene(message=task.message_id, replies=reply_ids), reply_ids)
