"""What moderators see of messages that the machine or people find bad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.moderation.rules import SAID_AGAINST, Policies, Said, Triage, worst_said
from oa.moderation.serializers.deciding import LONGEST_REASON
from oa.screening.rules import SCORES
from oa.trees.models import Message
from oa.trees.rules import Role as SpeakerRole
from oa.trees.serializers import (
    DetoxifySerializer,
    PersonSerializer,
    label_means,
)


class LookSerializer(serializers.Serializer[Any]):
    """A moderator has looked, or takes that back. They may say why."""

    why = serializers.CharField(
        max_length=LONGEST_REASON, allow_blank=True, default="", help_text="It stays on record."
    )
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=32767,
        help_text="Of the text you looked at: `message_changed` if it is another one now.",
    )  # fmt: skip


class TriageFilters(serializers.Serializer[Any]):
    """Which messages wait for a look."""

    lang = serializers.CharField(required=False, max_length=16, help_text="A language tag, such as `en`.")
    role = serializers.ChoiceField(choices=SpeakerRole.choices, required=False)
    judged = serializers.BooleanField(
        required=False, allow_null=True, default=None,
        help_text="Only what enough people have judged, or only what too few have.",
    )  # fmt: skip
    archived = serializers.BooleanField(
        default=False, help_text="Archived imports instead of trees that are worked on."
    )


class TriageQuery(TriageFilters):
    """Which messages, for which reason."""

    kind = serializers.ChoiceField(choices=Triage.choices, help_text="Why they wait.")


class SaidSerializer(serializers.Serializer[Said]):
    """The worst that people say of a text."""

    value = serializers.FloatField(help_text="The mean, between 0 and 1.")
    label = serializers.ChoiceField(choices=SAID_AGAINST, help_text="Of which label.")  # type: ignore[assignment]  # a name that fields have themselves
    count = serializers.IntegerField(help_text="How many answered.")


class LookedSerializer(serializers.Serializer[Any]):
    """Who has looked at an earlier text of this message."""

    by = PersonSerializer(allow_null=True)
    at = serializers.DateTimeField(allow_null=True)


class TriagedMessageSerializer(serializers.ModelSerializer[Message]):
    """A message on the list."""

    author = PersonSerializer(allow_null=True)
    archived = serializers.BooleanField(source="tree.archived", help_text="An archived import, never changed.")

    class Meta:
        model = Message
        fields = (
            "id", "tree_id", "parent_id", "role", "lang", "text", "version", "author", "created_date", "deleted",
            "review_result", "review_count", "archived",
        )  # fmt: skip
        read_only_fields = fields


class TriagedSerializer(serializers.Serializer[Any]):
    """Why a message waits for a moderator's look: what the machine and people say of it."""

    message = TriagedMessageSerializer(source="*")
    scores = serializers.SerializerMethodField(help_text="What the machine says.")
    peak = serializers.FloatField(help_text="The highest of the scores.")
    peak_score = serializers.SerializerMethodField(help_text="The name of the highest.")
    people = serializers.SerializerMethodField(help_text="The worst that people say; null where too few have judged.")
    withheld = serializers.BooleanField(help_text="Whether it is kept from people until somebody has looked.")
    looked = serializers.SerializerMethodField(help_text="Who has looked at an earlier text of it; null if nobody has.")
    reports = serializers.SerializerMethodField(help_text="People who have reported it and wait for a decision.")

    @extend_schema_field(DetoxifySerializer)
    def get_scores(self, message: Message) -> dict[str, float]:
        return message.toxicity_score.as_detoxify()

    @extend_schema_field(serializers.ChoiceField(choices=SCORES))
    def get_peak_score(self, message: Message) -> str:
        scores = message.toxicity_score.as_detoxify()
        return max(scores, key=lambda name: scores[name])

    @extend_schema_field(SaidSerializer(allow_null=True))
    def get_people(self, message: Message) -> Any:
        policies: Policies = self.context["policies"]
        said = worst_said(label_means(message), fewest=policies.of(message.lang).toxicity_min_reviews)
        return SaidSerializer(said).data if said else None

    @extend_schema_field(LookedSerializer(allow_null=True))
    def get_looked(self, message: Message) -> Any:
        score = message.toxicity_score
        looked = {"by": score.looked_by, "at": score.looked_at}
        return LookedSerializer(looked).data if score.looked_version else None

    def get_reports(self, message: Message) -> int:
        reports: Mapping[Any, int] = self.context["reports"]
        return reports.get(message.pk, 0)


class TriageNumbersSerializer(serializers.Serializer[Any]):
    """Messages that wait, for each reason. One may wait for more than one."""

    machine_high = serializers.IntegerField()
    people_high = serializers.IntegerField()
    both_high = serializers.IntegerField()
    withheld = serializers.IntegerField()


class TriageCountsSerializer(TriageNumbersSerializer):
    """The same in all languages together and in each."""

    languages = serializers.DictField(child=TriageNumbersSerializer())
