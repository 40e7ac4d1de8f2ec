"""REVIEWED: one person's labels on one message."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.reviews.rules import Mode
from oa.trees.models import Message


class ReviewQuerySet(models.QuerySet["Review"]):
    def counting(self) -> Self:
        """Reviews of the text as it is now."""
        return self.filter(counts=True)

    def of(self, message_id: UUID) -> Self:
        return self.filter(message_id=message_id)


class Review(models.Model):
    """What one person said of one message. An unanswered question is absent from `labels`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="reviews")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", db_index=False,
        verbose_name=_("by"),
    )  # fmt: skip
    labels = models.JSONField(_("labels"), help_text=_("{label: value between 0 and 1}"))
    mode = models.CharField(_("form"), max_length=6, choices=Mode)
    version = models.PositiveSmallIntegerField(_("version of the text"))
    counts = models.BooleanField(_("counts"), default=True, help_text=_("No: the text was changed afterwards."))
    created_at = models.DateTimeField(_("when"))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["by", "message"],
                condition=Q(counts=True),
                name="one_review_per_person_and_message",
            ),
            models.UniqueConstraint(fields=["by", "message", "version"], name="one_review_per_person_and_text"),
        ]
        indexes = [
            # Rows lie in the order in which they came: what is new is found by a look at a few pages, and costs nothing
            # to write.
            BrinIndex(fields=["created_at"], name="reviews_by_time", pages_per_range=16, autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.message_id}"
