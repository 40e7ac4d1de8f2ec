"""What a change of the policy would do, before it is made."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.moderation.rules import Cause
from oa.moderation.rules.preview import Stock
from oa.trees.serializers import PolicyChangeSerializer


class PolicyPreviewQuery(serializers.Serializer[Any]):
    """A change of the policy that is only thought of."""

    lang = serializers.CharField(
        required=False, allow_blank=True, max_length=16, default="",
        help_text="Empty: every language without a policy of its own.",
    )  # fmt: skip
    values = serializers.DictField(
        child=serializers.JSONField(allow_null=True), help_text="What would change; the rest stays as it is."
    )


class StockLineSerializer(serializers.Serializer[Any]):
    """How much there is of something in a language, and how much there would be."""

    kind = serializers.ChoiceField(choices=Stock.choices)
    kind_text = serializers.CharField(source="kind.label")
    lang = serializers.CharField()
    open_now = serializers.IntegerField()
    would_be = serializers.IntegerField()


class QueueLineSerializer(serializers.Serializer[Any]):
    """How many cases are open for a cause, and how many would be."""

    cause = serializers.ChoiceField(choices=Cause.choices)
    cause_text = serializers.CharField(source="cause.label")
    now = serializers.IntegerField()
    would_be = serializers.IntegerField()


class PolicyPreviewSerializer(serializers.Serializer[Any]):
    """What would be otherwise."""

    changes = PolicyChangeSerializer(many=True, help_text="Empty: nothing would change.")
    stock = StockLineSerializer(many=True, help_text="By language, only where the policy would be another.")
    held_back = serializers.IntegerField(
        help_text="Messages in work that would be kept from people until a moderator looks; 10,000 at most."
    )
    queue = QueueLineSerializer(many=True, help_text="Cases that wait for a moderator.")
    note = serializers.CharField(help_text="What would not change, in words.")
