"""Trees as they are kept, read as a file would say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import groupby
from typing import Any
from uuid import UUID

from oa.core.ids import id_of
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms import merged_labels
from oa.screening.rules import SCORES
from oa.trees.models import Message, MessageQuerySet, MessageRevision

COLUMNS = (
    "tree_id", "tree__state", "tree__origin", "id", "foreign_id", "parent_id", "parent__foreign_id",
    "author_id", "author__foreign_id", "created_date", "text", "role", "lang", "review_count", "review_result",
    "deleted", "rank", "synthetic", "model_name", "emojis", "depth", "baseline", "label_sums",
    *(f"toxicity_score__{score}" for score in SCORES), "toxicity_score__version", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of what is kept is told: ids as they came or as they are here, labels as rows have them.

    `empty_labels`: whether a message nobody has labelled says so with an empty object, as the
    original's export does, or says nothing (a message that was imported says what it came with).
    """

    original_ids: bool = True
    empty_labels: bool = True


def messages_of(tree_ids: Iterable[UUID]) -> MessageQuerySet:
    return Message.objects.filter(tree_id__in=list(tree_ids))


def conversations_in(messages: MessageQuerySet, reading: Reading, *, at_once: int = 2000) -> Iterator[Conversation]:
    """The trees of these messages in the order of their ids, in one query through a cursor on the server.

    An index of (tree, depth, id) gives this order, so the first tree is there at once, however many follow.
    """
    rows = messages.order_by("tree_id", "depth", "id").values_list(*COLUMNS).iterator(chunk_size=at_once)
    for _tree_id, group in groupby(rows, key=lambda row: row[0]):
        found = [dict(zip(COLUMNS, row, strict=True)) for row in group]
        yield Conversation(
            state=found[0]["tree__state"],
            origin=found[0]["tree__origin"],
            entries=[_entry(row, reading) for row in found],
        )


def _entry(row: dict[str, Any], reading: Reading) -> Entry:
    baseline = row["baseline"] or {}
    date = row["created_date"]
    return Entry(
        message_id=_name(row["id"], row["foreign_id"], reading),
        parent_id=_name(row["parent_id"], row["parent__foreign_id"], reading) if row["parent_id"] else None,
        user_id=_author(row, baseline),
        created_date=date.astimezone(UTC) if date else None,
        **{name: row[name] for name in AS_THEY_ARE},
        labels=_labels(row, baseline, reading),
        detoxify=_scores(row),
        place=baseline.get("place"),
    )


AS_THEY_ARE = (
    "text", "role", "lang", "review_count", "review_result", "deleted", "rank", "synthetic", "model_name",
    "emojis", "depth",
)  # fmt: skip


def _name(pk: UUID, foreign_id: str, reading: Reading) -> str:
    return foreign_id if foreign_id and reading.original_ids else str(pk)


def _author(row: dict[str, Any], baseline: dict[str, Any]) -> str | None:
    """The author under the id they came with; also of a reply that is kept without its author's row."""
    if row["author_id"] is None:
        return baseline.get("user_id")
    return row["author__foreign_id"] or str(row["author_id"])


def _labels(row: dict[str, Any], baseline: dict[str, Any], reading: Reading) -> dict[str, dict[str, float]] | None:
    ours: dict[str, tuple[float, int]] = row["label_sums"]
    merged = merged_labels(baseline.get("labels"), ours)
    if merged is None and row["baseline"] is None and reading.empty_labels:
        return {}
    return merged


def _scores(row: dict[str, Any]) -> dict[str, float] | None:
    """The seven scores, if they are of the text as it is now. Some models don't give all of them."""
    if row["toxicity_score__version"] != row["version"]:
        return None
    return {score: value for score in SCORES if (value := row[f"toxicity_score__{score}"]) is not None}


def stored(tree_ids: Sequence[UUID]) -> dict[UUID, Conversation]:
    """These trees by id, as far as they are here, with the words they had before any edit."""
    found = {tree.id: tree for tree in conversations_in(messages_of(tree_ids), Reading())}
    edited = MessageRevision.objects.filter(message__tree__in=list(found), version=1)
    first = dict(edited.values_list("message_id", "text"))
    for entry in (entry for tree in found.values() for entry in tree.entries if first):
        entry.text = first.get(id_of(entry.message_id), entry.text)
    return found
