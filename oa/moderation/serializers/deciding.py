"""What moderators send with a decision, and what they see of decisions."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.accounts.rules import Role
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.trees.serializers import (
    PersonSerializer,
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


class DecisionFilters(serializers.Serializer[Any]):
    """Which decisions."""

    verb = serializers.ChoiceField(choices=Verb.choices, required=False)
    by = serializers.UUIDField(required=False, help_text="Whose.")
    tree = serializers.UUIDField(required=False, help_text="About which tree, or a message in it.")
    person = serializers.UUIDField(required=False, help_text="About whom.")


class EditSerializer(WhySerializer):
    """The new text of a message, and why."""

    text = serializers.CharField(
        allow_blank=True, trim_whitespace=False, help_text="At most as long as the policy of its tree allows."
    )


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
