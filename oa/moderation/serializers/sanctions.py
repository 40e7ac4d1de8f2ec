"""What moderators send about people, and their notes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.moderation.models import Note
from oa.moderation.serializers.deciding import WhySerializer
from oa.trees.serializers import PersonSerializer

LONGEST_NOTE = 5000


class MuteSerializer(WhySerializer):
    """Until when somebody may read and not write, and why."""

    until = serializers.DateTimeField(help_text="At most a year away.")


class BanSerializer(WhySerializer):
    """Until when somebody is shut out, and why."""

    until = serializers.DateTimeField(required=False, allow_null=True, default=None, help_text="Null: for good.")


class NoteSerializer(serializers.ModelSerializer[Note]):
    """What a moderator wrote down about somebody, for other moderators."""

    by = PersonSerializer()

    class Meta:
        model = Note
        fields = ("id", "by", "text", "at")
        read_only_fields = fields


class NoteRequestSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_NOTE, help_text="They are never shown it.")
