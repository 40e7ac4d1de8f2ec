"""What moderators send with a decision, and what they see of decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.rules import Role
from oa.moderation.models import Appeal, Decision
from oa.moderation.rules import UNDO_DAYS, AppealOutcome, Reason
from oa.trees.serializers import (
    PersonSerializer,
)

LONGEST_REASON = 1000


class AppealHeadSerializer(serializers.Serializer[Appeal]):
    """What was said against a decision, and what came of it."""

    id = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=[("", _("open")), *AppealOutcome.choices])
    at = serializers.DateTimeField()


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """One decision: who, what, about what, when and why, and how it was before and after."""

    by = PersonSerializer(allow_null=True, help_text="Null: the system.")
    person = PersonSerializer(allow_null=True, help_text="Whom it is about.")
    verb_text = serializers.CharField(source="get_verb_display", help_text="The verb in words.")
    reason_text = serializers.CharField(source="get_reason_display", help_text="The reason in words; may be empty.")
    before = serializers.DictField(child=serializers.JSONField(), help_text="What was changed, as it was.")
    after = serializers.DictField(child=serializers.JSONField(), help_text="What was changed, as it was then.")
    details = serializers.DictField(child=serializers.JSONField(), help_text="What exactly was changed.")
    batch_id = serializers.UUIDField(allow_null=True, help_text="The decision about many messages it is part of.")
    undoes = serializers.UUIDField(source="undoes_id", allow_null=True, help_text="The decision this one takes back.")
    undone_by = serializers.SerializerMethodField(help_text="The decision that took this one back.")
    undoable = serializers.SerializerMethodField(help_text="Whether it may be taken back still, as far as time goes.")
    appeal = serializers.SerializerMethodField(help_text="The last word against it.")

    class Meta:
        model = Decision
        fields = (
            "id", "verb", "verb_text", "by", "reason", "reason_text", "why", "at", "message_id", "tree_id", "person",
            "before", "after", "details", "batch_id", "undoes", "undone_by", "undoable", "appeal",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_undone_by(self, decision: Decision) -> UUID | None:
        return decision.undone_by.pk if hasattr(decision, "undone_by") else None

    def get_undoable(self, decision: Decision) -> bool:
        young = timezone.now() - decision.at <= timedelta(days=UNDO_DAYS)
        return young and decision.changed_something and not hasattr(decision, "undone_by")

    @extend_schema_field(AppealHeadSerializer(allow_null=True))
    def get_appeal(self, decision: Decision) -> Any:
        last = max(decision.appeals.all(), key=lambda appeal: appeal.at, default=None)
        return AppealHeadSerializer(last).data if last else None


def refuse_wordless(said: Mapping[str, Any]) -> None:
    """Words are needed where no code says why; else none are put into anybody's mouth. Error: `why` is blank."""
    if not said["why"] and said["reason"] in ("", Reason.OTHER):
        raise serializers.ValidationError({"why": serializers.CharField.default_error_messages["blank"]}, code="blank")


class WhySerializer(serializers.Serializer[Any]):
    """Every decision leaves its reason."""

    why = serializers.CharField(
        max_length=LONGEST_REASON, allow_blank=True,
        help_text="In your words; they stay on record. Empty only where `reason` says it all.",
    )  # fmt: skip
    reason = serializers.ChoiceField(
        choices=Reason.choices, required=False, default="", allow_blank=True,
        help_text="The kind of reason, which people are told in their language.",
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_wordless(attrs)
        return attrs


class WordsSerializer(WhySerializer):
    """Why, in words: what is answered here has no code."""

    why = serializers.CharField(max_length=LONGEST_REASON, help_text="The reason; it stays on record.")


class EditSerializer(WhySerializer):
    """The new text of a message, and why."""

    text = serializers.CharField(
        allow_blank=True, trim_whitespace=False, help_text="At most as long as the policy of its tree allows."
    )


class MoveSerializer(WhySerializer):
    """The language a tree belongs to, and why."""

    lang = serializers.CharField(max_length=16, help_text="A BCP 47 tag such as “de” or “pt-BR”.")


class UndoSerializer(serializers.Serializer[Any]):
    """Why a decision is taken back."""

    why = serializers.CharField(
        max_length=LONGEST_REASON, required=False, default="", allow_blank=True,
        help_text="The reason; it stays on record.",
    )  # fmt: skip
    reason = serializers.ChoiceField(choices=Reason.choices, required=False, default="", allow_blank=True)


class RoleSerializer(WhySerializer):
    """The new role of a person, and why."""

    role = serializers.ChoiceField(choices=Role.choices)


class LeaveSerializer(serializers.Serializer[Any]):
    """How somebody leaves."""

    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    texts = serializers.ChoiceField(
        choices=["keep", "delete"],
        help_text="`keep`: your texts stay, without your name. `delete`: those nobody has replied to are deleted.",
    )
