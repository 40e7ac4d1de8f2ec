"""What somebody has handed in, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from oa.rankings.rules import BallotOutcome
from oa.reviews.rules import ReviewOutcome
from oa.tasks.rules import LABELS, RANKINGS, WRITING, Kind
from oa.trees.rules import Fate

Plain = serializers.Serializer[Mapping[str, object]]


class Contribution(TextChoices):
    """The three sorts of work."""

    WRITTEN = "written", _("written")
    REVIEWED = "reviewed", _("reviewed")
    RANKED = "ranked", _("ranked")


KINDS: dict[Contribution, frozenset[Kind]] = {
    Contribution.WRITTEN: WRITING,
    Contribution.REVIEWED: LABELS,
    Contribution.RANKED: RANKINGS,
}
SORT_OF: dict[Kind, Contribution] = {kind: sort for sort, kinds in KINDS.items() for kind in kinds}
OUTCOMES = list(dict([*Fate.choices, *ReviewOutcome.choices, *BallotOutcome.choices]).items())


class ContributionQuery(Plain):
    kind = serializers.ChoiceField(choices=Contribution.choices, required=False, help_text="Only this sort.")


class OutcomeSerializer(Plain):
    """What became of it. Of texts: their fate. Of reviews and rankings: how near others came."""

    code = serializers.ChoiceField(choices=OUTCOMES)
    text = serializers.CharField(help_text="The same in a sentence.")


class ContributionSerializer(Plain):
    """Something handed in."""

    task_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Contribution.choices)
    task_kind = serializers.ChoiceField(choices=Kind.choices)
    at = serializers.DateTimeField(help_text="When it was handed in.")
    lang = serializers.CharField()
    tree_id = serializers.UUIDField(allow_null=True)
    message_id = serializers.UUIDField(
        allow_null=True, help_text="What you wrote, what you reviewed, or the message whose replies you ranked."
    )
    withdrawn = serializers.BooleanField(help_text="Something you wrote and keep out of data sets.")
    excerpt = serializers.CharField(allow_blank=True, help_text="Its beginning; empty when deleted or withheld.")
    outcome = OutcomeSerializer()
