"""Every single judgement: who said what of which text, one row each. All kinds have the same columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import uuid5

from oa.core.ids import FOREIGN
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms.columns import Kind, Schema
from oa.datasets.rules.forms.dress import Dress, Events, Group, Row
from oa.reviews.rules import Label
from oa.tasks.rules import Kind as Task
from oa.tasks.rules import skip_code


class What(StrEnum):
    """The kinds of judgements."""

    REVIEW = "review"
    BALLOT = "ballot"
    SKIP = "skip"
    REACTION = "reaction"


# The columns in their order; what a kind has nothing to say about is null.
JUDGEMENTS: Schema = {
    "kind": Kind.TEXT,
    "judgement_id": Kind.TEXT,
    "message_id": Kind.TEXT,
    "message_tree_id": Kind.TEXT,
    "user_id": Kind.TEXT,
    "created_date": Kind.TEXT,
    "text_version": Kind.INTEGER,
    "counts": Kind.FLAG,
    "task": Kind.TEXT,
    "mode": Kind.TEXT,
    "labels": {"name": [Kind.TEXT], "value": [Kind.NUMBER]},
    "shown": [Kind.TEXT],
    "tiers": [[Kind.TEXT]],
    "unacceptable": [Kind.TEXT],
    "not_rankable": Kind.FLAG,
    "reason": Kind.TEXT,
    "note": Kind.TEXT,
    "emoji": Kind.TEXT,
}
_PLACES = {label.value: place for place, label in enumerate(Label)}
_KINDS = {what.value: place for place, what in enumerate(What)}


@dataclass(slots=True)
class Judged:
    """What people said of one tree: rows of these columns under the ids of its entries, oldest first by kind.

    `tiers`: message replied to -> what the ballots on its replies came to, where there is a result.
    Both are plain lists and objects, so that they can be kept as JSON and read again.
    """

    rows: list[Row] = field(default_factory=list)
    tiers: dict[str, list[list[str]]] = field(default_factory=dict)


def judgement(**values: Any) -> Row:
    """A row of all columns; what is not given is null."""
    return dict.fromkeys(JUDGEMENTS) | values


def labels_in_order(labels: Mapping[str, float]) -> Row:
    """The answers of a review as parallel lists, in the order in which exports list labels."""
    names = sorted(labels, key=lambda name: (_PLACES.get(name, len(_PLACES)), name))
    return {"name": names, "value": [float(labels[name]) for name in names]}


def task_about(what: What, *, depth: int) -> str:
    """The kind of task in which a message at this depth is reviewed, or the replies to it are ranked."""
    by_prompter = depth % 2 == 0
    if what is What.BALLOT:
        return Task.RANK_ASSISTANT_REPLIES if by_prompter else Task.RANK_PROMPTER_REPLIES
    if not depth:
        return Task.LABEL_INITIAL_PROMPT
    return Task.LABEL_PROMPTER_REPLY if by_prompter else Task.LABEL_ASSISTANT_REPLY


def tasks_at(*, depth: int) -> frozenset[str]:
    """All kinds of tasks there can be about a message at this depth."""
    reply = Task.PROMPTER_REPLY if depth % 2 else Task.ASSISTANT_REPLY
    return frozenset({reply.value, task_about(What.REVIEW, depth=depth), task_about(What.BALLOT, depth=depth)})


def judgement_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterable[Row]:
    """The judgements of the messages that were chosen, message by message, the oldest first.

    A ballot is told as far as it is about replies that were chosen, and not at all when fewer than two of
    them are left. A reaction has no id of its own: it gets one that follows from what it says.
    """
    judged: Judged = dress.judgements or Judged()
    names = {entry.message_id for entry in chosen}
    of_message: dict[str, list[Row]] = {}
    for row in judged.rows:
        if row["message_id"] in names and (made := _dressed(row, names, dress)) is not None:
            of_message.setdefault(row["message_id"], []).append(made)
    # By the names they are written under, so that files of the same names are the same, wherever they come from.
    for entry in sorted(chosen, key=lambda entry: (entry.depth, dress.name_of(entry.message_id))):
        yield from sorted(of_message.get(entry.message_id, ()), key=_in_time)


def _in_time(row: Row) -> tuple[str, int, str]:
    return row["created_date"], _KINDS[row["kind"]], row["judgement_id"]


def _dressed(row: Row, names: Collection[str], dress: Dress) -> Row | None:
    name_of = dress.name_of
    made = row | {column: name_of(row[column]) for column in ("message_id", "message_tree_id", "user_id")}
    if row["kind"] == What.REACTION:
        made["judgement_id"] = reaction_id(made)
        return made
    made["judgement_id"] = name_of(row["judgement_id"])
    if row["kind"] == What.BALLOT:
        shown = [name_of(reply) for reply in row["shown"] if reply in names]
        if len(shown) < 2:
            return None
        tiers = [[name_of(reply) for reply in tier if reply in names] for tier in row["tiers"]]
        made |= {
            "shown": shown,
            "tiers": [tier for tier in tiers if tier],
            "unacceptable": sorted(name_of(reply) for reply in row["unacceptable"] if reply in names),
        }
    return made


def reaction_id(row: Mapping[str, Any]) -> str:
    """The id of a reaction: who, what, of which message."""
    return str(uuid5(FOREIGN, f"reaction {row['message_id']} {row['user_id']} {row['emoji']}"))


def groups_of(judged: Judged) -> dict[str, Group]:
    """What is known of the replies to each message: the result, and the places on each ballot that counts."""
    ballots: dict[str, list[dict[str, int]]] = {}
    for row in judged.rows:
        if row["kind"] == What.BALLOT and row["counts"] and not row["not_rankable"]:
            places = {reply: place for place, tier in enumerate(row["tiers"]) for reply in tier}
            places |= dict.fromkeys(row["unacceptable"], len(row["tiers"]))
            ballots.setdefault(row["message_id"], []).append(places)
    return {
        parent: Group(tiers=judged.tiers.get(parent, ()), ballots=ballots.get(parent, ()))
        for parent in judged.tiers.keys() | ballots.keys()
    }


def events_of(judged: Judged, dress: Dress) -> Events:
    """Ballots that count and skips as the original's files have them: message id -> kind of event -> events."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in judged.rows:
        if row["kind"] == What.SKIP:
            event = {"type": "emoji", "user_id": dress.name_of(row["user_id"]), "emoji": skip_code(Task(row["task"]))}
            found.setdefault(row["message_id"], {}).setdefault("emoji", []).append(event)
        elif row["kind"] == What.BALLOT and row["counts"]:
            found.setdefault(row["message_id"], {}).setdefault("ranking", []).append(_ranking(row, dress))
    return found


def _ranking(row: Row, dress: Dress) -> Row:
    """Ties are told one after the other, in the order they stand in: the format knows no ties."""
    best_first = [reply for tier in row["tiers"] for reply in tier] + row["unacceptable"]
    event: Row = {
        "type": "ranking",
        "user_id": dress.name_of(row["user_id"]),
        "ranking": [row["shown"].index(reply) for reply in best_first],
        "ranked_message_ids": [dress.name_of(reply) for reply in best_first],
        "ranking_parent_id": dress.name_of(row["message_id"]),
        "message_tree_id": dress.name_of(row["message_tree_id"]),
    }
    return event | ({"not_rankable": True} if row["not_rankable"] else {})
