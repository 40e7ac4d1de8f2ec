"""Decisions about many messages: what moderators send, and what they see of how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.core.fields import DayOrMomentField
from oa.moderation.models import Batch, BatchItem, Cluster
from oa.moderation.rules import (
    LONGEST_PATTERN,
    MOST_CHOSEN,
    PROBLEMS,
    UNDO_DAYS,
    UNDOABLE,
    BatchState,
    BatchVerb,
    ItemState,
    Reason,
    seconds_left,
)
from oa.moderation.serializers.deciding import LONGEST_REASON, refuse_wordless
from oa.trees.models import Message
from oa.trees.rules import LONGEST_SEARCH, Role, State
from oa.trees.serializers import PersonSerializer

EXCERPT = 200


class SelectionQuery(serializers.Serializer[Any]):
    """Which messages; all that is given must be so. Archived imports are never among them."""

    text = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_SEARCH,
        help_text="Words in any language, all of which must stand in the text; “in quotes” as they stand there.",
    )  # fmt: skip
    regex = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_PATTERN, trim_whitespace=False,
        help_text="A regular expression of PostgreSQL's that something in the text must match.",
    )  # fmt: skip
    match_case = serializers.BooleanField(default=False, help_text="Of `regex`: capitals matter.")
    like = serializers.UUIDField(required=False, help_text="A message: near-identical to it, itself included.")
    person = serializers.UUIDField(required=False, help_text="Written by.")
    lang = serializers.CharField(required=False, allow_blank=True, max_length=16, help_text="Such as `en`.")
    role = serializers.ChoiceField(choices=Role.choices, required=False, allow_blank=True)
    state = serializers.ChoiceField(
        choices=State.choices, required=False, allow_blank=True, help_text="That of its tree."
    )
    since = DayOrMomentField(required=False, ends=False, help_text="Not older: a moment, or a day (in UTC).")
    until = DayOrMomentField(required=False, ends=True, help_text="Older: than a moment, or than the end of a day.")
    deleted = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Without a word: live ones, but to `restore`."
    )
    review_result = serializers.ChoiceField(
        choices=["true", "false", "null"], required=False, allow_blank=True,
        help_text="Accepted, rejected, or `null`: not decided.",
    )  # fmt: skip


class SelectionSerializer(SelectionQuery):
    """Which messages; all that is given must be so. Archived imports are never among them."""

    ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_CHOSEN, help_text="One of these."
    )


class ChosenBySerializer(serializers.Serializer[Any]):
    """What was asked for; what was not is not there. Of `ids` only how many they were."""

    text = serializers.CharField(required=False)
    regex = serializers.CharField(required=False)
    match_case = serializers.BooleanField(required=False)
    like = serializers.UUIDField(required=False)
    person = serializers.UUIDField(required=False)
    lang = serializers.CharField(required=False)
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    state = serializers.ChoiceField(choices=State.choices, required=False)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    deleted = serializers.BooleanField(required=False)
    review_result = serializers.CharField(required=False)
    ids = serializers.IntegerField(required=False)


class BatchRequestSerializer(serializers.Serializer[Any]):
    """What is to be decided about which messages, and why."""

    verb = serializers.ChoiceField(choices=BatchVerb.choices)
    selection = SelectionSerializer()
    reason = serializers.ChoiceField(choices=Reason.choices, required=False, allow_blank=True, default="")
    why = serializers.CharField(
        max_length=LONGEST_REASON, allow_blank=True,
        help_text="In your words; they stay on record. Empty only where `reason` says it all.",
    )  # fmt: skip
    lang = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=16, help_text="Of `move`: to which language."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_wordless(attrs)
        return attrs


class UndoBatchSerializer(serializers.Serializer[Any]):
    """Why all of it is undone."""

    why = serializers.CharField(max_length=LONGEST_REASON, required=False, allow_blank=True, default="")


class SampleSerializer(serializers.ModelSerializer[Message]):
    """A message in short."""

    excerpt = serializers.SerializerMethodField(help_text="How its text begins.")
    author = PersonSerializer(allow_null=True)

    class Meta:
        model = Message
        fields = ("id", "tree_id", "excerpt", "author")
        read_only_fields = fields

    def get_excerpt(self, message: Message) -> str:
        return excerpt_of(message)


def excerpt_of(message: Message) -> str:
    return message.text if len(message.text) <= EXCERPT else message.text[: EXCERPT - 1] + "…"


class ProblemCountSerializer(serializers.Serializer[Any]):
    """How many messages are or would be left alone, and why."""

    code = serializers.CharField()
    text = serializers.SerializerMethodField(help_text="The code in words.")
    n = serializers.IntegerField()

    def get_text(self, problem: Mapping[str, Any]) -> str:
        return str(PROBLEMS.get(problem["code"], problem["code"]))


class PreviewSerializer(serializers.Serializer[Any]):
    """What would change if it were done now."""

    messages = serializers.IntegerField(help_text="How many are chosen.")
    with_subtrees = serializers.IntegerField(help_text="How many would change, with all that goes with them.")
    trees = serializers.IntegerField()
    tasks_open = serializers.IntegerField(help_text="Open tasks about them that would go.")
    tasks_in_hand = serializers.IntegerField(help_text="Tasks about them that people have in hand and would lose.")
    authors = serializers.IntegerField(help_text="How many people wrote them.")
    points = serializers.FloatField(help_text="That the ledger would take back from people.")
    points_exact = serializers.BooleanField(help_text="False: an estimate, because there are so many trees.")
    by_state = serializers.DictField(child=serializers.IntegerField(), help_text="How many trees are in which state.")
    refused_already = ProblemCountSerializer(many=True, help_text="Messages that would be left alone as things stand.")
    too_many = serializers.BooleanField(help_text=f"More than {MOST_CHOSEN:,} were found; these are the newest.")


@dataclass(frozen=True)
class Shown:
    """What of batches is read beside their rows, in a few statements however many they are."""

    now: datetime
    counts: Mapping[UUID, Counter[str]]
    problems: Mapping[str, int] = field(default_factory=dict)
    samples: list[Message] = field(default_factory=list)


class BatchHeadSerializer(serializers.ModelSerializer[Batch]):
    """A decision about many messages, and how far it is. Needs `shown` in its context."""

    verb_text = serializers.CharField(source="get_verb_display")
    state_text = serializers.CharField(source="get_state_display")
    reason_text = serializers.SerializerMethodField()
    by = PersonSerializer()
    undo_by = PersonSerializer(allow_null=True)
    selection = ChosenBySerializer()
    total = serializers.IntegerField(help_text="How many decisions it takes.")
    waiting = serializers.SerializerMethodField(help_text="Not yet done.")
    done = serializers.SerializerMethodField(help_text="Done and not undone.")
    refused = serializers.SerializerMethodField(help_text="Left alone, see `problems`.")
    undone = serializers.SerializerMethodField()
    stands = serializers.SerializerMethodField(help_text="Done and could not be undone, see `problems`.")
    undo_until = serializers.SerializerMethodField(help_text="Until then it can be undone; null before it has begun.")
    may_undo = serializers.SerializerMethodField(help_text="Whether it can be undone now.")
    seconds_left = serializers.SerializerMethodField(help_text="At the speed so far; null while that can't be told.")

    class Meta:
        model = Batch
        fields: tuple[str, ...] = (
            "id", "verb", "verb_text", "selection", "reason", "reason_text", "why", "lang", "state", "state_text",
            "total", "waiting", "done", "refused", "undone", "stands", "by", "at", "begun_at", "ended_at", "undo_by",
            "undo_begun_at", "undo_ended_at", "undo_why", "undo_until", "may_undo", "seconds_left",
        )  # fmt: skip
        read_only_fields = fields

    @property
    def _shown(self) -> Shown:
        shown: Shown = self.context["shown"]
        return shown

    def _count(self, batch: Batch, state: ItemState) -> int:
        return self._shown.counts[batch.pk][state]

    def get_reason_text(self, batch: Batch) -> str:
        return str(Reason(batch.reason).label) if batch.reason else ""

    def get_waiting(self, batch: Batch) -> int:
        return self._count(batch, ItemState.WAITING)

    def get_done(self, batch: Batch) -> int:
        return self._count(batch, ItemState.DONE)

    def get_refused(self, batch: Batch) -> int:
        return self._count(batch, ItemState.REFUSED)

    def get_undone(self, batch: Batch) -> int:
        return self._count(batch, ItemState.UNDONE)

    def get_stands(self, batch: Batch) -> int:
        return self._count(batch, ItemState.STANDS)

    def get_undo_until(self, batch: Batch) -> datetime | None:
        return batch.begun_at and batch.begun_at + timedelta(days=UNDO_DAYS)

    def get_may_undo(self, batch: Batch) -> bool:
        until = self.get_undo_until(batch)
        return until is not None and batch.state in UNDOABLE and self._shown.now <= until

    def get_seconds_left(self, batch: Batch) -> int | None:
        counts = self._shown.counts[batch.pk]
        if batch.state == BatchState.RUNNING and batch.begun_at:
            ready, of, since = batch.total - counts[ItemState.WAITING], batch.total, batch.begun_at
        elif batch.state == BatchState.UNDOING and batch.undo_begun_at:
            ready, since = counts[ItemState.UNDONE] + counts[ItemState.STANDS], batch.undo_begun_at
            of = ready + counts[ItemState.DONE]
        else:
            return None
        return seconds_left(ready=ready, of=of, seconds=(self._shown.now - since).total_seconds())


class BatchSerializer(BatchHeadSerializer):
    """A decision about many messages: what it changes, how far it is, what was left alone."""

    preview = PreviewSerializer()
    samples = serializers.SerializerMethodField(help_text="Some of the messages.")
    problems = serializers.SerializerMethodField(help_text="Why messages were left alone or could not be undone.")

    class Meta(BatchHeadSerializer.Meta):
        fields = (*BatchHeadSerializer.Meta.fields, "preview", "samples", "problems")
        read_only_fields = fields

    @extend_schema_field(SampleSerializer(many=True))
    def get_samples(self, batch: Batch) -> Any:
        return SampleSerializer(self._shown.samples, many=True).data

    @extend_schema_field(ProblemCountSerializer(many=True))
    def get_problems(self, batch: Batch) -> Any:
        rows = [{"code": code, "n": n} for code, n in self._shown.problems.items()]
        return ProblemCountSerializer(rows, many=True).data


class ItemFilters(serializers.Serializer[Any]):
    """Which messages of a batch."""

    state = serializers.ChoiceField(choices=ItemState.choices, required=False)


class BatchItemSerializer(serializers.ModelSerializer[BatchItem]):
    """One message of a batch, and what became of it."""

    message = SampleSerializer()
    state_text = serializers.CharField(source="get_state_display")
    problem_text = serializers.SerializerMethodField(help_text="Why it was left alone; may be empty.")
    decision_id = serializers.UUIDField(allow_null=True, help_text="Null also where it went with another message.")

    class Meta:
        model = BatchItem
        fields = ("id", "message", "state", "state_text", "problem", "problem_text", "decision_id")
        read_only_fields = fields

    def get_problem_text(self, item: BatchItem) -> str:
        return str(PROBLEMS.get(item.problem, item.problem))


class ClusterFilters(serializers.Serializer[Any]):
    """Which clusters."""

    lang = serializers.CharField(required=False, allow_blank=True, max_length=16, default="")
    min_size = serializers.IntegerField(min_value=2, max_value=1000, default=3)
    days = serializers.IntegerField(min_value=1, max_value=365, default=30, help_text="Of the last days.")


class ClusterSerializer(serializers.Serializer[Any]):
    """Messages near-identical to each other."""

    message_id = serializers.UUIDField(help_text="The earliest; ask for what is `like` it to choose them all.")
    size = serializers.IntegerField(help_text="How many, deleted ones too.")
    live = serializers.IntegerField(help_text="How many of them are not deleted.")
    accounts = serializers.IntegerField(help_text="By how many people.")
    first_at = serializers.DateTimeField(allow_null=True)
    last_at = serializers.DateTimeField(allow_null=True)
    likeness_low = serializers.FloatField(help_text="The least that one has in common with an earlier one, up to 1.")
    samples = serializers.SerializerMethodField()

    @extend_schema_field(SampleSerializer(many=True))
    def get_samples(self, cluster: Cluster) -> Any:
        messages: Mapping[UUID, Message] = self.context["messages"]
        return SampleSerializer([messages[pk] for pk in cluster.sample_ids], many=True).data
