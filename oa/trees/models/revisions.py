"""What texts were before they were edited."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.trees.models.trees import Message


class MessageRevision(models.Model):
    """A text as it was before an edit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    version = models.PositiveSmallIntegerField(_("version of the text"))
    text = models.TextField(_("text"))
    why = models.TextField(_("why it was changed"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("changed by"))
    at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [models.UniqueConstraint(fields=["message", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.message_id} v{self.version}"
