"""What authors took back from data sets, and gave again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.trees.models import Message


class Withdrawal(models.Model):
    """One message, or everything by a person, that is in no release made from then on until it is given back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, blank=True, related_name="withdrawals", verbose_name=_("message"),
        help_text=_("Empty: everything by this person."),
    )  # fmt: skip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="withdrawals", verbose_name=_("by"))
    at = models.DateTimeField(_("withdrawn"))
    given_back_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.UniqueConstraint(
                fields=["message"], condition=Q(given_back_at=None, message__isnull=False),
                name="a_message_is_withdrawn_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["by"], condition=Q(given_back_at=None, message=None),
                name="everything_is_withdrawn_once_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.message_id or 'everything'} by {self.by_id}"
