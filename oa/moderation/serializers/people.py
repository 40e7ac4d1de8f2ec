"""People as moderators see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.moderation.rules import PeopleOrder, Standing


class PeopleFilters(serializers.Serializer[Any]):
    """Which people, in which order."""

    search = serializers.CharField(
        required=False, allow_blank=True, max_length=200, default="",
        help_text="Part of a name or e-mail address, or a whole id.",
    )  # fmt: skip
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    status = serializers.ChoiceField(
        choices=Standing.choices, required=False, help_text="How they stand; somebody muted may be watched as well."
    )
    sort = serializers.ChoiceField(choices=PeopleOrder.choices, default=PeopleOrder.NEWEST)


class ModeratedPersonSerializer(serializers.ModelSerializer[User]):
    """A person as moderators see them, with what became of their messages."""

    messages = serializers.SerializerMethodField(help_text="How many they have written.")
    accepted = serializers.SerializerMethodField(help_text="How many of these were accepted by reviewers.")
    rejected = serializers.SerializerMethodField(help_text="How many of these were rejected by reviewers.")
    deleted = serializers.SerializerMethodField(help_text="How many of these are deleted.")
    last_active = serializers.SerializerMethodField(help_text="When they last took a task; null: never.")

    class Meta:
        model = User
        fields: tuple[str, ...] = (
            "id", "display_name", "email", "role", "is_active", "banned_until", "muted_until", "watched", "imported",
            "left_at", "languages", "writing_languages", "created_at", "last_active", "messages", "accepted",
            "rejected", "deleted",
        )  # fmt: skip
        read_only_fields = fields

    def _counted(self, person: User, name: str) -> int:
        counts: dict[str, int] = self.context["counts"].get(person.pk, {})
        return counts.get(name, 0)

    def get_messages(self, person: User) -> int:
        return self._counted(person, "messages")

    def get_accepted(self, person: User) -> int:
        return self._counted(person, "accepted")

    def get_rejected(self, person: User) -> int:
        return self._counted(person, "rejected")

    def get_deleted(self, person: User) -> int:
        return self._counted(person, "deleted")

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_last_active(self, person: User) -> datetime | None:
        last: datetime | None = getattr(person, "last_active", None)
        return last
