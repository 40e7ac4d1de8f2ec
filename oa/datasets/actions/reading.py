"""Whole trees out of a file of any form, a few at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

from oa.datasets.actions.arrays import COMMA, elements
from oa.datasets.actions.files import Shelf
from oa.datasets.actions.planting import Found, Nursery, Refused, Repaired
from oa.datasets.actions.prompts import plain_form, plain_prompts
from oa.datasets.actions.sources import Line, Source, row_of
from oa.datasets.rules.conversations import Conversation, of_flat_rows, of_tree_row
from oa.datasets.rules.fields import Broken
from oa.datasets.rules.foreign import PLAIN, Foreign, form_of_row
from oa.datasets.rules.judgements import Pile, is_judgement
from oa.datasets.rules.wishes import Wish


@dataclass(slots=True)
class Index:
    """What one look through the flat rows of a file tells: where each tree ends, and which can't be whole."""

    last: dict[str, int] = field(default_factory=dict)
    spoiled: dict[str, Refused] = field(default_factory=dict)
    scattered: bool = False
    cut: bool = False


def conversations(
    source: Source, wish: Wish, *, odd: Counter[str], notes: Counter[str]
) -> Generator[Found | Pile | None, None, None]:
    """The trees of a file as they get complete, piles of single judgements, and what is wrong with the rest.

    It asks the database nothing, so that any thread may read.
    `odd` counts unknown fields, `notes` what else is worth telling. None now and then says that it is still reading.
    Which form it is, the first row tells that can be read; rows of another form are refused.
    """
    try:
        if source.trouble:
            raise source.trouble
        plain = wish.form in PLAIN or wish.form is Foreign.AUTO and not source.is_json
        form = plain_form(source, wish) if plain else wish.form
    except Broken as broken:
        yield Refused(broken.line, broken.code, broken.words)
        return
    nursery = Nursery(wish, notes)
    try:
        if plain:
            yield from _plain(source, form, wish, nursery)
        else:
            yield from _json(source, wish, nursery, odd)
        yield from nursery.trees()
    finally:
        nursery.close()


def _plain(source: Source, form: Foreign, wish: Wish, nursery: Nursery) -> Iterator[Found | None]:
    for number, found in enumerate(plain_prompts(source, form, wish)):
        if isinstance(found, Refused):
            yield found
        else:
            yield from nursery.put(found)
        if number % PAUSE == 0:
            yield None


# So many rows are read before it is told that it goes on.
PAUSE = 500
# Judgements of one tree in memory at once.
MOST_IN_A_PILE = 2000


def rows_in(source: Source) -> Iterator[Line]:
    """The rows of a file: its lines, or the elements of the array that it is."""
    return elements(source) if source.is_array else source.lines()


def _json(source: Source, wish: Wish, nursery: Nursery, odd: Counter[str]) -> Iterator[Found | Pile | None]:
    form = wish.form
    native = _Native(source, odd)
    try:
        for number, line in enumerate(rows_in(source)):
            if number % PAUSE == 0:
                yield None
            try:
                row = row_of(line)
                found = form_of_row(row) if wish.form in _TOLD_BY_ROWS else _fitting(row, wish.form)
                form = found if form is Foreign.AUTO else form
                _refuse_other(form, found)
            except Broken as broken:
                kind = Repaired if broken.code == COMMA else Refused
                yield kind(line.number, broken.code, broken.words)
                continue
            if form is not Foreign.OASST:
                yield from nursery.row(form, row, line.number)
            elif wish.into in _NOT_FOR_TREES:
                words = f"its trees have states of their own: bring them into the archive, or live, not {wish.into}"
                yield Refused(line.number, "wrong_place", words)
                return
            else:
                yield from native.take(row, line)
        yield from native.rest()
    finally:
        native.close()


_TOLD_BY_ROWS = (Foreign.AUTO, Foreign.OASST)
_NOT_FOR_TREES = ("review", "lottery", "ranking")


def _fitting(row: object, form: Foreign) -> Foreign:
    """The form that was named, if a row can be of it at all."""
    if not isinstance(row, dict) and not (form is Foreign.PROMPTS and isinstance(row, str)):
        raise Broken("not_an_object", "it is no JSON object")
    return form


def _refuse_other(form: Foreign, found: Foreign) -> None:
    if found is not form:
        words = f"this row holds {found.label}, the file holds {form.label}: a file has one form"
        raise Broken("other_form", words)


class _Native:
    """Rows of oasst files.

    Tree rows are read in one go. The rows of one tree in a flat file may lie anywhere, and nothing
    but the end of the file says that there are no more. So at the first flat row the whole file is
    looked through once for the last line of every tree: then each tree is complete when that line is
    passed, and only trees under way wait on the shelf (one at a time in the published files). It
    costs a second reading, and saves sorting the file or holding it.
    """

    def __init__(self, source: Source, odd: Counter[str]) -> None:
        self._source, self._odd = source, odd
        self._index: Index | None = None
        self._shelf: Shelf | None = None
        self._pile: Pile | None = None

    def close(self) -> None:
        if self._shelf is not None:
            self._shelf.close()

    def take(self, row: dict[str, Any], line: Line) -> Iterator[Found | Pile]:
        if is_judgement(row):
            yield from self._judgement(row, line)
            return
        yield from self._piled()
        if "prompt" in row:
            yield _tree(row, line, self._odd)
            return
        if "message_id" not in row:
            yield Refused(line.number, "unknown_form", "it is neither a tree (prompt) nor a message (message_id)")
            return
        if self._index is None or self._shelf is None:
            self._index, self._shelf = look_through(self._source), Shelf()
        yield from _flat(row, line, self._index, self._shelf, self._odd)

    def _judgement(self, row: dict[str, Any], line: Line) -> Iterator[Pile]:
        """Judgements need no whole tree: those that follow each other and name the same tree are taken in together."""
        named = row.get("message_tree_id")
        tree = named if isinstance(named, str) else ""
        if self._pile is None or self._pile.tree != tree or len(self._pile.rows) == MOST_IN_A_PILE:
            yield from self._piled()
            self._pile = Pile(tree)
        self._pile.rows.append((line.number, row))

    def _piled(self) -> Iterator[Pile]:
        if self._pile is not None:
            yield self._pile
            self._pile = None

    def rest(self) -> Iterator[Refused | Pile]:
        """The last judgements; trees that never got complete: the file has changed since it was looked through."""
        yield from self._piled()
        for tree, number in self._shelf.left() if self._shelf else ():
            yield Refused(number, "file_changed", f"the tree {tree[:128]} is left out: the file changed meanwhile")


def _tree(row: dict[str, Any], line: Line, odd: Counter[str]) -> Conversation | Refused:
    fields: Counter[str] = Counter()
    try:
        made = of_tree_row(row, line=line.number, odd=fields)
    except Broken as broken:
        return Refused(line.number, broken.code, broken.words)
    odd.update(fields)
    return made


def look_through(source: Source) -> Index:
    """Where each tree of a flat file ends, and which of them have lost a row."""
    index, current = Index(), ""
    # A reading of its own: the one that asked is in the middle of the file.
    for line in rows_in(source.again()):
        try:
            row = row_of(line)
            tree = tree_of(row)
        except Broken as broken:
            index.cut = index.cut or line.last_and_cut
            if tree := _tree_of_wreck(line.raw, current):
                words = f"line {line.number}, one of its rows, is broken ({broken.code})"
                index.spoiled.setdefault(tree, Refused(line.number, "row_lost", words))
            continue
        if "prompt" in row or is_judgement(row):
            continue
        index.scattered = index.scattered or (tree in index.last and tree != current)
        index.last[tree] = line.place
        current = tree
    if index.cut:
        _spoil_what_may_go_on(index, current)
    return index


def tree_of(row: Any) -> str:
    """Which tree a flat row belongs to: what it says, or its own id if it is a prompt."""
    if not isinstance(row, dict):
        raise Broken("not_an_object", "it is no JSON object")
    named = row.get("message_tree_id") or (row.get("message_id") if row.get("parent_id") is None else None)
    if not isinstance(named, str):
        raise Broken("tree_unknown", "it names no tree (message_tree_id)")
    return named


_NAMES_TREE = re.compile(rb'"message_tree_id"\s*:\s*"([^"]{1,128})"')
_IS_PROMPT = re.compile(rb'"message_id"\s*:\s*"([^"]{1,128})"\s*,\s*"parent_id"\s*:\s*null')
_IS_REPLY = re.compile(rb'"parent_id"\s*:\s*"')


def _tree_of_wreck(raw: bytes, current: str) -> str:
    """The tree that a row which can't be read belongs to, as far as its pieces tell."""
    for pattern in (_NAMES_TREE, _IS_PROMPT):
        if found := pattern.search(raw):
            return found[1].decode(errors="replace")
    return current if _IS_REPLY.search(raw) else ""


def _spoil_what_may_go_on(index: Index, current: str) -> None:
    """In a file that is cut off, a tree whose rows may go on behind the cut is not taken."""
    suspects = index.last if index.scattered else [current]
    for tree in suspects:
        words = "the file is cut off, and more of its rows may have followed"
        index.spoiled.setdefault(tree, Refused(0, "tree_cut", words))


def _flat(
    row: dict[str, Any], line: Line, index: Index, shelf: Shelf, odd: Counter[str]
) -> Iterator[Conversation | Refused]:
    try:
        tree = tree_of(row)
    except Broken as broken:
        yield Refused(line.number, broken.code, broken.words)
        return
    shelf.put(tree, line)
    if index.last.get(tree) != line.place:
        return
    rows = list(shelf.take(tree))
    try:
        if spoiled := index.spoiled.get(tree):
            raise Broken(spoiled.code, spoiled.words, line=spoiled.line)
        yield of_flat_rows(rows, odd=odd)
    except Broken as broken:
        words = f"the tree {tree[:128]} ({_told(rows)}) is left out: {broken.words}"
        yield Refused(broken.line or rows[0][0], broken.code, words)


def _told(rows: list[tuple[int, dict[str, Any]]]) -> str:
    first, last = rows[0][0], rows[-1][0]
    return f"line {first}" if first == last else f"{len(rows)} rows, lines {first} to {last}"
