"""STOPPED: what people reported, and what moderators decided, and why."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.moderation.rules import UNDOABLE_VERBS, Reason, ReportReason, Verb
from oa.trees.models import Message, Tree


class DecisionQuerySet(models.QuerySet["Decision"]):
    def told(self) -> Self:
        """With all that is told of a decision, in two statements however many there are."""
        return self.select_related("by", "person", "undone_by").prefetch_related("appeals")


class Decision(models.Model):
    """One line of the audit log: who decided what about what, when and why, and how it was before and after.

    The database refuses to change or delete a line. Texts don't stand in it, so that what is erased is erased: it
    names their revisions.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verb = models.CharField(_("decision"), max_length=16, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions",
        verbose_name=_("by"), help_text=_("Empty: the system."),
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    why = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("when"))
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="decisions")
    tree = models.ForeignKey(Tree, models.PROTECT, null=True, blank=True, related_name="decisions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="decisions_about",
    )  # fmt: skip
    before = models.JSONField(_("before"), default=dict, blank=True, help_text=_("What was changed, as it was."))
    after = models.JSONField(_("after"), default=dict, blank=True, help_text=_("What was changed, as it is now."))
    details = models.JSONField(_("details"), default=dict, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("undoes")
    )
    batch = models.ForeignKey(
        "moderation.Batch", models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("batch")
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="a_decision_is_a_known_one"),
        ]
        indexes = [
            models.Index(fields=["-at", "id"], name="decisions_newest_first"),
            models.Index(fields=["verb", "-at", "id"], name="decisions_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} by {self.by or 'the system'}"

    @property
    def changed_something(self) -> bool:
        """Whether there is anything in it to take back. A warning changes nothing but what stands on somebody's
        record; a case that was answered is a question again; what ended because its time was over has ended."""
        if self.by_id is None and self.verb in (Verb.UNBAN, Verb.UNMUTE):
            return False
        left = bool(self.before or self.details.get("cases")) or self.verb == Verb.WARN
        return left and self.verb in UNDOABLE_VERBS


class Report(models.Model):
    """Somebody asks moderators to look at a message. It is open until one of them has decided."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="reports", verbose_name=_("message"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=16, choices=ReportReason)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"))
    handled_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["message", "by"], name="one_report_per_person_and_message"),
        ]
        indexes = [models.Index(fields=["-handled_at", "-at", "-id"], name="open_reports_first")]

    def __str__(self) -> str:
        return f"{self.reason}: {self.message_id}"
