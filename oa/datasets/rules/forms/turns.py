"""Conversations as trainers read them: turns of a user and an assistant, and forms of single answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from oa.datasets.rules.conversations import Conversation, in_order
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms.branches import Branches, is_answer
from oa.datasets.rules.forms.columns import Kind, Schema
from oa.datasets.rules.forms.dress import Dress, Row
from oa.datasets.rules.forms.means import mean_of, mean_over
from oa.datasets.rules.forms.oasst import tree_name
from oa.reviews.rules import Label

TURN: Schema = {"role": Kind.TEXT, "content": Kind.TEXT}
SFT: Schema = {
    "messages": [TURN],
    "message_tree_id": Kind.TEXT,
    "message_ids": [Kind.TEXT],
    "lang": Kind.TEXT,
    "quality": Kind.NUMBER,
    "synthetic": Kind.FLAG,
}
PROMPT_COMPLETION: Schema = {
    "prompt": [TURN],
    "completion": [TURN],
    "message_tree_id": Kind.TEXT,
    "message_id": Kind.TEXT,
    "lang": Kind.TEXT,
    "rank": Kind.INTEGER,
    "quality": Kind.NUMBER,
    "synthetic": Kind.FLAG,
}


def turn(entry: Entry) -> Row:
    return {"role": "assistant" if is_answer(entry) else "user", "content": entry.text}


def turns(path: Iterable[Entry]) -> list[Row]:
    return [turn(entry) for entry in path]


def sft_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """One row for each conversation that ends with an answer and is not the beginning of a longer one."""
    branches = Branches.of(chosen)
    for entry in branches.depth_first():
        if is_answer(entry) and not _goes_on(entry, branches):
            yield _sft_row(tree, branches.path(entry), dress)


def _goes_on(entry: Entry, branches: Branches) -> bool:
    """Whether anybody replied to an answer and was answered."""
    return any(branches.replies(reply) for reply in branches.replies(entry))


def sft_best_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """One row: from the prompt on always the best answer, and the first reply to it that was answered itself."""
    branches = Branches.of(chosen)
    path: list[Entry] = []
    at_hand: Sequence[Entry] = branches.below.get(None, ())[:1]
    while at_hand:
        path.append(_best(at_hand, branches))
        at_hand = branches.replies(path[-1])
    if path and not is_answer(path[-1]):
        path.pop()
    if path:
        yield _sft_row(tree, path, dress)


def _best(replies: Sequence[Entry], branches: Branches) -> Entry:
    """Of answers the one ranked first; unranked ones stand behind, the one of the highest quality first.

    Of what is said to an answer, the first that got an answer. Who are equal even then stand in the order of the file.
    """
    return min(replies, key=lambda reply: _badness(reply, branches))


def _badness(reply: Entry, branches: Branches) -> tuple[object, ...]:
    if not is_answer(reply):
        return (not branches.replies(reply), *in_order(reply))
    return (reply.rank is None, reply.rank or 0, -(mean_of(reply, Label.QUALITY) or 0.0), *in_order(reply))


def _sft_row(tree: Conversation, path: Sequence[Entry], dress: Dress) -> Row:
    return {
        "messages": turns(path),
        "message_tree_id": tree_name(tree, dress),
        "message_ids": [dress.name_of(entry.message_id) for entry in path],
        "lang": path[0].lang,
        "quality": mean_over((entry for entry in path if is_answer(entry)), Label.QUALITY) if dress.labels else None,
        "synthetic": any(entry.synthetic for entry in path),
    }


def prompt_completion_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """One row for each answer: the conversation before it, and it."""
    branches = Branches.of(chosen)
    for entry in branches.depth_first():
        if not is_answer(entry):
            continue
        path = branches.path(entry)
        yield {
            "prompt": turns(path[:-1]),
            "completion": [turn(entry)],
            "message_tree_id": tree_name(tree, dress),
            "message_id": dress.name_of(entry.message_id),
            "lang": entry.lang,
            "rank": entry.rank,
            "quality": mean_of(entry, Label.QUALITY) if dress.labels else None,
            "synthetic": any(step.synthetic for step in path),
        }
