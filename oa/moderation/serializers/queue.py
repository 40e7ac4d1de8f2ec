"""The queue: what needs a moderator, as a list and one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.models import User
from oa.moderation.models import Appeal, Case, Purge, Report
from oa.moderation.rules import AppealOutcome, CaseVerb, Cause, Reason, Subject
from oa.moderation.serializers.deciding import LONGEST_REASON, DecisionSerializer, refuse_wordless
from oa.moderation.serializers.messages import ModeratedMessageSerializer
from oa.moderation.serializers.reports import ReportSerializer
from oa.trees.models import Message
from oa.trees.serializers import MessageSerializer, PersonSerializer

# So much of a text is shown in the list.
EXCERPT = 200


class QueueFilters(serializers.Serializer[Any]):
    """Which cases."""

    cause = serializers.ChoiceField(choices=Cause.choices, required=False)
    lang = serializers.CharField(
        required=False, max_length=16, help_text="A language tag, such as `en`. Cases without a language are in all."
    )
    mine = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Only those you have in hand, or only the others."
    )


class NextCaseSerializer(serializers.Serializer[Any]):
    """Which case somebody wants to have next."""

    cause = serializers.ChoiceField(choices=Cause.choices, required=False, default="", allow_blank=True)
    lang = serializers.CharField(required=False, max_length=16, default="", allow_blank=True)
    after = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The case you leave undecided; you let it go."
    )


class QueueCountsSerializer(serializers.Serializer[Any]):
    """How many cases are open."""

    open = serializers.IntegerField()
    claimed = serializers.IntegerField(help_text="In somebody's hands now.")
    mine = serializers.IntegerField(help_text="In yours.")
    oldest_at = serializers.DateTimeField(allow_null=True, help_text="When the oldest of them was opened.")
    causes = serializers.DictField(
        child=serializers.IntegerField(), help_text="By cause; a case may have several. All causes, worst first."
    )
    languages = serializers.DictField(child=serializers.IntegerField(), help_text="By language; empty: none.")


class CauseSerializer(serializers.Serializer[Any]):
    """One reason why something needs a moderator."""

    code = serializers.ChoiceField(choices=Cause.choices)
    text = serializers.CharField(help_text="The same in words.")
    level = serializers.IntegerField(
        help_text="How many people, of reports, red flags and skips; of what is found in a text, which version of it."
    )


class CaseHeadSerializer(serializers.ModelSerializer[Case]):
    """A case in the list. Needs `Case.objects.told()`, and the viewer in the request."""

    subject = serializers.ChoiceField(choices=Subject.choices)
    subject_text = serializers.SerializerMethodField(help_text="The same in words.")
    causes = serializers.SerializerMethodField()
    claimed_by = serializers.SerializerMethodField(help_text="Who has it in hand; null when nobody has.")
    claimed_until = serializers.SerializerMethodField(help_text="Until when; null when nobody has it in hand.")
    mine = serializers.SerializerMethodField(help_text="Whether you have it in hand.")
    closed_by = PersonSerializer(allow_null=True, help_text="Null while it is open, and when it settled itself.")
    message_id = serializers.SerializerMethodField(help_text="The message it is about, or is about in the end.")
    tree_id = serializers.SerializerMethodField()
    person = serializers.SerializerMethodField(help_text="Whom it is about: who wrote it, appeals, or is suspected.")
    excerpt = serializers.SerializerMethodField(help_text="The beginning of the text.")

    class Meta:
        model = Case
        fields: Sequence[str] = (
            "id", "subject", "subject_text", "causes", "severity", "lang", "opened_at", "closed_at", "closed_by",
            "claimed_by", "claimed_until", "mine", "message_id", "tree_id", "person", "excerpt",
        )  # fmt: skip
        read_only_fields = fields

    @property
    def _viewer(self) -> User:
        viewer: User = self.context["request"].user
        return viewer

    def get_subject_text(self, case: Case) -> str:
        return str(case.subject.label)

    @extend_schema_field(CauseSerializer(many=True))
    def get_causes(self, case: Case) -> Any:
        return [
            {"code": cause.value, "text": cause.label, "level": case.causes[cause]}
            for cause in Cause
            if cause in case.causes
        ]

    def _is_claimed(self, case: Case) -> bool:
        return case.claimed_until is not None and case.claimed_until > timezone.now()

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_claimed_by(self, case: Case) -> Any:
        return PersonSerializer(case.claimed_by).data if self._is_claimed(case) else None

    def get_claimed_until(self, case: Case) -> datetime | None:
        return case.claimed_until if self._is_claimed(case) else None

    def get_mine(self, case: Case) -> bool:
        return self._is_claimed(case) and case.claimed_by_id == self._viewer.pk

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_message_id(self, case: Case) -> Any:
        message = case.in_question
        return message.pk if message else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_tree_id(self, case: Case) -> Any:
        message = case.in_question
        return message.tree_id if message else None

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_person(self, case: Case) -> Any:
        return PersonSerializer(case.whom).data if case.whom else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_excerpt(self, case: Case) -> str | None:
        if case.appeal:
            return case.appeal.text[:EXCERPT]
        message = case.in_question
        return message.text[:EXCERPT] if message else None


class CaseReportSerializer(ReportSerializer):
    """What somebody reported, and whether it was answered."""

    reason_text = serializers.CharField(source="get_reason_display", help_text="The reason in words.")
    by = PersonSerializer()

    class Meta(ReportSerializer.Meta):
        fields = (*ReportSerializer.Meta.fields, "reason_text", "by", "handled_at")  # type: ignore[assignment]  # the stubs type it by the parent
        read_only_fields = fields  # type: ignore[assignment]  # the stubs type it by the parent


class CaseMessageSerializer(ModeratedMessageSerializer):
    """A message with everything that was ever said and decided about it, reports too."""

    reports = serializers.SerializerMethodField(help_text="Open ones first.")

    class Meta(ModeratedMessageSerializer.Meta):
        fields = tuple(dict.fromkeys((*ModeratedMessageSerializer.Meta.fields, "reports")))  # type: ignore[assignment]  # the stubs type it by the parent
        read_only_fields = fields  # type: ignore[assignment]  # the stubs type it by the parent

    @extend_schema_field(CaseReportSerializer(many=True))
    def get_reports(self, message: Message) -> Any:
        reports = Report.objects.filter(message=message).select_related("by").order_by("-handled_at", "-at", "-id")
        return CaseReportSerializer(reports, many=True).data


class CasePersonSerializer(serializers.ModelSerializer[User]):
    """Somebody whom a case is about, with what became of their work and what was decided about them."""

    messages = serializers.SerializerMethodField(help_text="How many they have written.")
    accepted = serializers.SerializerMethodField(help_text="How many of these reviewers accepted.")
    rejected = serializers.SerializerMethodField(help_text="How many of these reviewers rejected.")
    deleted = serializers.SerializerMethodField(help_text="How many of these are deleted.")
    decisions = serializers.SerializerMethodField(help_text="The last 20 about them or their messages.")
    open_cases = serializers.SerializerMethodField(help_text="Open cases about them or their messages.")

    class Meta:
        model = User
        fields = (
            "id", "display_name", "role", "is_active", "muted_until", "banned_until", "watched", "created_at",
            "messages", "accepted", "rejected", "deleted", "decisions", "open_cases",
        )  # fmt: skip
        read_only_fields = fields

    def _counted(self, name: str) -> int:
        counts: dict[str, int] = self.context["record"]["counts"]
        return counts[name]

    def get_messages(self, _person: User) -> int:
        return self._counted("messages")

    def get_accepted(self, _person: User) -> int:
        return self._counted("accepted")

    def get_rejected(self, _person: User) -> int:
        return self._counted("rejected")

    def get_deleted(self, _person: User) -> int:
        return self._counted("deleted_ones")

    def get_open_cases(self, _person: User) -> int:
        return self._counted("open_cases")

    @extend_schema_field(DecisionSerializer(many=True))
    def get_decisions(self, _person: User) -> Any:
        return DecisionSerializer(self.context["record"]["decisions"], many=True).data


class CaseAppealSerializer(serializers.ModelSerializer[Appeal]):
    """An appeal with the decision it is against."""

    decision = DecisionSerializer()
    by = PersonSerializer()
    outcome = serializers.ChoiceField(choices=AppealOutcome.choices, allow_blank=True, help_text="Empty: open.")
    decided_by = PersonSerializer(allow_null=True)
    mine = serializers.SerializerMethodField(help_text="Whether the decision is yours, so that another must look.")

    class Meta:
        model = Appeal
        fields = ("id", "decision", "by", "text", "at", "outcome", "why", "decided_by", "decided_at", "mine")
        read_only_fields = fields

    def get_mine(self, appeal: Appeal) -> bool:
        return appeal.against_id is not None and appeal.against_id == self.context["request"].user.pk


class CasePurgeSerializer(serializers.ModelSerializer[Purge]):
    """A wish to erase something for good."""

    person = PersonSerializer(allow_null=True)
    message_id = serializers.UUIDField(allow_null=True)
    reason_text = serializers.SerializerMethodField(help_text="The reason in words.")
    asked_by = PersonSerializer()
    confirmed_by = PersonSerializer(allow_null=True)
    mine = serializers.SerializerMethodField(help_text="Whether you asked for it, so that another must confirm.")

    class Meta:
        model = Purge
        fields = (
            "id", "message_id", "person", "why", "reason", "reason_text", "asked_by", "asked_at", "confirmed_by",
            "confirmed_at", "called_off_at", "done_at", "mine",
        )  # fmt: skip
        read_only_fields = fields

    def get_reason_text(self, purge: Purge) -> str:
        return str(Reason(purge.reason).label) if purge.reason in Reason.values else ""

    def get_mine(self, purge: Purge) -> bool:
        return bool(purge.asked_by_id == self.context["request"].user.pk)


class CaseSerializer(CaseHeadSerializer):
    """A whole case: all that is needed to decide it. `context["whole"]` is what `views.queue.read_whole` has read."""

    message = serializers.SerializerMethodField()
    thread = serializers.SerializerMethodField(help_text="The conversation from its prompt down to the message.")
    replies = serializers.SerializerMethodField(help_text="Live replies to the message.")
    author = serializers.SerializerMethodField(help_text="Who wrote the message; null where it is about a person.")
    person_record = serializers.SerializerMethodField(help_text="Whom it is about, where that is not the author.")
    appeal = serializers.SerializerMethodField()
    purge = serializers.SerializerMethodField()
    verbs = serializers.SerializerMethodField(help_text="What you may decide here.")

    class Meta(CaseHeadSerializer.Meta):
        fields = (
            *CaseHeadSerializer.Meta.fields, "message", "thread", "replies", "author", "person_record", "appeal",
            "purge", "verbs",
        )  # fmt: skip
        read_only_fields = fields

    @property
    def _whole(self) -> Any:
        return self.context["whole"]

    @extend_schema_field(CaseMessageSerializer(allow_null=True))
    def get_message(self, _case: Case) -> Any:
        thread = self._whole.thread
        return CaseMessageSerializer(thread[-1], context=self.context).data if thread else None

    @extend_schema_field(MessageSerializer(many=True))
    def get_thread(self, _case: Case) -> Any:
        return MessageSerializer(self._whole.thread, many=True, context=self.context).data

    def get_replies(self, _case: Case) -> int:
        thread = self._whole.thread
        return thread[-1].children_count if thread else 0

    @extend_schema_field(CasePersonSerializer(allow_null=True))
    def get_author(self, case: Case) -> Any:
        return self._record_of(self._whole.author)

    @extend_schema_field(CasePersonSerializer(allow_null=True))
    def get_person_record(self, case: Case) -> Any:
        other = case.whom if self._whole.author is None else None
        return self._record_of(other)

    def _record_of(self, person: User | None) -> Any:
        if person is None:
            return None
        return CasePersonSerializer(person, context={**self.context, "record": self._whole.record}).data

    @extend_schema_field(CaseAppealSerializer(allow_null=True))
    def get_appeal(self, case: Case) -> Any:
        return CaseAppealSerializer(case.appeal, context=self.context).data if case.appeal else None

    @extend_schema_field(CasePurgeSerializer(allow_null=True))
    def get_purge(self, case: Case) -> Any:
        return CasePurgeSerializer(case.purge, context=self.context).data if case.purge else None

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=CaseVerb.choices)))
    def get_verbs(self, _case: Case) -> Any:
        return [verb.value for verb in self._whole.verbs]


# What is decided without a code: why is said in words.
_IN_WORDS = (CaseVerb.UPHOLD, CaseVerb.GRANT, CaseVerb.CALL_OFF_PURGE)


class DecideSerializer(serializers.Serializer[Any]):
    """What somebody decides about a case."""

    verb = serializers.ChoiceField(choices=CaseVerb.choices)
    why = serializers.CharField(
        max_length=LONGEST_REASON, allow_blank=True,
        help_text="In your words; they stay on record. Empty only where `reason` says it all, and to `confirm_purge`.",
    )  # fmt: skip
    reason = serializers.ChoiceField(
        choices=Reason.choices, required=False, allow_blank=True, default="",
        help_text="For which people are told in their language.",
    )  # fmt: skip
    text = serializers.CharField(
        required=False, allow_blank=True, default="", trim_whitespace=False, help_text="The new text, to `edit`."
    )
    lang = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=16, help_text="The other language, to `move`."
    )
    until = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="To `mute`, and to `ban` for a while."
    )
    next = serializers.BooleanField(default=False, help_text="Have the next case at once.")
    cause = serializers.ChoiceField(
        choices=Cause.choices, required=False, allow_blank=True, default="", help_text="Of the next case."
    )
    lang_filter = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=16, help_text="The language of the next case."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["verb"] != CaseVerb.CONFIRM_PURGE:
            refuse_wordless({**attrs, "reason": ""} if attrs["verb"] in _IN_WORDS else attrs)
        return attrs


class DecidedSerializer(serializers.Serializer[Any]):
    """The decision, and the next case if it was asked for and there is one."""

    decision = DecisionSerializer()
    next = CaseSerializer(allow_null=True)
