"""The published forms: trees, flat rows, prompts, rows as on Hugging Face, threads.

The field order is that of the published files, so that even a reader who compares text is content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import orjson

from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry, Labels
from oa.datasets.rules.forms.branches import Branches
from oa.datasets.rules.forms.columns import Kind, Schema
from oa.datasets.rules.forms.dress import Dress, Row
from oa.screening.rules import SCORES

TOXICITY: Schema = dict.fromkeys(SCORES, Kind.NUMBER)
COMMON: Schema = {
    "message_id": Kind.TEXT,
    "parent_id": Kind.TEXT,
    "user_id": Kind.TEXT,
    "created_date": Kind.TEXT,
    "text": Kind.TEXT,
    "role": Kind.TEXT,
    "lang": Kind.TEXT,
    "review_count": Kind.INTEGER,
    "review_result": Kind.FLAG,
    "deleted": Kind.FLAG,
    "rank": Kind.INTEGER,
    "synthetic": Kind.FLAG,
    "model_name": Kind.TEXT,
}
TREES: Schema = {"message_tree_id": Kind.TEXT, "tree_state": Kind.TEXT, "prompt": Kind.JSON, "origin": Kind.TEXT}
MESSAGES: Schema = {
    **COMMON,
    "emojis": Kind.JSON,
    "labels": Kind.JSON,
    "events": Kind.JSON,
    "detoxify": TOXICITY,
    "message_tree_id": Kind.TEXT,
    "tree_state": Kind.TEXT,
}
HF: Schema = {
    **COMMON,
    "detoxify": TOXICITY,
    "message_tree_id": Kind.TEXT,
    "tree_state": Kind.TEXT,
    "emojis": {"name": [Kind.TEXT], "count": [Kind.INTEGER]},
    "labels": {"name": [Kind.TEXT], "value": [Kind.NUMBER], "count": [Kind.INTEGER]},
}
THREADS: Schema = {"thread_id": Kind.TEXT, "thread": [COMMON]}


def tree_row(tree: Conversation, chosen: Iterable[Entry], dress: Dress) -> Row:
    """One tree as one object. `chosen` are its messages to be written, every parent before its replies."""
    branches = Branches.of(chosen)
    nodes = {name: _node(entry, dress, replies=not dress.no_replies) for name, entry in branches.known.items()}
    for above, replies in branches.below.items():
        if above is not None:
            nodes[above]["replies"] += [nodes[reply.message_id] for reply in replies]
    prompt = nodes[branches.below[None][0].message_id]
    row = {"message_tree_id": tree_name(tree, dress), "tree_state": tree.state, "prompt": prompt}
    return row | ({"origin": tree.origin} if tree.origin else {})


def tree_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """The one row of a tree."""
    yield tree_row(tree, chosen, dress)


def flat_rows(tree: Conversation, chosen: Iterable[Entry], dress: Dress) -> Iterator[Row]:
    """The messages of a tree as rows of their own, each with its tree and the state of that."""
    name = tree_name(tree, dress)
    for entry in Branches.of(chosen).depth_first():
        row = _node(entry, dress, replies=False)
        row["message_tree_id"] = name
        row["tree_state"] = tree.state
        yield row


def prompt_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """The prompt alone, as a flat row."""
    return flat_rows(tree, [entry for entry in chosen if entry.parent_id is None], dress)


def _node(entry: Entry, dress: Dress, *, replies: bool) -> Row:
    """A message without what is null, in the order of the published files."""
    row: Row = common(entry, dress)
    if dress.emojis:
        row["emojis"] = entry.emojis
    if replies:
        row["replies"] = []
    if dress.labels:
        row["labels"] = entry.labels
    if dress.events:
        row["events"] = dress.events.get(entry.message_id)
    if dress.detoxify:
        row["detoxify"] = entry.detoxify
    # In place, and only where there can be nulls: half as dear as making the row again.
    for name in _MAY_BE_NULL:
        if name in row and row[name] is None:
            del row[name]
    return row


_MAY_BE_NULL = (
    "parent_id", "user_id", "created_date", "review_result", "rank", "model_name", "emojis", "labels", "events",
    "detoxify",
)  # fmt: skip


def written_date(date: datetime) -> str:
    """A date with microseconds and offset, as in the published files; the fast way is five times as fast.

    Microseconds also where they are nought: readers that guess types would take such a text for a
    point in time, and change it.
    """
    return orjson.dumps(date)[1:-1].decode() if date.microsecond else date.isoformat(timespec="microseconds")


def common(entry: Entry, dress: Dress) -> Row:
    """What all forms of messages begin with."""
    name_of = dress.name_of
    return {
        "message_id": name_of(entry.message_id),
        "parent_id": name_of(entry.parent_id) if entry.parent_id is not None else None,
        "user_id": name_of(entry.user_id) if entry.user_id is not None else None,
        "created_date": written_date(entry.created_date) if entry.created_date else None,
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


def tree_name(tree: Conversation, dress: Dress) -> str:
    """The name of a tree is that of its prompt."""
    return dress.name_of(tree.entries[0].message_id)


def hf_rows(tree: Conversation, chosen: Iterable[Entry], dress: Dress) -> Iterator[Row]:
    """The same as the Hugging Face data sets have them: every column, nulls and parallel lists."""
    name = tree_name(tree, dress)
    for entry in Branches.of(chosen).depth_first():
        row = common(entry, dress)
        row["detoxify"] = entry.detoxify if dress.detoxify else None
        row["message_tree_id"] = name
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


def thread_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """One row for each conversation from the prompt to a message nobody replied to, under the name of the last one."""
    branches = Branches.of(chosen)
    nodes = {name: common(entry, dress) for name, entry in branches.known.items()}
    for entry in branches.depth_first():
        if not branches.replies(entry):
            thread = [nodes[step.message_id] for step in branches.path(entry)]
            yield {"thread_id": thread[-1]["message_id"], "thread": thread}
