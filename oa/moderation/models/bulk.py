"""Decisions about many messages at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.moderation.rules import AT_WORK, BatchState, BatchVerb, ItemState
from oa.trees.models import Message


class BatchQuerySet(models.QuerySet["Batch"]):
    def at_work(self) -> Self:
        """What workers go on with, the first begun first."""
        return self.filter(state__in=AT_WORK).order_by("begun_at", "id")


class Batch(models.Model):
    """One decision about many messages: chosen and shown first, then carried out by workers, one message at a time,
    and undone as a whole."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verb = models.CharField(_("decision"), max_length=16, choices=BatchVerb)
    selection = models.JSONField(_("chosen by"), default=dict)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    why = models.TextField(_("why"), blank=True)
    lang = models.CharField(_("to which language"), max_length=16, blank=True)
    preview = models.JSONField(_("what would change"), default=dict)
    state = models.CharField(_("state"), max_length=8, choices=BatchState, default=BatchState.DRAFT)
    total = models.PositiveIntegerField(_("messages"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches", verbose_name=_("by"))
    at = models.DateTimeField(_("chosen"))
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    undo_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("undone by"),
    )  # fmt: skip
    undo_begun_at = models.DateTimeField(_("undoing begun"), null=True, blank=True)
    undo_ended_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undo_why = models.TextField(_("why undone"), blank=True, default="")

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="a_batch_is_in_a_known_state"),
        ]
        indexes = [
            models.Index(fields=["-at", "id"], name="batches_newest_first"),
            models.Index(
                fields=["id"], condition=Q(state__in=[BatchState.RUNNING, BatchState.UNDOING]), name="batches_at_work"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.total} messages"


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    def counts(self, batches: Collection[UUID]) -> dict[UUID, Counter[str]]:
        """How many messages of each of these batches are in which state."""
        found: dict[UUID, Counter[str]] = {pk: Counter() for pk in batches}
        rows = self.filter(batch__in=batches).order_by().values_list("batch", "state").annotate(n=Count("id"))
        for batch, state, number in rows:
            found[batch][state] = number
        return found

    def problems(self, batch_id: UUID) -> dict[str, int]:
        """How often which refusal was met, the most frequent first."""
        refused = self.filter(batch=batch_id, state__in=[ItemState.REFUSED, ItemState.STANDS])
        return dict(refused.order_by().values_list("problem").annotate(n=Count("id")).order_by("-n", "problem"))


class BatchItem(models.Model):
    """One message of a batch, and what became of it."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items", db_index=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=ItemState, default=ItemState.WAITING)
    decision = models.OneToOneField(
        "moderation.Decision", models.PROTECT, null=True, blank=True, related_name="batch_item",
        verbose_name=_("decision"),
    )  # fmt: skip
    problem = models.CharField(_("why not"), max_length=64, blank=True, help_text=_("The code of the refusal."))

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a batch")
        verbose_name_plural = _("messages of batches")
        constraints = [
            models.UniqueConstraint(fields=["batch", "message"], name="a_message_stands_once_in_a_batch"),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="an_item_is_in_a_known_state"),
        ]
        indexes = [models.Index(fields=["batch", "state", "id"], name="items_of_a_batch")]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.state}"
