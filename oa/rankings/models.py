"""RANKED: one person's order of the replies to a message, and what all of them come to."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.rankings.rules import Tiers, Vote
from oa.trees.models import Message


class BallotQuerySet(models.QuerySet["Ballot"]):
    def counting(self) -> Self:
        """Ballots on texts as they are now."""
        return self.filter(counts=True)

    def of(self, parent_id: UUID) -> Self:
        return self.filter(parent_id=parent_id)


class Ballot(models.Model):
    """One person's order of the replies to one message, and the order in which they saw them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey(Message, models.CASCADE, related_name="ballots")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ballots", db_index=False,
        verbose_name=_("by"),
    )  # fmt: skip
    shown = ArrayField(models.UUIDField(), verbose_name=_("order shown"))
    tiers = models.JSONField(_("order given"), help_text=_("Lists of ids, best first; what shares a list is tied."))
    unacceptable = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name=_("unacceptable"))
    not_rankable = models.BooleanField(_("all are wrong"), default=False)
    counts = models.BooleanField(_("counts"), default=True, help_text=_("No: a text was changed afterwards."))
    created_at = models.DateTimeField(_("when"))

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["by", "parent"],
                condition=Q(counts=True),
                name="one_ballot_per_person_and_parent",
            ),
        ]
        indexes = [
            # Rows lie in the order in which they came: what is new is found by a look at a few pages, and costs nothing
            # to write.
            BrinIndex(fields=["created_at"], name="ballots_by_time", pages_per_range=16, autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.by} on the replies to {self.parent_id}"

    def vote(self) -> Vote:
        """The ballot as the rules read it."""
        tiers = tuple(tuple(UUID(reply) for reply in tier) for tier in self.tiers)
        return Vote(tiers, frozenset(self.unacceptable), self.not_rankable)


class GroupRanking(models.Model):
    """What the ballots on one group came to: its tiers, ties kept as ties."""

    parent = models.OneToOneField(Message, models.CASCADE, primary_key=True, related_name="group_ranking")
    tiers = models.JSONField(_("tiers"), help_text=_("Lists of ids, best first; a list is a tie."))
    ballots = models.PositiveIntegerField(_("ballots"))
    not_rankable = models.PositiveIntegerField(_("ballots that say all are wrong"), default=0)
    scored_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("group ranking")
        verbose_name_plural = _("group rankings")

    def __str__(self) -> str:
        return f"{self.parent_id}: {len(self.tiers)} tiers"

    def order(self) -> Tiers:
        """The tiers as the rules read them."""
        return tuple(tuple(UUID(reply) for reply in tier) for tier in self.tiers)
