"""What moderators send and see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.moderation.models import Decision, Report
from oa.moderation.rules import SAID_AGAINST, Policies, ReportReason, Said, Triage, Verb, worst_said
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.screening.rules import SCORES
from oa.trees.models import Message
from oa.trees.rules import Role as SpeakerRole
from oa.trees.serializers import (
    DetoxifySerializer,
    MessageSerializer,
    PersonSerializer,
    RevisionSerializer,
    label_means,
)

LONGEST_REASON = 1000


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """One decision: who, what, about what, when and why."""

    by = PersonSerializer(allow_null=True, help_text="Null: the system.")
    person = PersonSerializer(allow_null=True, help_text="Whom it is about.")
    verb_text = serializers.CharField(source="get_verb_display", help_text="The verb in words.")
    details = serializers.DictField(child=serializers.JSONField(), help_text="What exactly was changed.")

    class Meta:
        model = Decision
        fields = ("id", "verb", "verb_text", "by", "why", "at", "message_id", "tree_id", "person", "details")
        read_only_fields = fields


class WhySerializer(serializers.Serializer[Any]):
    """Every decision leaves its reason."""

    why = serializers.CharField(max_length=LONGEST_REASON, help_text="The reason; it stays on record.")


class ReportRequestSerializer(serializers.Serializer[Any]):
    """What is wrong with a message."""

    reason = serializers.ChoiceField(choices=ReportReason.choices)
    note = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, default="", help_text="In your words.")


class ReportSerializer(serializers.ModelSerializer[Report]):
    """What you have reported."""

    class Meta:
        model = Report
        fields = ("id", "reason", "note", "at")
        read_only_fields = fields


class ReportFilters(serializers.Serializer[Any]):
    """Which reports."""

    open = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Only open, or closed ones."
    )
    reason = serializers.ChoiceField(choices=ReportReason.choices, required=False)
    message = serializers.UUIDField(required=False, help_text="About which message.")


class GivenReportSerializer(ReportSerializer):
    """A report as moderators see it."""

    reason_text = serializers.CharField(source="get_reason_display", help_text="The reason in words.")
    by = PersonSerializer()
    message_id = serializers.UUIDField()
    tree_id = serializers.UUIDField(source="message.tree_id")
    lang = serializers.CharField(source="message.lang")
    text = serializers.CharField(source="message.text", help_text="Of the message, as it is now.")
    deleted = serializers.BooleanField(source="message.deleted")
    author = PersonSerializer(source="message.author", allow_null=True)

    class Meta(ReportSerializer.Meta):
        fields = (  # type: ignore[assignment]  # the stubs type it by the parent, which has fewer
            *ReportSerializer.Meta.fields, "reason_text", "handled_at", "by", "message_id", "tree_id", "lang", "text",
            "deleted", "author",
        )  # fmt: skip
        read_only_fields = fields  # type: ignore[assignment]  # the stubs type it by the parent


class LeaveSerializer(serializers.Serializer[Any]):
    """How somebody leaves."""

    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    texts = serializers.ChoiceField(
        choices=["keep", "delete"],
        help_text="`keep`: your texts stay, without your name. `delete`: those nobody has replied to are deleted.",
    )


class EditSerializer(WhySerializer):
    """The new text of a message, and why."""

    text = serializers.CharField(
        allow_blank=True, trim_whitespace=False, help_text="At most as long as the policy of its tree allows."
    )


class RoleSerializer(WhySerializer):
    """The new role of a person, and why."""

    role = serializers.ChoiceField(choices=Role.choices)


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


class DecisionFilters(serializers.Serializer[Any]):
    """Which decisions."""

    verb = serializers.ChoiceField(choices=Verb.choices, required=False)
    by = serializers.UUIDField(required=False, help_text="Whose.")
    tree = serializers.UUIDField(required=False, help_text="About which tree, or a message in it.")
    person = serializers.UUIDField(required=False, help_text="About whom.")


class PeopleFilters(serializers.Serializer[Any]):
    """Which people."""

    search = serializers.CharField(
        required=False, allow_blank=True, max_length=200, default="",
        help_text="Part of a name or e-mail address, or a whole id.",
    )  # fmt: skip
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    is_active = serializers.BooleanField(required=False)


class ModeratedPersonSerializer(serializers.ModelSerializer[User]):
    """A person as moderators see them, with what became of their messages."""

    messages = serializers.SerializerMethodField(help_text="How many they have written.")
    rejected = serializers.SerializerMethodField(help_text="How many of these were rejected by reviewers.")
    deleted = serializers.SerializerMethodField(help_text="How many of these were deleted by moderators.")

    class Meta:
        model = User
        fields = (
            "id", "display_name", "email", "role", "is_active", "imported", "languages", "writing_languages",
            "created_at", "messages", "rejected", "deleted",
        )  # fmt: skip
        read_only_fields = fields

    def _counted(self, person: User, name: str) -> int:
        counts: dict[str, int] = self.context["counts"].get(person.pk, {})
        return counts.get(name, 0)

    def get_messages(self, person: User) -> int:
        return self._counted(person, "messages")

    def get_rejected(self, person: User) -> int:
        return self._counted(person, "rejected")

    def get_deleted(self, person: User) -> int:
        return self._counted(person, "deleted")


class GivenReviewSerializer(serializers.ModelSerializer[Review]):
    """What one person said of a message."""

    by = PersonSerializer()
    labels = serializers.DictField(child=serializers.FloatField())

    class Meta:
        model = Review
        fields = ("id", "by", "labels", "mode", "version", "counts", "created_at")
        read_only_fields = fields


class GivenBallotSerializer(serializers.ModelSerializer[Ballot]):
    """How one person ordered a group of replies."""

    by = PersonSerializer()
    tiers = serializers.ListField(
        child=serializers.ListField(child=serializers.UUIDField()), help_text="Best first; what shares a list is tied."
    )

    class Meta:
        model = Ballot
        fields = ("id", "by", "shown", "tiers", "unacceptable", "not_rankable", "counts", "created_at")
        read_only_fields = fields


class ModeratedMessageSerializer(MessageSerializer):
    """A message with everything that was ever said and decided about it."""

    reviews = serializers.SerializerMethodField()
    ballots = serializers.SerializerMethodField(help_text="On the group of replies it stands in.")
    decisions = serializers.SerializerMethodField()
    revisions = serializers.SerializerMethodField()

    class Meta(MessageSerializer.Meta):
        fields = (*MessageSerializer.Meta.fields, "reviews", "ballots", "decisions", "revisions")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]  # the stubs type it by the parent

    @extend_schema_field(GivenReviewSerializer(many=True))
    def get_reviews(self, message: Message) -> Any:
        return GivenReviewSerializer(message.reviews.select_related("by").order_by("id"), many=True).data

    @extend_schema_field(GivenBallotSerializer(many=True))
    def get_ballots(self, message: Message) -> Any:
        ballots = Ballot.objects.filter(parent=message.parent_id).select_related("by").order_by("id")
        return GivenBallotSerializer(ballots if message.parent_id else (), many=True).data

    @extend_schema_field(DecisionSerializer(many=True))
    def get_decisions(self, message: Message) -> Any:
        decisions = message.decisions.select_related("by", "person").order_by("-at", "id")
        return DecisionSerializer(decisions, many=True).data

    @extend_schema_field(RevisionSerializer(many=True))
    def get_revisions(self, message: Message) -> Any:
        return RevisionSerializer(message.revisions.select_related("by").order_by("-version"), many=True).data
