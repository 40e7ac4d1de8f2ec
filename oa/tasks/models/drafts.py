"""What people have begun and not handed in."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from oa.tasks.models.tasks import Task
from oa.tasks.rules import (
    WRITING,
    Status,
)


class DraftQuerySet(models.QuerySet["Draft"]):
    def unfinished_texts(self, person_id: object) -> Self:
        """What this person has begun to write for tasks that they no longer hold and never handed in."""
        over = self.filter(task__assignee_id=person_id, task__kind__in=sorted(WRITING))
        return over.exclude(task__status__in=[Status.LEASED, Status.DONE])


class Draft(models.Model):
    """What somebody has written or ticked so far. It outlives the lease."""

    task = models.OneToOneField(Task, models.CASCADE, primary_key=True, related_name="draft")
    content = models.JSONField(_("content"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    saved_at = models.DateTimeField(_("saved"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"Draft of {self.task_id}"
