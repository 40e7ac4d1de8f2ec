"""Machine opinions: what Detoxify says of a text, what lighter checks say of it, and which texts wait for either."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext_lazy as _

from oa.screening.rules import SCORES, Check, Lack, MachineState
from oa.trees.models import Message


class DueQuerySet(models.QuerySet["Due"]):
    def waiting(self, kind: Check) -> Self:
        return self.filter(kind=kind, set_aside=False)

    def aside(self) -> Self:
        return self.filter(set_aside=True)


class Due(models.Model):
    """A text that waits for an opinion. Triggers of the database write these rows (migration 0003), so that a text
    can't be forgotten; whoever has the opinion deletes the row in the same transaction that keeps it."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, models.CASCADE, related_name="due", db_index=False, verbose_name=_("message"))
    kind = models.CharField(_("opinion"), max_length=16, choices=Check)
    version = models.PositiveSmallIntegerField(_("version of the text"))
    tries = models.PositiveSmallIntegerField(_("tries"), db_default=0, default=0)
    not_before = models.DateTimeField(
        _("not before"), db_default=Now(), help_text=_("Somebody is at it, or it failed and is tried again later.")
    )
    error = models.TextField(_("last error"), db_default="", default="", blank=True)
    set_aside = models.BooleanField(
        _("set aside"), db_default=False, default=False, help_text=_("It failed too often and is not tried any more.")
    )

    objects = DueQuerySet.as_manager()

    class Meta:
        verbose_name = _("text that waits for an opinion")
        verbose_name_plural = _("texts that wait for an opinion")
        constraints = [
            models.UniqueConstraint(fields=["message", "kind"], name="a_text_waits_once_for_each_opinion"),
        ]
        indexes = [
            # The newest first: its author is still looking. Not by message: imported ones may have any id.
            models.Index(fields=["kind", "-id"], condition=Q(set_aside=False, tries=0), name="texts_that_are_due"),
            models.Index(
                fields=["kind", "not_before"], condition=Q(set_aside=False, tries__gt=0), name="texts_tried_before"
            ),
            models.Index(fields=["-id"], condition=Q(set_aside=True), name="texts_set_aside"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.message_id}"


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
    sexual_explicit = models.FloatField(
        _("sexually explicit"), null=True, blank=True, help_text=_("Some models have no opinion on this.")
    )
    peak = models.GeneratedField(
        expression=Greatest(*(F(score) for score in SCORES)), output_field=models.FloatField(), db_persist=True,
        verbose_name=_("highest of the seven"),
    )  # fmt: skip
    model_name = models.CharField(_("model"), max_length=200, blank=True)
    model_checksum = models.CharField(
        _("checksum of the weights"), max_length=64, blank=True, db_default="", default="",
        help_text=_("SHA-256 of the file, in hexadecimal digits."),
    )  # fmt: skip
    imported = models.BooleanField(_("imported"), default=False)
    scored_at = models.DateTimeField(_("when"), null=True, blank=True)
    looked_version = models.PositiveSmallIntegerField(
        _("version a moderator looked at"), db_default=0, default=0, help_text=_("0: none has looked.")
    )
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("looked at by"),
    )  # fmt: skip
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("toxicity score")
        verbose_name_plural = _("toxicity scores")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{score}__gte": 0 for score in SCORES}, **{f"{score}__lte": 1 for score in SCORES}),
                name="toxicity_scores_are_between_0_and_1",
            ),
        ]
        indexes = [
            models.Index(fields=["-peak", "message"], name="most_toxic_first"),
            models.Index(fields=["-scored_at"], condition=Q(scored_at__isnull=False), name="scored_last"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.toxicity:.3f}"

    def as_detoxify(self) -> dict[str, float]:
        """The scores as the published files have them, key order too. A model that doesn't give all leaves some out."""
        return {name: value for name in SCORES if (value := getattr(self, name)) is not None}

    def as_source(self) -> dict[str, object]:
        """Where the scores are from."""
        return {
            "model": self.model_name,
            "checksum": self.model_checksum,
            "imported": self.imported,
            "scored_at": self.scored_at,
        }


class Opinion(models.Model):
    """What lighter checks say of one text of a message: its language, personal data in it, texts very like it."""

    message = models.OneToOneField(Message, models.CASCADE, primary_key=True, related_name="opinion")
    version = models.PositiveSmallIntegerField(_("version of the text"))
    language = models.CharField(
        _("language it looks like"), max_length=16, blank=True, help_text=_("Empty: it can't be told.")
    )
    language_sure = models.FloatField(_("how sure"), null=True, blank=True, help_text=_("Between 0 and 1."))
    personal_data = models.JSONField(
        _("personal data"), default=list, blank=True,
        help_text=_("[{kind, start, end, level}], in characters; not the data."),
    )  # fmt: skip
    digest = models.CharField(_("fingerprint of its words"), max_length=64, blank=True)
    bands = ArrayField(
        models.BigIntegerField(), default=list, blank=True, verbose_name=_("MinHash bands"),
        help_text=_("Texts very like each other have one in common. Empty: too short to compare."),
    )  # fmt: skip
    twin = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="twins", db_index=False,
        verbose_name=_("earlier text very like it"),
    )  # fmt: skip
    likeness = models.FloatField(_("how like"), null=True, blank=True, help_text=_("Between 0 and 1."))
    read_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("opinion on a text")
        verbose_name_plural = _("opinions on texts")
        indexes = [
            models.Index(fields=["digest", "message"], condition=~Q(digest=""), name="texts_with_the_same_words"),
            # Without a list of pending entries, which every look would read from end to end.
            GinIndex(fields=["bands"], name="texts_that_are_alike", fastupdate=False),
            models.Index(fields=["twin"], condition=Q(twin__isnull=False), name="twins_of_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.language}"

    def as_shown(self) -> dict[str, object]:
        """What moderators are shown of it."""
        return {
            "language": self.language,
            "language_sure": self.language_sure,
            "personal_data": [{key: found[key] for key in ("kind", "start", "end")} for found in self.personal_data],
            "twin_id": self.twin_id,
            "likeness": self.likeness,
        }


class Machine(models.Model):
    """What the toxicity workers last said of their model, for pages that tell people why scores wait. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    state = models.CharField(_("state"), max_length=16, choices=MachineState, default=MachineState.UNKNOWN)
    model_name = models.CharField(_("model"), max_length=200, blank=True)
    model_checksum = models.CharField(_("checksum of the weights"), max_length=64, blank=True)
    precision = models.CharField(_("precision"), max_length=16, blank=True)
    downloaded = models.PositiveBigIntegerField(_("bytes downloaded"), null=True, blank=True)
    to_download = models.PositiveBigIntegerField(_("bytes to download"), null=True, blank=True)
    lack = models.CharField(_("what is missing"), max_length=16, choices=Lack, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("state of the toxicity model")
        verbose_name_plural = _("state of the toxicity model")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_machine")]

    def __str__(self) -> str:
        return self.state
