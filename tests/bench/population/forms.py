"""Rows as PostgreSQL's binary COPY wants them, written once with holes and then filled in for thousands of trees.

A form holds some rows of one table, byte for byte. What differs from tree to tree has always the same length: ids,
moments, a language of two letters, the number of a policy. So filling a form for N trees is a handful of assignments
to columns of an array of bytes.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from uuid import UUID

import numpy as np
import numpy.typing as npt
from psycopg import sql

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
NULL = b"\xff\xff\xff\xff"
# PostgreSQL counts microseconds from here.
EPOCH = 946_684_800_000_000
_ID_IN_TEXT = re.compile(rb"00000000-0000-0000-0000-[0-9a-f]{12}")
_UUID_OID = 2950
DASHES = (8, 13, 18, 23)


class LANG:
    """Stands for the language of the tree, two letters."""


class POLICY:
    """Stands for the number of the policy the tree grows under."""


@dataclass(frozen=True, slots=True)
class At:
    """Stands for a moment, in seconds after the tree began."""

    seconds: float


@dataclass(frozen=True)
class Table:
    """A table and the columns that are written, each with how. The others have defaults."""

    name: str
    columns: Mapping[str, str]

    @property
    def copy(self) -> sql.Composed:
        """Frozen, which a table must have been emptied for in the same transaction."""
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary, FREEZE)")
        return statement.format(sql.Identifier(self.name), names)


@dataclass
class Form:
    """Rows of one table with holes. `open_end` leaves a row's last column to whoever fills it."""

    table: Table
    open_end: bool = False
    data: bytearray = field(default_factory=bytearray)
    ids: list[tuple[int, int]] = field(default_factory=list)
    texts: list[tuple[int, int]] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    langs: list[int] = field(default_factory=list)
    policies: list[int] = field(default_factory=list)
    rows: int = 0

    def add(self, **values: object) -> None:
        """One row: a value for every column."""
        columns = self.table.columns
        self.rows += 1
        self.data += struct.pack(">h", len(columns))
        for name, kind in columns.items():
            if self.open_end and name not in values:
                continue
            self._put(kind, values.pop(name))
        if values:
            raise TypeError(f"{self.table.name} has no {', '.join(values)}")

    def _put(self, kind: str, value: object) -> None:
        if value is None:
            self.data += NULL
        elif value is LANG:
            self._hole(2, self.langs)
        elif value is POLICY:
            self._hole(8, self.policies)
        elif isinstance(value, At):
            self.data += struct.pack(">i", 8)
            self.times.append((len(self.data), round(value.seconds * 1e6)))
            self.data += bytes(8)
        elif isinstance(value, UUID):
            self.data += struct.pack(">i", 16)
            self._id(value)
        elif kind == "uuid[]":
            self._ids(value)  # type: ignore[arg-type]  # by kind
        else:
            self._plain(encoded(kind, value))

    def _hole(self, length: int, holes: list[int]) -> None:
        self.data += struct.pack(">i", length)
        holes.append(len(self.data))
        self.data += bytes(length)

    def _id(self, pk: UUID) -> None:
        self.ids.append((len(self.data), pk.int - 1))
        self.data += bytes(16)

    def _ids(self, pks: Sequence[UUID]) -> None:
        size = 20 + 20 * len(pks) if pks else 12
        self.data += struct.pack(">iiii", size, bool(pks), 0, _UUID_OID)
        if pks:
            self.data += struct.pack(">ii", len(pks), 1)
        for pk in pks:
            self.data += struct.pack(">i", 16)
            self._id(pk)

    def _plain(self, value: bytes) -> None:
        self.data += struct.pack(">i", len(value))
        for found in _ID_IN_TEXT.finditer(value):
            self.texts.append((len(self.data) + found.start(), int(found.group()[24:], 16) - 1))
        self.data += value

    # --- filled in ----------------------------------------------------------------------------------------------------

    @cached_property
    def _holes(self) -> tuple[Numbers, ...]:
        """Where the bytes go, and what goes there: of ids, of ids in texts, of moments, of the rest."""
        return (
            *_columns(self.ids, 16),
            *_columns(self.texts, 36),
            *_columns(self.times, 8),
            _columns([(place, 0) for place in self.langs], 2)[0],
            _columns([(place, 0) for place in self.policies], 8)[0],
        )

    def filled(self, trees: Trees) -> Bytes:
        """These rows for every one of the trees: a line of bytes a tree."""
        number = len(trees.starts)
        out = np.empty((number, len(self.data)), np.uint8)
        out[:] = np.frombuffer(bytes(self.data), np.uint8)
        ids_at, ids, texts_at, texts, times_at, times, langs_at, policies_at = self._holes
        out[:, ids_at] = trees.bank[:, ids].reshape(number, -1)
        if len(texts):
            needed, places = np.unique(texts, return_inverse=True)
            out[:, texts_at] = in_words(trees.bank[:, needed])[:, places].reshape(number, -1)
        moments = (trees.starts[:, None] + times[None, :]).astype(">i8")
        out[:, times_at] = moments.view(np.uint8).reshape(number, -1)
        if len(langs_at):
            out[:, langs_at] = np.tile(trees.langs, len(self.langs))
        if len(policies_at):
            out[:, policies_at] = np.tile(trees.policies, len(self.policies))
        return out


@dataclass(frozen=True, slots=True)
class Trees:
    """Some trees that tell the same story: when each began (as PostgreSQL counts), and the ids in it."""

    starts: Numbers
    bank: Bytes
    langs: Bytes
    policies: Bytes


def _columns(holes: Sequence[tuple[int, int]], width: int) -> tuple[Numbers, Numbers]:
    places = np.array([place for place, _source in holes], np.int64)
    sources = np.array([source for _place, source in holes], np.int64)
    return (places[:, None] + np.arange(width)).ravel(), sources


_HEX = np.frombuffer("".join(f"{value:02x}" for value in range(256)).encode(), np.uint8).reshape(256, 2)
_LETTERS = np.array([place for place in range(36) if place not in DASHES])


def in_words(ids: Bytes) -> Bytes:
    """Ids (…, 16) as they are written: (…, 36)."""
    out = np.full((*ids.shape[:-1], 36), ord("-"), np.uint8)
    out[..., _LETTERS] = _HEX[ids].reshape(*ids.shape[:-1], 32)
    return out


def new_ids(moments: Numbers, dice: np.random.Generator) -> Bytes:
    """An id of version 7 for each of these moments, as `oa.core.ids` makes them: (…, 16)."""
    out = dice.integers(0, 256, (*moments.shape, 16), np.uint8)
    milliseconds = ((moments + EPOCH) // 1000).astype(">u8")
    out[..., :6] = milliseconds[..., None].view(np.uint8)[..., 2:]
    out[..., 6] = 0x70 | (out[..., 6] & 0x0F)
    out[..., 8] = 0x80 | (out[..., 8] & 0x3F)
    return out


_SIZES = {"int2": ">h", "int4": ">i", "int8": ">q", "float8": ">d", "bool": ">?"}


def encoded(kind: str, value: object) -> bytes:
    """A value as the binary COPY wants it, without its length."""
    if kind in _SIZES:
        return struct.pack(_SIZES[kind], value)
    if kind == "text":
        return str(value).encode()
    if kind == "jsonb":
        return b"\x01" + json.dumps(value).encode()
    if kind == "int8[]" and not value:
        return struct.pack(">iii", 0, 0, 20)
    if kind == "numeric":
        return _numeric(Decimal(str(value)))
    raise TypeError(f"no way to write {kind}")


def _numeric(value: Decimal) -> bytes:
    """Below ten thousand, with four decimals: one digit of base 10,000 before the point, one after it."""
    ten_thousandths = int(value * 10_000)
    before, after = divmod(ten_thousandths, 10_000)
    return struct.pack(">hhHHHH", 2, 0, 0, 4, before, after)


# --- many rows alike, without holes -----------------------------------------------------------------------------------


def block(columns: Sequence[bytes | Bytes]) -> bytes:
    """Rows from columns: an array of bytes with a line for each row, or bytes that are the same in all of them."""
    number = next(len(column) for column in columns if not isinstance(column, bytes))
    parts: list[bytes | Bytes] = [struct.pack(">h", len(columns))]
    for column in columns:
        width = len(column) if isinstance(column, bytes) else column.shape[1]
        parts += [struct.pack(">i", width), column]
    lines = [_repeated(part, number) if isinstance(part, bytes) else part for part in parts]
    return np.concatenate(lines, axis=1).tobytes()


def _repeated(part: bytes, number: int) -> Bytes:
    found: Bytes = np.broadcast_to(np.frombuffer(part, np.uint8), (number, len(part)))
    return found


def big(values: Numbers, width: int) -> Bytes:
    """Whole numbers of so many bytes."""
    found: Bytes = values.astype(f">i{width}").view(np.uint8).reshape(len(values), width)
    return found


def tenths(values: Numbers) -> Bytes:
    """Numbers with one decimal, below a hundred millions: two digits of base 10,000 before the point, one after."""
    whole = values // 10
    digits = np.stack([whole // 10_000, whole % 10_000, values % 10 * 1000], axis=1).astype(">i2")
    return np.concatenate([_repeated(struct.pack(">hhhh", 3, 1, 0, 1), len(values)), digits.view(np.uint8)], axis=1)
