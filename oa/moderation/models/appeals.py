"""What people say against a decision about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.moderation.models.decisions import Decision
from oa.moderation.rules import AppealOutcome


class Appeal(models.Model):
    """Somebody asks that another moderator look at a decision about them or their words. Once for each decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals", verbose_name=_("decision"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appeals", verbose_name=_("by"))
    against = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("who decided"), help_text=_("Empty: the system."),
    )  # fmt: skip
    text = models.TextField(_("what they say"))
    at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=AppealOutcome, blank=True)
    why = models.TextField(_("why"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(fields=["decision", "by"], name="one_appeal_per_person_and_decision"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(against=None) | ~Q(decided_by=F("against")),
                name="another_moderator_decides_an_appeal",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")), name="nobody_decides_their_own_appeal"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by=None, decided_at=None)
                | Q(outcome__in=AppealOutcome.values, decided_by__isnull=False, decided_at__isnull=False),
                name="an_appeal_is_open_or_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-decided_at", "-at", "-id"], name="open_appeals_first")]

    def __str__(self) -> str:
        return f"{self.by} against {self.decision_id}"
