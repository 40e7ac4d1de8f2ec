"""Releases over HTTP: what everybody sees of one, what moderators see beside it, and what administrators send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.core.fields import NumberField, TextField
from oa.datasets.models import Release, ReleaseFile
from oa.datasets.rules.consent import Held
from oa.datasets.rules.forms import Form
from oa.datasets.rules.releases import PACKINGS, Check, PersonalData, ReleaseOrder, phase_in_words
from oa.datasets.rules.states import ReleaseState
from oa.trees.serializers import PersonSerializer


@dataclass(frozen=True, slots=True)
class Beside:
    """What a release is shown with that does not stand in its row."""

    card: str = ""
    samples: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: int = 0
    next_name: str | None = None


class ByLangSerializer(serializers.Serializer[Any]):
    lang = serializers.CharField()
    trees = serializers.IntegerField(help_text="Trees with a prompt in this language.")
    messages = serializers.IntegerField()


class ByRoleSerializer(serializers.Serializer[Any]):
    role = serializers.CharField()
    messages = serializers.IntegerField()


class ByStateSerializer(serializers.Serializer[Any]):
    state = serializers.CharField()
    trees = serializers.IntegerField()


class BySplitSerializer(serializers.Serializer[Any]):
    split = serializers.CharField()
    trees = serializers.IntegerField()
    messages = serializers.IntegerField()


class JudgementCountsSerializer(serializers.Serializer[Any]):
    """Single judgements of the messages in it."""

    reviews = serializers.IntegerField()
    ballots = serializers.IntegerField()
    skips = serializers.IntegerField()
    reactions = serializers.IntegerField()


class ReleaseNumbersSerializer(serializers.Serializer[Any]):
    """Counted by the database in the moment of which the release is a picture."""

    trees = serializers.IntegerField()
    messages = serializers.IntegerField()
    people = serializers.IntegerField()
    by_lang = ByLangSerializer(many=True)
    by_role = ByRoleSerializer(many=True)
    by_state = ByStateSerializer(many=True)
    splits = BySplitSerializer(many=True)
    judgements = JudgementCountsSerializer()


class ReleaseFileSerializer(serializers.ModelSerializer[ReleaseFile]):
    class Meta:
        model = ReleaseFile
        fields = ("path", "form", "packing", "split", "rows", "bytes", "sha256")
        extra_kwargs = {
            "form": {"help_text": "Empty: a paper about the others."},
            "sha256": {"help_text": "In hexadecimal digits; also the ETag of the download."},
        }


class ReleaseChangesSerializer(serializers.Serializer[Any]):
    """What is other than in the release before."""

    previous = serializers.CharField()
    trees_added = serializers.IntegerField()
    trees_gone = serializers.IntegerField()
    messages_added = serializers.IntegerField()
    messages_gone = serializers.IntegerField()
    messages_changed = serializers.IntegerField()
    withdrawn = serializers.IntegerField(help_text="Of those gone, how many were withdrawn or deleted.")


class DatasetHeadSerializer(serializers.ModelSerializer[Release]):
    """A published data set in a list."""

    trees = serializers.SerializerMethodField()
    messages = serializers.SerializerMethodField()
    people = serializers.SerializerMethodField()
    langs = serializers.SerializerMethodField(help_text="The languages in it, the one with the most messages first.")
    bytes = serializers.SerializerMethodField(help_text="Of all files together.")
    recalled = serializers.SerializerMethodField()

    class Meta:
        model = Release
        fields = (
            "name", "title", "published_at", "licence", "trees", "messages", "people", "langs", "bytes", "recalled",
        )  # fmt: skip

    def get_trees(self, release: Release) -> int:
        return _number(release, "trees")

    def get_messages(self, release: Release) -> int:
        return _number(release, "messages")

    def get_people(self, release: Release) -> int:
        return _number(release, "people")

    def get_langs(self, release: Release) -> list[str]:
        return [row["lang"] for row in release.numbers.get("by_lang", ())]

    def get_bytes(self, release: Release) -> int:
        return sum(file.bytes for file in release.files.all())

    def get_recalled(self, release: Release) -> bool:
        return release.state == ReleaseState.RECALLED


def _number(release: Release, name: str) -> int:
    return int(release.numbers.get(name, 0))


class DatasetSerializer(DatasetHeadSerializer):
    """A published data set, whole."""

    taken_at = serializers.DateTimeField(help_text="The moment it is a picture of.")
    card = serializers.SerializerMethodField(help_text="Markdown, without the head for programs.")
    order_in_words = serializers.SerializerMethodField(help_text="What was chosen, in the reader's language.")
    numbers = serializers.SerializerMethodField()
    files = ReleaseFileSerializer(many=True, help_text="Those of rows first. Of a recalled one: what there was.")
    changes = serializers.SerializerMethodField()
    samples = serializers.SerializerMethodField(help_text="Up to five short trees as they stand in it.")
    withdrawn = serializers.SerializerMethodField(help_text="Messages of it that are not to be used any more.")
    previous = serializers.SlugRelatedField(slug_field="name", read_only=True, allow_null=True)  # type: ignore[var-annotated]  # no model is told
    next = serializers.SerializerMethodField(help_text="The data set published after it.")

    class Meta(DatasetHeadSerializer.Meta):
        fields = (
            *DatasetHeadSerializer.Meta.fields, "notes", "taken_at", "card", "order_in_words", "numbers", "files",
            "changes", "samples", "withdrawn", "previous", "next", "recalled_at", "recalled_why",
        )  # type: ignore[assignment]  # longer than that of its base  # fmt: skip

    def _beside(self) -> Beside:
        found: Beside = self.context["beside"]
        return found

    def get_card(self, release: Release) -> str:
        return self._beside().card

    def get_order_in_words(self, release: Release) -> list[str]:
        return ReleaseOrder.of(release.order).in_words()

    @extend_schema_field(ReleaseNumbersSerializer(allow_null=True))
    def get_numbers(self, release: Release) -> Mapping[str, Any] | None:
        return ReleaseNumbersSerializer(release.numbers).data if release.numbers else None

    @extend_schema_field(ReleaseChangesSerializer(allow_null=True))
    def get_changes(self, release: Release) -> Mapping[str, Any] | None:
        return release.changes

    @extend_schema_field({"type": "array", "items": {"type": "object", "additionalProperties": {}}})
    def get_samples(self, release: Release) -> list[dict[str, Any]]:
        return self._beside().samples

    def get_withdrawn(self, release: Release) -> int:
        return self._beside().withdrawn

    def get_next(self, release: Release) -> str | None:
        return self._beside().next_name


class TombstoneSerializer(serializers.Serializer[Any]):
    """A message that users of a data set are asked to drop."""

    message_id = serializers.UUIDField(help_text="As it is called in this data set.")
    reason = serializers.ChoiceField(choices=["withdrawn", "deleted"])


class ReleaseHeadSerializer(DatasetHeadSerializer):
    """A release in the list of moderators: also what is under way."""

    by = PersonSerializer(allow_null=True)
    doing = serializers.SerializerMethodField(help_text="What a worker is at, in words; empty: nothing.")

    class Meta(DatasetHeadSerializer.Meta):
        fields = (
            *DatasetHeadSerializer.Meta.fields, "state", "phase", "doing", "done", "total", "error", "by", "at",
            "built_at",
        )  # type: ignore[assignment]  # longer than that of its base  # fmt: skip
        extra_kwargs = {"phase": {"help_text": "A code such as `stage` or `file:data/sft/train.jsonl`."}}

    def get_doing(self, release: Release) -> str:
        return phase_in_words(release.phase)


class CheckExampleSerializer(serializers.Serializer[Any]):
    """One of the first things that are wrong, and where."""

    message_id = serializers.CharField(required=False)
    tree_id = serializers.CharField(required=False)
    path = serializers.CharField(required=False)
    words = serializers.SerializerMethodField()

    def get_words(self, example: Mapping[str, str]) -> str:
        return _reason_in_words(example["words"])


def _reason_in_words(code: str) -> str:
    told = {
        "deleted": _("deleted"),
        "erased": _("erased"),
        "stopped": _("in a tree that was stopped"),
        "changed": _("changed since"),
        **{reason.value: str(reason.label) for reason in Held},
    }
    return told.get(code, code)


class ReleaseCheckSerializer(serializers.Serializer[Any]):
    """One thing that must be true before a release is published."""

    code = serializers.ChoiceField(choices=Check.choices)
    text = serializers.SerializerMethodField()
    passed = serializers.BooleanField()
    found = serializers.IntegerField(help_text="How often it is not so.")
    examples = CheckExampleSerializer(many=True, help_text="At most ten; ids are those of this site.")

    def get_text(self, check: Mapping[str, Any]) -> str:
        return str(Check(check["code"]).label)


class ReleaseOrderSerializer(serializers.Serializer[Any]):
    """What was ordered."""

    selection = serializers.DictField(help_text="The filters, by name; what is not there asks nothing.")
    forms = serializers.ListField(child=serializers.ChoiceField(choices=[(form.value, form.value) for form in Form]))
    packings = serializers.ListField(child=serializers.ChoiceField(choices=PACKINGS))
    validation_share = serializers.FloatField()
    test_share = serializers.FloatField()
    personal_data = serializers.ChoiceField(choices=PersonalData.choices)


class ReleaseSerializer(DatasetSerializer):
    """A release as moderators see it, from the order on."""

    by = PersonSerializer(allow_null=True)
    published_by = PersonSerializer(allow_null=True)
    taken_at = serializers.DateTimeField(allow_null=True, help_text="The moment it is a picture of.")
    doing = serializers.SerializerMethodField(help_text="What a worker is at, in words; empty: nothing.")
    checks = ReleaseCheckSerializer(many=True)
    order = ReleaseOrderSerializer()

    class Meta(DatasetSerializer.Meta):
        fields = (
            *DatasetSerializer.Meta.fields, "state", "phase", "doing", "done", "total", "error", "checks", "order",
            "sources", "by", "at", "built_at", "published_by",
        )  # type: ignore[assignment]  # longer than that of its base  # fmt: skip
        extra_kwargs = ReleaseHeadSerializer.Meta.extra_kwargs

    def get_doing(self, release: Release) -> str:
        return phase_in_words(release.phase)


class SelectionBodySerializer(serializers.Serializer[Any]):
    selection = serializers.DictField(required=False, help_text="Filters by name, as `GET options` lists them.")


class OrderReleaseSerializer(SelectionBodySerializer):
    """An order. What is left out is as usual."""

    name = TextField(help_text="Small letters, digits, dots, hyphens; part of the address.")
    title = TextField(required=False, default="")
    notes = TextField(required=False, default="", help_text="Markdown, for the card.")
    licence = TextField(help_text="By its SPDX name.")
    forms = serializers.ListField(child=TextField(), required=False)
    packings = serializers.ListField(child=TextField(), required=False)
    validation_share = NumberField(required=False)
    test_share = NumberField(required=False)
    personal_data = TextField(required=False)


class RecallSerializer(serializers.Serializer[Any]):
    why = TextField(help_text="Stands on its page for good.")


class LeftOutSerializer(serializers.Serializer[Any]):
    """What the filters leave out: whole trees, or messages of those they choose."""

    reason = serializers.CharField()
    words = serializers.CharField(help_text="The reason in the reader's language.")
    trees = serializers.IntegerField()
    messages = serializers.IntegerField()


class ReleasePreviewSerializer(serializers.Serializer[Any]):
    """What a release would hold if it were made now."""

    trees = serializers.IntegerField()
    messages = serializers.IntegerField()
    people = serializers.IntegerField()
    by_lang = ByLangSerializer(many=True)
    left_out = LeftOutSerializer(many=True)
    whole = serializers.BooleanField(help_text="No: there was no time to look at all trees; so many at least.")
    order_in_words = serializers.ListField(child=serializers.CharField())


class NamedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    words = serializers.CharField()


class LicenceSerializer(NamedSerializer):
    url = serializers.URLField()


class LangOptionSerializer(serializers.Serializer[Any]):
    lang = serializers.CharField()
    trees = serializers.IntegerField()


class ReleaseOptionsSerializer(serializers.Serializer[Any]):
    """What can be chosen, and what is usual."""

    forms = NamedSerializer(many=True)
    packings = NamedSerializer(many=True)
    labels = NamedSerializer(many=True)
    states = NamedSerializer(many=True)
    langs = LangOptionSerializer(many=True, help_text="Those of the trees here, the most first.")
    origins = serializers.ListField(child=serializers.CharField(), help_text="Where imported trees are from.")
    licences = LicenceSerializer(many=True)
    personal_data = NamedSerializer(many=True)
    suggested_name = serializers.CharField()
    usual = ReleaseOrderSerializer()
    usual_licence = serializers.CharField()
    embargo_days = serializers.IntegerField(help_text="Days a message must be old, where no language says otherwise.")
