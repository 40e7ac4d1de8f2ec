"""People as moderators see them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.accounts.models import User
from oa.accounts.rules import Role


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
