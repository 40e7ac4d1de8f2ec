"""One person as moderators see them, and the board of those whose work goes wrong most."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.accounts.rules import Role
from oa.moderation.models import Appeal, Note
from oa.moderation.rules import AppealOutcome, Span, Standing, Verb, Wrong
from oa.moderation.serializers.deciding import DecisionSerializer
from oa.moderation.serializers.people import ModeratedPersonSerializer
from oa.tasks.rules import Kind
from oa.trees.serializers import PersonSerializer

LOW, HIGH = "Lower end of the 95 % interval (Wilson).", "Upper end of the 95 % interval (Wilson)."


class TrollboardFilters(serializers.Serializer[Any]):
    """Of when, and whether of people who are shut out too."""

    period = serializers.ChoiceField(
        choices=Span.choices, default=Span.WEEK, help_text="When the work was done, counted back from now."
    )
    banned = serializers.BooleanField(default=False, help_text="Whether people who are shut out are listed too.")


class TrollSerializer(serializers.Serializer[Any]):
    """How much of somebody's work went wrong."""

    person = PersonSerializer()
    status = serializers.ChoiceField(choices=Standing.choices)
    pieces = serializers.IntegerField(
        source="record.pieces", help_text="Messages, reviews and rankings whose outcome can be told."
    )
    bad = serializers.IntegerField(source="record.bad", help_text="How many of them went wrong: the sum of `parts`.")
    rate = serializers.FloatField(source="record.share.rate", help_text="`bad` ÷ `pieces`.")
    low = serializers.FloatField(source="record.share.low", help_text=LOW)
    high = serializers.FloatField(source="record.share.high", help_text=HIGH)
    parts = serializers.DictField(
        source="record.parts", child=serializers.IntegerField(),
        help_text="How many for which reason, by the codes of `made_of`.",
    )  # fmt: skip


class PartSerializer(serializers.Serializer[Any]):
    """A reason for which a piece of work counts as gone wrong."""

    code = serializers.ChoiceField(choices=Wrong.choices)
    text = serializers.CharField(help_text="The reason in words.")


class TrollboardSerializer(serializers.Serializer[Any]):
    """People by how much of their work went wrong for certain."""

    period = serializers.ChoiceField(choices=Span.choices)
    at = serializers.DateTimeField(help_text="When it was counted: a moment ago for long periods.")
    min_pieces = serializers.IntegerField(help_text="Who has fewer pieces is not listed.")
    rows = TrollSerializer(many=True, help_text="The highest lower end first, a hundred at most.")
    made_of = PartSerializer(many=True, help_text="Of several reasons for one piece the first one counts.")


class WeekSerializer(serializers.Serializer[Any]):
    """What somebody did in a week."""

    week = serializers.DateField(help_text="Its Monday.")
    messages = serializers.IntegerField()
    reviews = serializers.IntegerField()
    rankings = serializers.IntegerField()


class _ShareSerializer(serializers.Serializer[Any]):
    n = serializers.IntegerField(help_text="Of how many.")
    rate = serializers.FloatField(allow_null=True, help_text="Null where there are none.")
    low = serializers.FloatField(help_text=LOW)
    high = serializers.FloatField(help_text=HIGH)


class AcceptanceSerializer(_ShareSerializer):
    """How many of somebody's decided messages were accepted."""

    accepted = serializers.IntegerField(source="k")


class ReviewsAgreedSerializer(_ShareSerializer):
    """How many of somebody's reviews said what was decided."""

    agreed = serializers.IntegerField(source="k")


class RankingsAgreedSerializer(serializers.Serializer[Any]):
    """How near somebody's rankings are to the consensus."""

    n = serializers.IntegerField(help_text="Rankings of groups that have a result and an order to compare.")
    mean = serializers.FloatField(allow_null=True, help_text="Mean share of pairs that the result orders alike.")


class AgreementSerializer(serializers.Serializer[Any]):
    """How far somebody judges as others do."""

    reviews = ReviewsAgreedSerializer()
    rankings = RankingsAgreedSerializer()


class SpeedSerializer(serializers.Serializer[Any]):
    """How long somebody has a kind of task in their hands."""

    kind = serializers.ChoiceField(choices=Kind.choices)
    n = serializers.IntegerField(help_text="Of their latest 500 tasks.")
    median_seconds = serializers.FloatField()
    everybody_median = serializers.FloatField(allow_null=True, help_text="Of the last 30 days; null: nobody did any.")


class DuplicateSerializer(serializers.Serializer[Any]):
    """A prompt and the earlier one it is very like."""

    message_id = serializers.UUIDField()
    excerpt = serializers.CharField(help_text="How it begins.")
    twin_id = serializers.UUIDField(help_text="The earlier one.")
    twin_excerpt = serializers.CharField()
    twin_author = PersonSerializer(allow_null=True)
    likeness = serializers.FloatField(allow_null=True, help_text="Between 0 and 1.")
    own = serializers.BooleanField(help_text="Whether the earlier one is theirs too.")


class DuplicatesSerializer(serializers.Serializer[Any]):
    """How many of somebody's prompts are very like an earlier one."""

    n = serializers.IntegerField(help_text="Very like somebody else's.")
    own = serializers.IntegerField(help_text="Very like one of their own.")
    of = serializers.IntegerField(help_text="Prompts that were compared.")
    examples = DuplicateSerializer(many=True)


class SeenSerializer(serializers.Serializer[Any]):
    """Somebody else in a network."""

    id = serializers.UUIDField()
    display_name = serializers.CharField()
    is_active = serializers.BooleanField()
    days = serializers.IntegerField(help_text="On how many of the last 30 days.")


class NetworkSerializer(serializers.Serializer[Any]):
    """A network somebody was seen in during the last 30 days. Addresses are not kept. A hint and no proof."""

    people = SeenSerializer(many=True, help_text="Who else was seen there; nobody is named where it is public.")
    days = serializers.IntegerField(help_text="On how many days this person was.")
    public = serializers.BooleanField(help_text="More than 20 people: a school, a company, a café.")


class ProfileAppealSerializer(serializers.ModelSerializer[Appeal]):
    """What somebody said against a decision."""

    outcome = serializers.ChoiceField(choices=[("", "open"), *AppealOutcome.choices])
    decision_verb = serializers.ChoiceField(choices=Verb.choices, source="decision.verb")

    class Meta:
        model = Appeal
        fields = ("id", "decision_id", "decision_verb", "text", "at", "outcome", "why", "decided_at")
        read_only_fields = fields


class ProfileNoteSerializer(serializers.ModelSerializer[Note]):
    """What a moderator wrote down about somebody."""

    by = PersonSerializer()

    class Meta:
        model = Note
        fields = ("id", "by", "text", "at")
        read_only_fields = fields


class ReportsMadeSerializer(serializers.Serializer[Any]):
    """How many messages somebody reported, and how many of these a moderator acted upon."""

    n = serializers.IntegerField()
    upheld = serializers.IntegerField(source="k")


class FiguresSerializer(serializers.Serializer[Any]):
    """What stands beside a person's name in their profile."""

    activity = WeekSerializer(many=True, help_text="The last 26 weeks, the earliest first.")
    acceptance = AcceptanceSerializer()
    agreement = AgreementSerializer()
    speed = SpeedSerializer(many=True)
    duplicates = DuplicatesSerializer()
    networks = NetworkSerializer(many=True)
    trolling = TrollSerializer(allow_null=True, help_text="Of all time; null where nothing can be judged yet.")
    decisions = DecisionSerializer(many=True, help_text="About them or their words; the latest 50.")
    appeals = ProfileAppealSerializer(many=True)
    notes = ProfileNoteSerializer(many=True)
    reports_made = ReportsMadeSerializer()
    may = serializers.ListField(
        child=serializers.ChoiceField(choices=Verb.choices), help_text="What you may decide about them now."
    )
    roles_i_may_grant = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices))


class ProfileSerializer(FiguresSerializer, ModeratedPersonSerializer):
    """All that moderators are shown of a person."""

    class Meta(ModeratedPersonSerializer.Meta):
        fields = (
            *ModeratedPersonSerializer.Meta.fields, "activity", "acceptance", "agreement", "speed", "duplicates",
            "networks", "trolling", "decisions", "appeals", "notes", "reports_made", "may", "roles_i_may_grant",
        )  # fmt: skip
        read_only_fields = fields

    def to_representation(self, profile: Any) -> dict[str, Any]:
        """`profile`: the person, and all figures under their names."""
        person = ModeratedPersonSerializer(profile.person, context=self.context).data
        return {**person, **FiguresSerializer(profile).data}
