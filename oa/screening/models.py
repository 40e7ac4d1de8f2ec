"""Machine opinions: what Detoxify says of a text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oa.screening.rules import SCORES
from oa.trees.models import Message


class ToxicityScore(models.Model):
    """The seven scores of one text of a message, each between 0 and 1."""

    message = models.OneToOneField(Message, models.CASCADE, primary_key=True, related_name="toxicity_score")
    version = models.PositiveSmallIntegerField(_("version of the text"), default=1)
    toxicity = models.FloatField(_("toxicity"))
    severe_toxicity = models.FloatField(_("severe toxicity"))
    obscene = models.FloatField(_("obscene"))
    identity_attack = models.FloatField(_("identity attack"))
    insult = models.FloatField(_("insult"))
    threat = models.FloatField(_("threat"))
    sexual_explicit = models.FloatField(_("sexually explicit"))
    model_name = models.CharField(_("model"), max_length=200, blank=True)
    imported = models.BooleanField(_("imported"), default=False)
    scored_at = models.DateTimeField(_("when"), null=True, blank=True)

    class Meta:
        verbose_name = _("toxicity score")
        verbose_name_plural = _("toxicity scores")

    def __str__(self) -> str:
        return f"{self.message_id}: {self.toxicity:.3f}"

    def as_detoxify(self) -> dict[str, float]:
        """The scores as the published files have them, key order too."""
        return {name: getattr(self, name) for name in SCORES}
