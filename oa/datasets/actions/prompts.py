"""Prompts out of plain text and out of tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from oa.datasets.actions.planting import Refused
from oa.datasets.actions.sources import Line, Source
from oa.datasets.rules.fields import Broken
from oa.datasets.rules.foreign import (
    Foreign,
    Talk,
    delimiter_of,
    is_table,
    looks_like_blocks,
    prompt_column,
    talk_of,
)
from oa.datasets.rules.wishes import Wish

# A record that goes on for longer has a quote that nobody closes.
LONGEST_RECORD = 1024 * 1024


def plain_form(source: Source, wish: Wish) -> Foreign:
    """Whether plain text is a table, a list with a prompt a line, or prompts of several lines; Broken if neither."""
    if not wish.only_prompts:
        raise Broken("only_prompts", "it holds prompts and no answers: bring it into review or the lottery", line=1)
    if wish.form is not Foreign.AUTO:
        return wish.form
    lines = source.head.decode("utf-8", "replace").splitlines()
    header = next((line for line in lines if line.strip()), "")
    if wish.column or is_table(header):
        return Foreign.CSV
    if source.name.lower().removesuffix(".gz").endswith((".csv", ".tsv")):
        words = "its first line names no column of prompts (prompt, text or instruction); name yours (--column)"
        raise Broken("no_header", words, line=1)
    return Foreign.BLOCKS if looks_like_blocks(lines) else Foreign.LINES


def plain_prompts(source: Source, form: Foreign, wish: Wish) -> Iterator[Talk | Refused]:
    """The prompts of a plain file."""
    found = {Foreign.CSV: _table, Foreign.BLOCKS: _blocks, Foreign.LINES: _lines}[form](source, wish)
    for number, text in found:
        if isinstance(text, Broken):
            yield Refused(text.line or number, text.code, text.words)
            continue
        try:
            yield talk_of([("human", text)], line=number)
        except Broken as broken:
            yield Refused(number, broken.code, broken.words)


Numbered = Iterator[tuple[int, str | Broken]]


def _text(line: Line) -> str | Broken:
    if line.fault:
        return line.fault
    try:
        return line.raw.decode("utf-8")
    except UnicodeDecodeError as error:
        words = f"byte {error.start + 1} is not UTF-8; if the file is in another encoding, name it (--encoding)"
        return Broken("bad_utf8", words)


def _lines(source: Source, _wish: Wish) -> Numbered:
    for line in source.lines():
        yield line.number, _text(line)


def _blocks(source: Source, _wish: Wish) -> Numbered:
    block: list[str] = []
    begins, spoiled = 0, False
    for line in source.lines(blank=True):
        text = _text(line)
        if isinstance(text, Broken):
            yield line.number, text
            spoiled = True
        elif text.strip():
            begins = begins if block else line.number
            block.append(text)
        else:
            if block and not spoiled:
                yield begins, "".join(block)
            block, spoiled = [], False
    if block and not spoiled:
        yield begins, "".join(block)


def _table(source: Source, wish: Wish) -> Numbered:
    lines = source.head.decode("utf-8", "replace").splitlines()
    delimiter = delimiter_of(next((line for line in lines if line.strip()), ""))
    records = _Records(source, delimiter).read()
    number, header = next(records, (1, Broken("no_header", "the table is empty")))
    if isinstance(header, Broken):
        yield number, header
        return
    columns = [name.strip() for name in header]
    try:
        place = prompt_column(columns, wish.column)
    except Broken as broken:
        yield number, broken
        return
    for number, cells in records:
        if isinstance(cells, Broken):
            yield number, cells
        elif len(cells) != len(columns):
            yield number, Broken("ragged_row", f"it has {len(cells)} columns, the header {len(columns)}")
        else:
            yield number, cells[place]


class _Records:
    """The records of a table: lines, joined while a quote is open. One that is not closed is told, and reading goes
    on at the line behind the one it stands in."""

    def __init__(self, source: Source, delimiter: str) -> None:
        self._source, self._delimiter = source, delimiter
        self._waiting: list[tuple[int, str]] = []
        self._size = 0
        csv.field_size_limit(LONGEST_RECORD)

    def read(self) -> Iterator[tuple[int, list[str] | Broken]]:
        for line in self._source.lines():
            text = _text(line)
            if isinstance(text, Broken):
                yield line.number, text
                continue
            self._waiting.append((line.number, text))
            self._size += len(text)
            # While a quote is open, lines without one, or with two, don't close it.
            if len(self._waiting) == 1 or text.count('"') % 2 or self._size > LONGEST_RECORD:
                yield from self._settled()
        while self._waiting:
            yield from self._settled(all_of_it=True)

    def _settled(self, *, all_of_it: bool = False) -> Iterator[tuple[int, list[str] | Broken]]:
        while self._waiting:
            lines = self._closed()
            if not lines and not all_of_it and self._size <= LONGEST_RECORD:
                return
            number = self._waiting[0][0]
            cells = self._cells("".join(text for _number, text in self._waiting[: max(lines, 1)]))
            if isinstance(cells, Broken) and lines > 1:
                # The quotes were none: each line for itself.
                lines, cells = 1, self._cells(self._waiting[0][1])
            for _number, text in self._waiting[: max(lines, 1)]:
                self._size -= len(text)
            del self._waiting[: max(lines, 1)]
            yield number, cells

    def _closed(self) -> int:
        """After how many lines no quote is open any more; 0 if it is open to the end."""
        quotes = 0
        for lines, (_number, text) in enumerate(self._waiting, start=1):
            quotes += text.count('"')
            if quotes % 2 == 0:
                return lines
        return 0

    def _cells(self, record: str) -> list[str] | Broken:
        try:
            rows = list(csv.reader([record.rstrip("\r\n")], delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            return Broken("bad_quotes", f"its quotes are wrong: {error}")
        return rows[0] if rows else []
