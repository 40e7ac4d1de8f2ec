"""What a machine and what people say about how toxic a message is, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms.branches import Branches
from oa.datasets.rules.forms.columns import Kind, Schema
from oa.datasets.rules.forms.dress import Dress, Row
from oa.datasets.rules.forms.means import mean_of
from oa.datasets.rules.forms.oasst import tree_name
from oa.reviews.rules import Label
from oa.screening.rules import SCORES

# Two of the names mean a score and a label: labels are told by what stands before them.
HUMAN = {label.value: f"human_{label.value}" for label in Label}
TOXICITY_ROW: Schema = {
    "message_id": Kind.TEXT,
    "message_tree_id": Kind.TEXT,
    "text": Kind.TEXT,
    "lang": Kind.TEXT,
    "role": Kind.TEXT,
    **dict.fromkeys(SCORES, Kind.NUMBER),
    **dict.fromkeys(HUMAN.values(), Kind.NUMBER),
    "review_count": Kind.INTEGER,
}


def toxicity_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """One row for each message that is scored or labelled: seven scores, and the means of all labels."""
    name = tree_name(tree, dress)
    for entry in Branches.of(chosen).depth_first():
        if entry.detoxify or entry.labels:
            yield _row(entry, name, dress)


def _row(entry: Entry, tree_id: str, dress: Dress) -> Row:
    scores = entry.detoxify if entry.detoxify and dress.detoxify else {}
    return {
        "message_id": dress.name_of(entry.message_id),
        "message_tree_id": tree_id,
        "text": entry.text,
        "lang": entry.lang,
        "role": entry.role,
        **{score: scores.get(score) for score in SCORES},
        **{column: mean_of(entry, label) if dress.labels else None for label, column in HUMAN.items()},
        "review_count": entry.review_count,
    }
