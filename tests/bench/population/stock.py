"""The tasks that wait to be done: those that the rules want for every tree that people work on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from uuid import UUID

from oa.tasks.rules import Kind, seat_facts, wanted
from oa.trees.rules import Shape
from tests.bench.population.bare import Connection, copied
from tests.bench.population.forms import Bytes
from tests.bench.population.stories import Story, number_of


@dataclass(frozen=True, slots=True)
class Open:
    """A row of the stock."""

    kind: Kind
    lang: str
    at: datetime
    tree: UUID | None = None
    message: UUID | None = None
    author: UUID | None = None
    lonely: bool = False


def wanted_of(story: Story, ids: Bytes, lang: str, at: datetime) -> Iterator[Open]:
    """What one tree wants that tells this story. Which places are answered next is drawn from the true ids."""
    names = [UUID(bytes=one.tobytes()) for one in ids]
    nodes = [
        replace(
            node,
            id=names[number_of(node.id)],
            parent_id=names[number_of(node.parent_id)] if node.parent_id else None,
            author_id=names[number_of(node.author_id)] if node.author_id else None,
            lang=lang,
        )
        for node in story.nodes
    ]
    shape: Shape = replace(story.shape(), nodes=nodes)
    for seat, times in wanted(story.state, shape).items():
        facts = seat_facts(seat, shape)
        for _ in range(times):
            yield Open(seat.kind, lang, at, nodes[0].id, seat.message_id, facts.author_id, facts.lonely)


_COLUMNS = (
    "id kind status lang tree_id message_id version author_id lonely lot created_at submit_key submit_digest"
    " skip_reason skip_note"
)


def write(connection: Connection, stock: Iterable[Open]) -> None:
    copied(connection, "tasks_task", _COLUMNS, _rows(stock))


def _rows(stock: Iterable[Open]) -> Iterator[tuple[object, ...]]:
    dice = Random(11)
    for row in stock:
        milliseconds = int(row.at.timestamp() * 1000)
        random = 0x7 << 76 | dice.getrandbits(12) << 64 | 0b10 << 62 | dice.getrandbits(62)
        yield (
            UUID(int=milliseconds << 80 | random), row.kind.value, "open", row.lang, row.tree, row.message, 1,
            row.author, row.lonely, dice.random(), row.at, "", "", "", "",
        )  # fmt: skip
