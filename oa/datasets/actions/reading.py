"""Whole trees out of a file of any form, a few at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oa.datasets.actions.files import Line, Shelf, lines, row_of
from oa.datasets.rules.conversations import Conversation, of_flat_rows, of_tree_row
from oa.datasets.rules.fields import Broken


@dataclass(frozen=True, slots=True)
class Refused:
    """A line, or the tree that begins there, that is not taken."""

    line: int
    code: str
    words: str


@dataclass(slots=True)
class Index:
    """What one look through the flat rows of a file tells: where each tree ends, and which can't be whole."""

    last: dict[str, int] = field(default_factory=dict)
    spoiled: dict[str, Refused] = field(default_factory=dict)
    scattered: bool = False
    cut: bool = False


def conversations(path: Path, *, odd: Counter[str]) -> Iterator[Conversation | Refused]:
    """The trees of a file as they get complete, and what is wrong with the rest; `odd` counts unknown fields.

    Tree rows are read in one go. The rows of one tree in a flat file may lie anywhere, and nothing
    but the end of the file says that there are no more. So at the first flat row the whole file is
    looked through once for the last line of every tree: then each tree is complete when that line is
    passed, and only trees under way wait on the shelf (one at a time in the published files). It
    costs a second reading, and saves sorting the file or holding it.
    """
    index: Index | None = None
    shelf = Shelf()
    try:
        for line in lines(path):
            try:
                row = row_of(line)
                kind = _kind_of(row)
            except Broken as broken:
                yield Refused(line.number, broken.code, broken.words)
                continue
            if kind == "tree":
                yield _tree(row, line, odd)
            else:
                index = index or look_through(path)
                yield from _flat(row, line, index, shelf, odd)
    finally:
        shelf.close()


def _kind_of(row: dict[str, Any]) -> str:
    if "prompt" in row:
        return "tree"
    if "message_id" in row:
        return "flat"
    raise Broken("unknown_form", "it is neither a tree (prompt) nor a message (message_id)")


def _tree(row: dict[str, Any], line: Line, odd: Counter[str]) -> Conversation | Refused:
    fields: Counter[str] = Counter()
    try:
        made = of_tree_row(row, line=line.number, odd=fields)
    except Broken as broken:
        return Refused(line.number, broken.code, broken.words)
    odd.update(fields)
    return made


def look_through(path: Path) -> Index:
    """Where each tree of a flat file ends, and which of them have lost a row."""
    index, current = Index(), ""
    for line in lines(path):
        try:
            row = row_of(line)
            tree = tree_of(row)
        except Broken as broken:
            index.cut = index.cut or line.last_and_cut
            if tree := _tree_of_wreck(line.raw, current):
                words = f"line {line.number}, one of its rows, is broken ({broken.code})"
                index.spoiled.setdefault(tree, Refused(line.number, "row_lost", words))
            continue
        if "prompt" in row:
            continue
        index.scattered = index.scattered or (tree in index.last and tree != current)
        index.last[tree] = line.number
        current = tree
    if index.cut:
        _spoil_what_may_go_on(index, current)
    return index


def tree_of(row: dict[str, Any]) -> str:
    """Which tree a flat row belongs to: what it says, or its own id if it is a prompt."""
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
        index.spoiled.setdefault(tree, Refused(index.last.get(tree, 0), "tree_cut", words))


def _flat(
    row: dict[str, Any], line: Line, index: Index, shelf: Shelf, odd: Counter[str]
) -> Iterator[Conversation | Refused]:
    try:
        tree = tree_of(row)
    except Broken as broken:
        yield Refused(line.number, broken.code, broken.words)
        return
    shelf.put(tree, line)
    if index.last.get(tree) != line.number:
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
