"""What machines say of a text: to whoever writes it, before it is handed in, and to whoever reviews it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from oa.core.fields import TextField
from oa.screening.rules import CODES, DATA_KINDS, LEVELS, Remark
from oa.tasks.serializers.asking import LanguageField

Plain = serializers.Serializer[Mapping[str, object]]


class CheckRequestSerializer(Plain):
    """A text, and where it is to go."""

    text = TextField(help_text="What was written so far.")
    task_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="The task it is written for; without one it is taken for a prompt."
    )
    lang = LanguageField(required=False, help_text="The language it is meant to be in; that of the task, if it is one.")

    def validate(self, attrs: Mapping[str, object]) -> Mapping[str, object]:
        if not (attrs.get("task_id") or attrs.get("lang")):
            raise serializers.ValidationError({"lang": _("Name the language, or the task.")})
        return attrs


class SpanSerializer(Plain):
    """A stretch of a text, in characters (Unicode code points): from `start` up to, but without, `end`."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


class RemarkSerializer(Plain):
    """Something worth a second look."""

    code = serializers.ChoiceField(choices=CODES, help_text="Stable; `text` says the same in words.")
    kind = serializers.ChoiceField(choices=DATA_KINDS, allow_null=True, help_text="Of `personal_data`: which.")
    level = serializers.ChoiceField(
        choices=LEVELS, help_text="`warn`: it may be handed in like this. `block`: it would be refused."
    )
    text = serializers.CharField()
    remedy = serializers.CharField(help_text="What to do about it.")
    spans = SpanSerializer(many=True, help_text="Where it stands; empty where it is about the whole text.")
    likeness = serializers.FloatField(allow_null=True, help_text="Of `near_duplicate`: the share in common, up to 1.")
    message_id = serializers.UUIDField(allow_null=True, help_text="Of `near_duplicate`: the other prompt.")
    excerpt = serializers.CharField(allow_null=True, help_text="Of `near_duplicate`: how the other prompt begins.")


class RemarksSerializer(Plain):
    remarks = RemarkSerializer(many=True, help_text="Empty when nothing was found.")


class ReviewersRemarkSerializer(Plain):
    """What a machine says of the text under review. It may be wrong."""

    code = serializers.ChoiceField(choices=CODES, help_text="Stable; `text` says the same in words.")
    kind = serializers.ChoiceField(choices=DATA_KINDS, allow_null=True, help_text="Of `personal_data`: which.")
    text = serializers.CharField()


def remark_of(remark: Remark) -> dict[str, object]:
    spans = [{"start": start, "end": end} for start, end in remark.spans]
    return {**asdict(remark), "spans": spans}


def reviewers_remark_of(remark: Remark) -> dict[str, object]:
    return {"code": remark.code, "kind": remark.kind, "text": remark.text}
