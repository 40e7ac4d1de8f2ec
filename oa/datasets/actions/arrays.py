"""A JSON array, element by element: however long it is, one element is held at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from oa.datasets.actions import sources
from oa.datasets.actions.sources import Line, Source, cut_off, too_long
from oa.datasets.rules.fields import Broken

_PIECE = 256 * 1024
LONGEST_INDENT = 1024
# A text, the beginning of one whose end is not read yet, or a bracket.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|"|[{}\[\]]', re.DOTALL)
_BETWEEN = re.compile(rb"[\s,]*")
_SCALAR = re.compile(rb"[^\s,\]\[{}]*")
_OPENS, _QUOTE = b"{[", ord('"')

COMMA = "comma_at_the_end"
NOT_CLOSED = Broken("array_not_closed", "the file ends before its array does; what is whole before it is taken")


def elements(source: Source) -> Iterator[Line]:
    """The elements of the array that a file is, with the lines they begin on.

    One that is broken is told and passed over. Where its brackets or quotes don't close, reading goes on at the next
    line that begins an object as far indented as this one.
    """
    scanner = _Scanner()
    with source.opened() as stream:
        try:
            yield from scanner.read(stream)
        except (*sources.DAMAGED, UnicodeDecodeError) as error:
            yield cut_off(scanner.line, error)


class _Scanner:
    def __init__(self) -> None:
        self.line = 1
        self.place = 0
        self._held = b""
        self._at = 0  # everything before is done with
        self._piece = _PIECE
        self._ended = False
        self._indent: bytes | None = None
        self._comma = False

    def read(self, stream: BinaryIO) -> Iterator[Line]:
        self._stream = stream
        self._more()
        self._at = self._held.index(b"[")
        self.line += self._held.count(b"\n", 0, self._at)
        self._at += 1
        while (first := self._next()) and first != b"]":
            yield self._element(first)
        if first and self._comma and self.place:
            yield Line(self.line, b"", Broken(COMMA, "a comma stands behind the last element"), place=self.place)
        if not first:
            yield Line(self.line, b"", NOT_CLOSED, last_and_cut=True, place=self.place + 1)
            return
        self._at += 1
        if self._next():
            fault = Broken("after_the_array", "something stands behind the end of the array; it is left out")
            yield Line(self.line, b"", fault, place=self.place + 1)

    def _more(self) -> bool:
        """Read on; False at the end. Pieces grow while one element does, so that it is not searched time and again."""
        if self._ended:
            return False
        self._held = self._held[self._at :]
        self._at = 0
        raw = self._stream.read(self._piece)
        self._piece = min(self._piece * 2, 16 * 1024 * 1024)
        self._held += raw
        self._ended = not raw
        return not self._ended

    def _next(self) -> bytes:
        """The first byte of the next element, or ], or nothing at the end of the file."""
        between = b""
        while True:
            end = _BETWEEN.match(self._held, self._at).end()  # type: ignore[union-attr]  # matches nothing, too
            between = (between + self._held[self._at : end])[-4096:]
            self.line += self._held.count(b"\n", self._at, end)
            self._at = end
            if end < len(self._held):
                break
            if not self._more():
                return b""
        self._piece = _PIECE
        before, newline, indent = between.rpartition(b"\n")
        self._indent = indent if newline else None
        first = self._held[self._at : self._at + 1]
        self._comma = b"," in between
        return first

    def _element(self, first: bytes) -> Line:
        self.place += 1
        number = self.line
        end = self._end(first)
        if isinstance(end, Broken):
            return self._passed_over(number, end)
        raw = self._held[self._at : end]
        try:
            row: Any = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            return self._passed_over(number, Broken("bad_json", f"it is no JSON: {error}"), end)
        self._go_to(end)
        return Line(number, raw, row=row, place=self.place) if row is not None else self._null(number)

    def _null(self, number: int) -> Line:
        return Line(number, b"", Broken("not_an_object", "it is null"), place=self.place)

    def _go_to(self, end: int) -> None:
        self.line += self._held.count(b"\n", self._at, end)
        self._at = end

    def _end(self, first: bytes) -> int | Broken:
        """Where the element ends that begins here, or why it doesn't."""
        at, depth = self._at, 0
        while True:
            found, depth, searched = self._search(first, at, depth)
            if found:
                return found
            if len(self._held) - self._at > sources.LONGEST_LINE:
                return too_long()
            moved = self._at
            if not self._more():
                return self._rest(first)
            at = searched - moved

    def _search(self, first: bytes, at: int, depth: int) -> tuple[int, int, int]:
        """The end, if it is read already; else the depth, and where to go on."""
        held = self._held
        if first not in (b"{", b"[", b'"'):
            end = max(_SCALAR.match(held, self._at).end(), self._at + 1)  # type: ignore[union-attr]  # as above
            return (end if end < len(held) else 0), 0, self._at
        for token in _TOKEN.finditer(held, at):
            start, end = token.span()
            kind = held[start]
            if kind == _QUOTE:
                if end - start == 1:
                    return 0, depth, start
                if not depth:
                    return end, 0, end
            elif kind in _OPENS:
                depth += 1
            elif depth <= 1:
                return end, 0, end
            else:
                depth -= 1
        return 0, depth, len(held)

    def _rest(self, first: bytes) -> int | Broken:
        if first in (b"{", b"[", b'"'):
            return Broken("bad_json", "it is no JSON: the file ends before it is closed")
        return len(self._held)

    def _passed_over(self, number: int, fault: Broken, end: int | None = None) -> Line:
        """Go on behind a broken element: at the next line that looks like the beginning of one."""
        raw = self._held[self._at : min(end or len(self._held), self._at + 4096)]
        indent = rb"[ \t]*" if self._indent is None else re.escape(self._indent)
        begins = re.compile(rb"\n" + indent + rb"\{")
        found = begins.search(self._held, self._at + 1, end or len(self._held))
        while not found and not end and not self._ended:
            # All of it is passed over but what a beginning may have begun with.
            self._go_to(max(len(self._held) - LONGEST_INDENT, self._at))
            self._more()
            found = begins.search(self._held, self._at)
        self._go_to(found.start() + 1 if found else end or len(self._held))
        return Line(number, raw, fault, place=self.place)
