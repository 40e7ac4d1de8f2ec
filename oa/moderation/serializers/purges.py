"""Erasing for good: what moderators send and see."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.accounts.models import User
from oa.moderation.models import Purge
from oa.moderation.rules import Reason
from oa.moderation.serializers.deciding import LONGEST_REASON, WhySerializer
from oa.trees.serializers import PersonSerializer


class PurgeRequestSerializer(WhySerializer):
    """What is to be erased for good, and why: either a message with all below it, or all that a person wrote."""

    message_id = serializers.UUIDField(required=False)
    person_id = serializers.UUIDField(required=False)


class PurgeFilters(serializers.Serializer[Any]):
    """Which erasures."""

    open = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Only those that wait for a second moderator, or not."
    )


class PurgeSerializer(serializers.ModelSerializer[Purge]):
    """A wish to erase, and how far it is."""

    message_id = serializers.UUIDField(allow_null=True)
    person = PersonSerializer(allow_null=True)
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True)
    asked_by = PersonSerializer()
    confirmed_by = PersonSerializer(allow_null=True)
    mine = serializers.SerializerMethodField(help_text="Whether you asked, so that somebody else must confirm.")

    class Meta:
        model = Purge
        fields = (
            "id", "message_id", "person", "why", "reason", "asked_by", "asked_at", "confirmed_by", "confirmed_at",
            "called_off_at", "done_at", "total", "erased", "mine",
        )  # fmt: skip
        read_only_fields = fields

    def get_mine(self, purge: Purge) -> bool:
        viewer: User = self.context["viewer"]
        return purge.asked_by_id == viewer.pk


class ConfirmSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(
        max_length=LONGEST_REASON, required=False, default="", allow_blank=True,
        help_text="Empty: for the reason it was asked for.",
    )  # fmt: skip
