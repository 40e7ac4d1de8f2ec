"""The forms of an export: which fields, in which order, and what is left out when there is nothing.

The field order is that of the published files, so that even a reader who compares text is content.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from oa.core.ids import id_of
from oa.datasets.rules.conversations import Conversation, in_order
from oa.datasets.rules.fields import Entry, Labels
from oa.reviews.rules import Label

Row = dict[str, Any]
Events = Mapping[str, Mapping[str, list[Row]]]
PLACES = {label.value: place for place, label in enumerate(Label)}


class Form(StrEnum):
    """Tree rows, flat rows, or flat rows as the Hugging Face data sets have them."""

    TREES = "trees"
    MESSAGES = "messages"
    HF = "hf"


@dataclass(frozen=True, slots=True)
class Dress:
    """How a message is written down. `name_of` turns a user id into the one to publish."""

    name_of: Callable[[str], str]
    labels: bool = True
    emojis: bool = True
    detoxify: bool = True
    no_replies: bool = False
    events: Events = field(default_factory=dict)


def pseudonym(key: bytes, user_id: str) -> str:
    """The id under which a person is published: the same in every export with the same key.

    HMAC-SHA256 of the person's id here, so that nobody without the key can test a guess. Cut to
    the 128 bits of a UUID (version 8, RFC 9562), because readers expect one.
    """
    digest = hmac.digest(key, b"user:" + id_of(user_id).bytes, hashlib.sha256)
    value = int.from_bytes(digest[:16], "big")
    value = value & ~(0xF << 76) | 0x8 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))


def merged_labels(brought: Labels | None, ours: Mapping[str, tuple[float, int]]) -> Labels | None:
    """Means over what the import brought and our own reviews; None where nobody ever labelled.

    A mean that got nothing new is passed on as it came, to the last digit.
    """
    if brought is None and not ours:
        return None
    merged: Labels = dict(brought or {})
    for name, (total, count) in ours.items():
        before = merged.get(name, {"value": 0.0, "count": 0})
        number = before["count"] + count
        merged[name] = {"value": (before["value"] * before["count"] + total) / number, "count": number}
    return {name: merged[name] for name in sorted(merged, key=lambda name: (PLACES.get(name, len(PLACES)), name))}


def tree_row(tree: Conversation, chosen: Iterable[Entry], dress: Dress) -> Row:
    """One tree as one object. `chosen` are its messages to be written, every parent before its replies."""
    nodes: dict[str, Row] = {}
    prompt: Row = {}
    for entry in _siblings_in_order(chosen):
        node = nodes[entry.message_id] = _node(entry, dress, replies=not dress.no_replies)
        if entry.parent_id is None:
            prompt = node
        else:
            nodes[entry.parent_id]["replies"].append(node)
    row = {"message_tree_id": tree.entries[0].message_id, "tree_state": tree.state, "prompt": prompt}
    return row | ({"origin": tree.origin} if tree.origin else {})


def _siblings_in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.depth, *in_order(entry)))


def depth_first(entries: Iterable[Entry]) -> list[Entry]:
    """The prompt, its first reply, all below that, the next reply; strays (in list modes) in their turn."""
    below: dict[str | None, list[Entry]] = {}
    chosen = _siblings_in_order(entries)
    known = {entry.message_id for entry in chosen}
    for entry in chosen:
        below.setdefault(entry.parent_id if entry.parent_id in known else None, []).append(entry)
    found, waiting = [], below.get(None, [])[::-1]
    while waiting:
        entry = waiting.pop()
        found.append(entry)
        waiting += below.get(entry.message_id, [])[::-1]
    return found


def flat_rows(tree: Conversation, chosen: Iterable[Entry], dress: Dress) -> Iterable[Row]:
    """The messages of a tree as rows of their own, each with its tree and the state of that."""
    for entry in depth_first(chosen):
        yield _node(entry, dress, replies=False) | {
            "message_tree_id": tree.entries[0].message_id,
            "tree_state": tree.state,
        }


def _node(entry: Entry, dress: Dress, *, replies: bool) -> Row:
    """A message without what is null, in the order of the published files."""
    row: Row = _common(entry, dress)
    if dress.emojis:
        row["emojis"] = entry.emojis
    if replies:
        row["replies"] = []
    if dress.labels:
        row["labels"] = entry.labels
    row["events"] = dress.events.get(entry.message_id)
    if dress.detoxify:
        row["detoxify"] = entry.detoxify
    return {name: value for name, value in row.items() if value is not None}


def _common(entry: Entry, dress: Dress) -> Row:
    return {
        "message_id": entry.message_id,
        "parent_id": entry.parent_id,
        "user_id": dress.name_of(entry.user_id) if entry.user_id is not None else None,
        "created_date": entry.created_date.isoformat() if entry.created_date else None,
        "text": entry.text,
        "role": entry.role,
        "lang": entry.lang,
        "review_count": entry.review_count,
        "review_result": entry.review_result,
        "deleted": entry.deleted,
        "rank": entry.rank,
        "synthetic": entry.synthetic,
        "model_name": entry.model_name,
    }


def hf_rows(tree: Conversation, chosen: Iterable[Entry], dress: Dress) -> Iterable[Row]:
    """The same as the Hugging Face data sets have them: every column, nulls and parallel lists."""
    for entry in depth_first(chosen):
        row = _common(entry, dress)
        row["detoxify"] = entry.detoxify if dress.detoxify else None
        row["message_tree_id"] = tree.entries[0].message_id
        row["tree_state"] = tree.state
        row["emojis"] = _as_lists(entry.emojis) if dress.emojis else None
        row["labels"] = _labels_as_lists(entry.labels) if dress.labels else None
        yield row


def _as_lists(emojis: Mapping[str, int] | None) -> Row | None:
    return None if emojis is None else {"name": list(emojis), "count": list(emojis.values())}


def _labels_as_lists(labels: Labels | None) -> Row | None:
    if labels is None:
        return None
    return {
        "name": list(labels),
        "value": [pair["value"] for pair in labels.values()],
        "count": [pair["count"] for pair in labels.values()],
    }


_ESCAPED = json.JSONEncoder(ensure_ascii=True)
_UTF8 = json.JSONEncoder(ensure_ascii=False)


def line_of(row: Row, *, utf8: bool) -> bytes:
    """One line: separators and escapes of Python's own JSON writer, as in the published files."""
    return (_UTF8 if utf8 else _ESCAPED).encode(row).encode() + b"\n"
