"""Mails about decisions: written down with the decision, sent later."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from oa.moderation.models.decisions import Decision


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: object) -> Self:
        """Not sent, and in nobody's hands. Nobody gets one who has no address, or whose address nobody confirmed."""
        waiting = self.filter(sent_at=None, not_before__lte=now, person__email__isnull=False)
        if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory":
            waiting = waiting.filter(
                person__emailaddress__verified=True, person__emailaddress__email=F("person__email")
            )
        return waiting.order_by("not_before")


class Letter(models.Model):
    """A mail that tells somebody of a decision. The row is written in the same transaction as the decision, so that
    no lost queue loses a mail; whoever sends it claims it first, so that two workers never send the same."""

    id = models.BigAutoField(primary_key=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="letter", verbose_name=_("decision"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name=_("to whom")
    )
    tries = models.PositiveSmallIntegerField(_("tries"), db_default=0, default=0)
    not_before = models.DateTimeField(
        _("not before"), db_default=Now(), help_text=_("Somebody is at it, or it failed and is tried again later.")
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail about a decision")
        verbose_name_plural = _("mails about decisions")
        indexes = [models.Index(fields=["not_before"], condition=Q(sent_at=None), name="letters_to_be_sent")]

    def __str__(self) -> str:
        return f"{self.decision_id} to {self.person_id}"
