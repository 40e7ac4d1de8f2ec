"""Imports over HTTP: what administrators send, and what moderators see of how far it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.core.fields import TextField
from oa.datasets.models import ImportProblem, ImportRun
from oa.datasets.rules.foreign import Foreign
from oa.datasets.rules.states import ImportState, Into
from oa.trees.serializers import PersonSerializer


class NewImportSerializer(serializers.Serializer[Any]):
    """A file, and what shall become of it. Sent as `multipart/form-data`."""

    file = serializers.FileField(help_text="JSON, JSON lines, CSV or plain text; gzip or not.")
    form = serializers.ChoiceField(choices=Foreign.choices, default=Foreign.AUTO)
    into = serializers.ChoiceField(choices=Into.choices, default=Into.ARCHIVE)
    origin = TextField(default="", allow_blank=True, max_length=200, help_text="Where its trees come from.")
    licence = TextField(default="", allow_blank=True, max_length=64, help_text="Such as `Apache-2.0`.")
    model_name = TextField(default="", allow_blank=True, max_length=200, help_text="What wrote the replies.")
    lang = TextField(
        default="", allow_blank=True, max_length=16, help_text="Of texts whose language can't be told, such as `en`."
    )
    dry_run = serializers.BooleanField(default=False, help_text="Do everything, report, and take it back.")
    column = TextField(default="", allow_blank=True, max_length=100, help_text="Of a table: the one with the prompts.")
    encoding = TextField(default="", allow_blank=True, max_length=32, help_text="Such as `latin-1`; else UTF-8.")
    synthetic_prompts = serializers.BooleanField(default=False, help_text="A machine wrote the prompts too.")

    def validate_encoding(self, encoding: str) -> str:
        try:
            "".encode(encoding or "utf-8")
        except (LookupError, UnicodeError):
            raise serializers.ValidationError(_("There is no such encoding.")) from None
        return encoding


class ImportTreesSerializer(serializers.Serializer[Any]):
    """Trees of the file by what became of them."""

    taken = serializers.IntegerField(default=0)
    there = serializers.IntegerField(default=0, help_text="Here already.")
    twice = serializers.IntegerField(default=0, help_text="Twice in the file, taken once.")
    joined = serializers.IntegerField(default=0, help_text="Here already, and archived: their new replies were added.")


class ImportNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    number = serializers.IntegerField()


def _numbers(help_text: str) -> serializers.DictField:
    return serializers.DictField(child=serializers.IntegerField(), help_text=help_text)


class ImportReportSerializer(serializers.Serializer[Any]):
    """What became of the file, so far."""

    trees = ImportTreesSerializer()
    messages = serializers.IntegerField(help_text="Stored.")
    characters = serializers.IntegerField(help_text="Of the trees taken.")
    langs = _numbers("Trees taken, by language.")
    joined = serializers.IntegerField(help_text="Conversations that became a branch of another one's tree.")
    repeated = serializers.IntegerField(help_text="Conversations of the file that said nothing new.")
    refused = serializers.IntegerField(help_text="Lines, trees or conversations that were not taken.")
    refused_by_code = _numbers("The same by reason.")
    repaired = serializers.IntegerField(help_text="Of which a part was left out; the rest was taken.")
    repaired_by_code = _numbers("The same by reason.")
    unknown_fields = _numbers("Filled fields that nothing here is made of; the hundred most frequent.")
    notes = ImportNoteSerializer(many=True)


EMPTY: dict[str, Any] = {
    "trees": {}, "messages": 0, "characters": 0, "langs": {}, "joined": 0, "repeated": 0, "refused": 0,
    "refused_by_code": {}, "repaired": 0, "repaired_by_code": {}, "unknown_fields": {}, "notes": [],
}  # fmt: skip


class ImportSerializer(serializers.ModelSerializer[ImportRun]):
    """One import."""

    form = serializers.ChoiceField(choices=Foreign.choices)
    into = serializers.ChoiceField(choices=Into.choices)
    state = serializers.ChoiceField(choices=ImportState.choices)
    by = PersonSerializer(allow_null=True)
    total_bytes = serializers.IntegerField(source="bytes")
    options = serializers.DictField(help_text="How it is read, where that was asked for: `column`, `encoding`, …")
    report = serializers.SerializerMethodField()
    problems_count = serializers.SerializerMethodField()

    class Meta:
        model = ImportRun
        fields = [
            "id", "name", "bytes", "sha256", "form", "into", "origin", "licence", "model_name", "lang", "dry_run",
            "options", "state", "done_bytes", "total_bytes", "report", "problems_count", "error", "by", "at",
            "began_at", "ended_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ImportReportSerializer)
    def get_report(self, run: ImportRun) -> dict[str, Any]:
        return dict(ImportReportSerializer({**EMPTY, **run.report}).data)

    @extend_schema_field(serializers.IntegerField(help_text="Problems told line by line; all of them, by reason."))
    def get_problems_count(self, run: ImportRun) -> int:
        told = {**EMPTY, **run.report}
        return int(told["refused"] + told["repaired"])


class ImportProblemSerializer(serializers.ModelSerializer[ImportProblem]):
    """A line that was not taken, or not whole."""

    text = serializers.CharField(source="words")

    class Meta:
        model = ImportProblem
        fields = ["line", "code", "text"]
        read_only_fields = fields
