"""What people send about tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.rules import MAX_LANGUAGES, clean_language
from oa.core.errors import Invalid
from oa.core.fields import NumberField, TextField
from oa.tasks.rules import Kind, SkipReason

Plain = serializers.Serializer[Mapping[str, object]]

ANY = "any"
WISH_KINDS = [(ANY, _("any kind")), *Kind.choices]
# More than any group of replies has.
MOST_RANKED = 200


class LanguageField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=16, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        try:
            return clean_language(str(super().to_internal_value(data)))
        except Invalid as error:
            raise serializers.ValidationError(error.cause) from None


class WishSerializer(Plain):
    """Which task is wanted."""

    kind = serializers.ChoiceField(choices=WISH_KINDS, default=ANY, help_text="`any`, or the one kind wanted.")
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=Kind.choices),
        required=False,
        min_length=1,
        max_length=len(Kind),
        help_text="Several kinds instead of `kind`.",
    )
    langs = serializers.ListField(
        child=LanguageField(),
        required=False,
        min_length=1,
        max_length=MAX_LANGUAGES,
        help_text="Only these of the languages in one's profile; without it, all of them.",
    )
    wait = serializers.BooleanField(
        default=True, help_text="Wait for a task when there is none now: it is announced at `/tasks/stream`."
    )


@extend_schema_field({
    "type": "array",
    "maxItems": MOST_RANKED,
    "items": {
        "oneOf": [
            {"type": "string", "format": "uuid"},
            {"type": "array", "items": {"type": "string", "format": "uuid"}, "minItems": 1},
        ]
    },
})
class OrderField(serializers.Field[Any, Any, Any, Any]):
    """Ids, best first; a list in the place of an id is a tie."""

    default_error_messages = {"invalid": _("A list of ids is expected, best first; a list of ids in it is a tie.")}

    def to_internal_value(self, data: object) -> list[list[UUID]]:
        if not isinstance(data, list) or len(data) > MOST_RANKED:
            self.fail("invalid")
        return [self._tier(place) for place in data]

    def to_representation(self, value: object) -> object:
        return value

    def _tier(self, place: object) -> list[UUID]:
        ids = place if isinstance(place, list) else [place]
        if len(ids) > MOST_RANKED:
            self.fail("invalid")
        return [self._id(text) for text in ids]

    def _id(self, text: object) -> UUID:
        if not isinstance(text, str) or len(text) > 40:
            self.fail("invalid")
        try:
            return UUID(text)
        except ValueError:
            self.fail("invalid")


class AnswerSerializer(Plain):
    """What is handed in: `text` where something was to be written, `labels` for a review, `order` for a ranking."""

    text = TextField(required=False, help_text="What was written.")
    labels = serializers.DictField(
        child=NumberField(allow_null=True),
        required=False,
        help_text="Label to a number from 0 to 1. A question left open is null or absent, never 0.",
    )
    order = OrderField(required=False, help_text="Every reply shown, best first; those that share a list are tied.")
    unacceptable = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=MOST_RANKED,
        help_text="Replies that are wrong altogether; they are left out of `order`.",
    )
    not_rankable = serializers.BooleanField(default=False, help_text="None of the replies can be preferred to another.")
    next = WishSerializer(required=False, help_text="Ask for the next task in the same request.")


class SkipSerializer(Plain):
    reason = serializers.ChoiceField(choices=SkipReason.choices)
    note = TextField(default="", max_length=500, help_text="In one's own words.")
    next = WishSerializer(required=False, help_text="Ask for the next task in the same request.")


class DraftRequestSerializer(Plain):
    content = serializers.JSONField(help_text="Whatever the client needs to show the work again.")
    revision = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="The revision it was made from. Without it, whatever is kept is overwritten.",
    )
