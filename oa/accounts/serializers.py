"""People over HTTP: what they see of themselves, and what they may send."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from rest_framework import serializers

from oa.accounts.models import ApiToken, Consent, Terms, User
from oa.accounts.rules import MAX_LANGUAGES, MAX_TOKEN_DAYS, Interface, Scope

Plain = serializers.Serializer[Mapping[str, object]]


class TermsSerializer(serializers.ModelSerializer[Terms]):
    class Meta:
        model = Terms
        fields = ("version", "text", "published_at")
        read_only_fields = fields


class TermsStateSerializer(Plain):
    """Where somebody stands with the terms."""

    accepted = serializers.IntegerField(
        allow_null=True, help_text="The last version accepted; null: none, or withdrawn."
    )
    current = serializers.IntegerField(allow_null=True, help_text="The newest version; null before any is published.")


class MeSerializer(serializers.ModelSerializer[User]):
    """A person, as they see themselves."""

    terms = TermsStateSerializer(source="*", read_only=True)
    ui_language = serializers.ChoiceField(
        choices=Interface.choices, allow_blank=True, read_only=True, help_text="Of the pages; empty: not chosen."
    )
    onboarded_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="When the examples were walked through or skipped; null: not yet."
    )

    muted_until = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Until then they may read, and not write; null: they may write."
    )

    withdrew_at = serializers.DateTimeField(
        read_only=True, allow_null=True,
        help_text="Since when everything by them is kept out of new data sets; null: it is not.",
    )  # fmt: skip

    class Meta:
        model = User
        fields = (
            "id", "email", "display_name", "role", "languages", "writing_languages", "topics",
            "time_zone", "ui_language", "onboarded_at", "created_at", "muted_until", "withdrew_at", "terms",
        )  # fmt: skip
        read_only_fields = fields

    def to_representation(self, instance: User) -> dict[str, object]:
        shown: dict[str, object] = super().to_representation(instance)
        current = Terms.objects.current()
        if not instance.is_muted(timezone.now()):
            shown["muted_until"] = None
        return {**shown, "terms": {"accepted": instance.terms_version, "current": current.version if current else None}}


def _tags() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=16),
        max_length=MAX_LANGUAGES,
        required=False,
        help_text="Language tags such as `en`, `de`, `pt-BR`.",
    )


class ProfileSerializer(Plain):
    """What somebody may change of themselves. What is not named stays."""

    display_name = serializers.CharField(max_length=80, allow_blank=True, required=False)
    languages = _tags()
    writing_languages = _tags()
    topics = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=30, required=False, allow_empty=True
    )
    time_zone = serializers.CharField(max_length=64, required=False, help_text="Such as `Europe/Berlin`.")
    ui_language = serializers.ChoiceField(
        choices=Interface.choices,
        allow_blank=True,
        required=False,
        help_text="Of the pages; empty: as the browser asks.",
    )
    onboarded = serializers.BooleanField(
        required=False, help_text="`true`: the examples were walked through or skipped. `false`: show them again."
    )


class ConsentRequestSerializer(Plain):
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="Of the terms that were read.")
    given = serializers.BooleanField(default=True, help_text="`false` takes the consent back.")


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    """A line of the ledger of consents."""

    version = serializers.IntegerField(source="terms_id", read_only=True)

    class Meta:
        model = Consent
        fields = ("version", "given", "at")
        read_only_fields = fields


class TokenRequestSerializer(Plain):
    name = serializers.CharField(max_length=80, help_text="What the token is for.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices), min_length=1, max_length=len(Scope)
    )
    days = serializers.IntegerField(min_value=1, max_value=MAX_TOKEN_DAYS, default=90, help_text="How long it lives.")


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), read_only=True)

    class Meta:
        model = ApiToken
        fields = ("id", "name", "scopes", "created_at", "expires_at", "revoked_at")
        read_only_fields = fields


class NewTokenSerializer(TokenSerializer):
    """A token just made: the only time its secret is seen."""

    secret = serializers.CharField(read_only=True, help_text="Shown once and never kept.")

    class Meta(TokenSerializer.Meta):
        fields = (*TokenSerializer.Meta.fields, "secret")  # type: ignore[assignment]  # one longer
        read_only_fields = fields  # type: ignore[assignment]  # the stubs type it by the parent
