"""Which lines of the log somebody asks for, and how they stand in a file."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from rest_framework import serializers

from oa.moderation.rules import Reason, Verb


class DecisionFilters(serializers.Serializer[Any]):
    """Which decisions: all that is said must be so."""

    verb = serializers.ChoiceField(choices=Verb.choices, required=False)
    reason = serializers.ChoiceField(choices=Reason.choices, required=False)
    by = serializers.UUIDField(required=False, help_text="Whose.")
    system = serializers.BooleanField(required=False, allow_null=True, default=None, help_text="The system's own.")
    person = serializers.UUIDField(required=False, help_text="About whom.")
    tree = serializers.UUIDField(required=False, help_text="About which tree, or a message in it.")
    message = serializers.UUIDField(required=False, help_text="About which message.")
    batch = serializers.UUIDField(required=False, help_text="Part of which decision about many messages.")
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False, help_text="Before this moment.")
    undone = serializers.BooleanField(required=False, allow_null=True, default=None, help_text="Taken back since.")

    def wanted(self) -> Q:
        """The lines asked for."""
        found = Q()
        for name, value in self.validated_data.items():
            if value is not None:
                found &= Q(**{_COLUMNS.get(name, name): not value if name in _TURNED else value})
        return found


_COLUMNS = {
    "system": "by__isnull", "undone": "undone_by__isnull", "since": "at__gte", "until": "at__lt", "tree": "tree_id",
    "message": "message_id", "batch": "batch_id", "by": "by_id", "person": "person_id",
}  # fmt: skip
_TURNED = frozenset({"undone"})
