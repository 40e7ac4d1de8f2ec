"""Reports: what people send, and what moderators see."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.moderation.models import Report
from oa.moderation.rules import ReportReason
from oa.moderation.serializers.deciding import LONGEST_REASON
from oa.trees.serializers import (
    PersonSerializer,
)


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
