"""Trees as they are kept, read as a file would say them: as fast as one process can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from oa.core.ids import id_of
from oa.datasets.models.consent import HELD
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry, Labels
from oa.datasets.rules.forms import merged_labels
from oa.reviews.rules import Label
from oa.screening.rules import SCORES
from oa.trees.models import MessageRevision, Tree, TreeQuerySet

Raw = Sequence[Any]
# Rows asked for at once. While we make entries of them, the database prepares the next.
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of what is kept is told: ids as they came or as they are here, labels as rows have them.

    original_ids   imported messages under the ids they came with
    empty_labels   whether a message nobody has labelled says so with an empty object, as the original's
                   export does, or says nothing (a message that was imported says what it came with)
    labels, emojis, detoxify   whether these parts are read at all
    held           what `oa.datasets.models.consent.held_params` says; without it nothing is called held
    """

    original_ids: bool = True
    empty_labels: bool = True
    labels: bool = True
    emojis: bool = True
    detoxify: bool = True
    held: Mapping[str, object] = field(default_factory=dict)


# The first columns are the slots of Entry; where its scores go stand the labels given here. Dates and objects come as
# text, which costs least. Scores are told if they are of the text as it is now. An index has the order asked for.
_COLUMNS = """
    m.id::text, m.parent_id::text, COALESCE(NULLIF(u.foreign_id, ''), m.author_id::text, m.baseline ->> 'user_id'),
    m.created_date::text, m.text, m.role, m.lang, m.review_count, m.review_result, m.deleted, m.rank, m.synthetic,
    m.model_name, {emojis}, {brought}, {ours}, m.depth, (m.baseline -> 'place')::int, 0, {held},
    m.foreign_id, CASE WHEN m.depth = 0 THEN t.state END, CASE WHEN m.depth = 0 THEN t.origin END, {scores}
"""
_JOINED = """
    FROM trees_message m JOIN trees_tree t ON t.id = m.tree_id LEFT JOIN accounts_user u ON u.id = m.author_id
    {score} WHERE m.tree_id IN ({trees})
"""
_ORDER = "ORDER BY m.tree_id, m.depth, m.id"
_SCORE = "LEFT JOIN screening_toxicityscore s ON s.message_id = m.id AND s.version = m.version"
_BROUGHT = "(m.baseline -> 'labels')::text"
_BROUGHT_OR_EMPTY = f"CASE WHEN m.baseline IS NULL THEN '{{}}' ELSE {_BROUGHT} END"
# Places in a row.
_PARENT, _DATE, _EMOJIS, _LABELS, _OURS = 1, 3, 13, 14, 15
_FOREIGN, _STATE, _ORIGIN, _FIRST_SCORE = 20, 21, 22, 23


def statement_of(trees: TreeQuerySet, reading: Reading) -> tuple[str, dict[str, Any]]:
    """The statement that reads whole trees, and its parameters."""
    chosen, given = trees.values("pk").query.sql_with_params()
    names = [f"tree_{place}" for place in range(len(given))]
    pieces = chosen.split("%s")
    chosen = pieces[0] + "".join(f"%({name})s{piece}" for name, piece in zip(names, pieces[1:], strict=True))
    brought = _BROUGHT_OR_EMPTY if reading.empty_labels else _BROUGHT
    columns = _COLUMNS.format(
        emojis="m.emojis::text" if reading.emojis else "NULL",
        brought=brought if reading.labels else "NULL",
        ours="NULLIF(m.label_sums, '{}')::text" if reading.labels else "NULL",
        held=HELD if reading.held else "''",
        scores=", ".join(f"s.{score}" for score in SCORES) if reading.detoxify else "NULL",
    )
    joined = _JOINED.format(score=_SCORE if reading.detoxify else "", trees=chosen)
    return f"SELECT {columns} {joined} {_ORDER}", {**dict(zip(names, given, strict=True)), **reading.held}


def conversations_in(trees: TreeQuerySet, reading: Reading, *, at_once: int = AT_ONCE) -> Iterator[Conversation]:
    """These trees in the order of their ids, in one query through a cursor on the server: one tree in memory."""
    rows: list[Raw] = []
    for row in chain.from_iterable(_batches(trees, reading, at_once=at_once)):
        if row[_PARENT] is None and rows:
            yield _conversation(rows, reading)
            rows = []
        rows.append(row)
    if rows:
        yield _conversation(rows, reading)


def _batches(trees: TreeQuerySet, reading: Reading, *, at_once: int) -> Iterator[list[Raw]]:
    """Rows, many at once. A thread beside ours waits for the next ones while we work on those that are here."""
    with connection.chunked_cursor() as cursor, ThreadPoolExecutor(1, "rows-ahead") as beside:
        statement, given = statement_of(trees, reading)
        cursor.execute(statement, given)
        ahead = beside.submit(cursor.fetchmany, at_once)
        while rows := ahead.result():
            ahead = beside.submit(cursor.fetchmany, at_once)
            yield rows


def _conversation(rows: Sequence[Raw], reading: Reading) -> Conversation:
    first = rows[0]
    made = Conversation(first[_STATE], [_entry(row) for row in rows], first[_ORIGIN])
    if reading.original_ids and any(row[_FOREIGN] for row in rows):
        _name_as_they_came(made, rows)
    return made


def _entry(row: Raw) -> Entry:
    slots = list(row[:_FOREIGN])
    if (date := row[_DATE]) is not None:
        slots[_DATE] = datetime.fromisoformat(date)
    if (emojis := row[_EMOJIS]) is not None:
        slots[_EMOJIS] = _EMOJI_COUNTS[emojis]
    slots[_LABELS] = _labels(row[_LABELS], row[_OURS])
    slots[_OURS] = _scores(row) if row[_FIRST_SCORE] is not None else None
    return Entry(*slots)


def _labels(brought: str | None, ours: str | None) -> Labels | None:
    """Means over what the import brought and our own reviews; mostly there is only one of them."""
    only = brought if ours is None else ours if brought in {None, "{}"} else None
    if only is None:
        return merged_labels(orjson.loads(brought), orjson.loads(ours)) if brought is not None and ours else None
    if only == "{}":
        return {}
    try:
        # PostgreSQL always writes {"spam": {"count": 3, "value": 0.0}, "pii": …} and {"spam": [0.0, 3], "pii": …}.
        pieces = _LABEL_PIECES if ours is None else _SUM_PIECES
        found = dict(map(pieces.__getitem__, only[2:-2].split(pieces.between)))
    except ValueError:  # a name with signs that mean something in JSON
        if ours is not None:
            return merged_labels(None, orjson.loads(ours))
        found = {name: _pair(pair) for name, pair in orjson.loads(only).items()}
    return {name: found[name] for name in _in_order(tuple(found))}


def _pair(pair: dict[str, float]) -> dict[str, float]:
    return {"value": pair["value"], "count": pair["count"]}


class _Known(dict[str, Any]):
    """What pieces of JSON mean, each read once: a few of them make up nearly all there are. It never grows large."""

    MOST = 20_000

    def __init__(self, read: Callable[[str], Any], *, between: str = "") -> None:
        super().__init__()
        self._read = read
        self.between = between

    def __missing__(self, piece: str) -> Any:
        if len(self) >= self.MOST:
            self.clear()
        found = self[piece] = self._read(piece)
        return found


def _label_of(piece: str) -> tuple[str, dict[str, float]]:
    """A label without the quotation mark before it and the bracket behind: `spam": {"count": 3, "value": 0.0`.

    ValueError where a name holds what looks like an end.
    """
    name, end, pair = piece.partition('": {')
    if not end or "\\" in name:
        raise ValueError(piece)
    return name, _pair(orjson.loads(f"{{{pair}}}"))


def _mean_of_sum(piece: str) -> tuple[str, dict[str, float]]:
    """The same of our own reviews, `spam": [0.0, 3`: what `merged_labels` makes of it alone."""
    name, end, pair = piece.partition('": [')
    if not end or "\\" in name:
        raise ValueError(piece)
    merged = merged_labels(None, {name: orjson.loads(f"[{pair}]")})
    assert merged
    return name, merged[name]


_EMOJI_COUNTS = _Known(orjson.loads)
_LABEL_PIECES = _Known(_label_of, between='}, "')
_SUM_PIECES = _Known(_mean_of_sum, between='], "')
_PLACES = {label.value: place for place, label in enumerate(Label)}


@lru_cache(maxsize=1000)
def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of labels in the order of exports. There are few sets of them, so each is sorted once."""
    return tuple(sorted(names, key=lambda name: (_PLACES.get(name, len(_PLACES)), name)))


def _scores(row: Raw) -> dict[str, float]:
    """The seven scores. Some models don't give all of them."""
    found = dict(zip(SCORES, row[_FIRST_SCORE:], strict=True))
    return found if None not in found.values() else {name: value for name, value in found.items() if value is not None}


def _name_as_they_came(tree: Conversation, rows: Sequence[Raw]) -> None:
    names = {entry.message_id: row[_FOREIGN] or entry.message_id for entry, row in zip(tree.entries, rows, strict=True)}
    for entry in tree.entries:
        entry.message_id = names[entry.message_id]
        entry.parent_id = names[entry.parent_id] if entry.parent_id is not None else None


def stored(tree_ids: Iterable[UUID]) -> dict[UUID, Conversation]:
    """These trees by id, as far as they are here, with the words they had before any edit."""
    trees = Tree.objects.filter(pk__in=list(tree_ids))
    found = {tree.id: tree for tree in conversations_in(trees, Reading())}
    edited = MessageRevision.objects.filter(message__tree__in=list(found), version=1)
    first = dict(edited.values_list("message_id", "text"))
    for entry in (entry for tree in found.values() for entry in tree.entries if first):
        entry.text = first.get(id_of(entry.message_id), entry.text)
    return found
