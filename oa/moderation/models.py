"""STOPPED: what moderators decided, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.moderation.rules import Verb
from oa.trees.models import Message, Tree


class Decision(models.Model):
    """One decision of a moderator: who, what, about what, when and why. Lines are only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verb = models.CharField(_("decision"), max_length=16, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions",
        verbose_name=_("by"), help_text=_("Empty: the system."),
    )  # fmt: skip
    why = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("when"))
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="decisions")
    tree = models.ForeignKey(Tree, models.SET_NULL, null=True, blank=True, related_name="decisions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="decisions_about",
    )  # fmt: skip
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["-at", "id"], name="decisions_newest_first")]

    def __str__(self) -> str:
        return f"{self.verb} by {self.by or 'the system'}"
