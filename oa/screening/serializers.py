"""How far the machines are, as it is shown."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.screening.models import Due
from oa.screening.rules import Check, MachineState

OFF = "off"
STATES = (OFF, *MachineState.values)
EXCERPT = 200
HANDLINGS = ("off", "log", "warn", "block")


class TextsWaitingSerializer(serializers.Serializer[Any]):
    """Texts that have no opinion of this kind yet."""

    waiting = serializers.IntegerField(help_text="Texts that will be looked at.")
    set_aside = serializers.IntegerField(help_text="Texts that failed too often and are not tried any more.")


class ToxicityStatusSerializer(TextsWaitingSerializer):
    """The model that scores toxicity."""

    enabled = serializers.BooleanField(help_text="Whether texts are scored on this site at all.")
    state = serializers.ChoiceField(choices=STATES, help_text="`unknown`: no worker has said anything lately.")
    state_text = serializers.CharField(help_text="The same in words.")
    model = serializers.CharField(allow_blank=True)
    checksum = serializers.CharField(allow_blank=True, help_text="SHA-256 of the weights.")
    precision = serializers.CharField(allow_blank=True, help_text="How it computes.")
    languages = serializers.ListField(
        child=serializers.CharField(), help_text="Those it knows. Texts in others have no scores: not supported."
    )
    last_scored_at = serializers.DateTimeField(allow_null=True)
    downloaded_mb = serializers.IntegerField(allow_null=True, help_text="While it is downloaded.")
    download_mb = serializers.IntegerField(allow_null=True, help_text="All that is to be downloaded, where known.")
    problem = serializers.CharField(
        allow_blank=True, help_text="What went wrong, as the machine says it; moderators only."
    )
    remedy = serializers.CharField(allow_blank=True, help_text="What whoever runs the site can do.")


class LanguageStatusSerializer(serializers.Serializer[Any]):
    """Whether texts in another language than declared are noticed."""

    enabled = serializers.BooleanField()


class DuplicatesStatusSerializer(serializers.Serializer[Any]):
    """Whether prompts like earlier ones are noticed."""

    enabled = serializers.BooleanField()
    likeness = serializers.FloatField(help_text="From this share of common words on.")


class ScreeningStatusSerializer(serializers.Serializer[Any]):
    """Which machine opinions there are, and how far they are."""

    toxicity = ToxicityStatusSerializer()
    light = TextsWaitingSerializer(help_text="Language, likeness and personal data.")
    language = LanguageStatusSerializer()
    duplicates = DuplicatesStatusSerializer()
    personal_data = serializers.DictField(
        child=serializers.ChoiceField(choices=HANDLINGS), help_text="What is done about each kind."
    )


class SetAsideSerializer(serializers.ModelSerializer[Due]):
    """A text that failed too often."""

    kind = serializers.ChoiceField(choices=Check.choices)
    tree_id = serializers.UUIDField(source="message.tree_id")
    lang = serializers.CharField(source="message.lang")
    excerpt = serializers.SerializerMethodField(help_text="How it begins.")
    at = serializers.DateTimeField(source="not_before", help_text="About when it was tried last.")

    class Meta:
        model = Due
        fields = ("id", "kind", "message_id", "tree_id", "lang", "tries", "error", "excerpt", "at")
        read_only_fields = fields

    @extend_schema_field(serializers.CharField())
    def get_excerpt(self, due: Due) -> str:
        return due.message.text[:EXCERPT]
