"""Packings: how rows become bytes. JSON Lines, the same packed with gzip, and Parquet.

    with packed_file(out, Packing.PARQUET, columns_of(form, dress)) as file:
        for row in rows:
            file.put(row)
    file.sum()      Sum(rows, bytes, sha256) of what was written

    packed_chunks(rows, packing, columns)    the same as a stream of bytes, for answers over HTTP

Rows are taken one by one in constant memory. The same rows make the same bytes. A file appears under its name only
when all of it is written and on the disk.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Protocol, cast

import orjson

from oa.datasets.rules.forms import Row, Schema

BUFFER = 256 * 1024
# Of gzip: half the time of its usual 6, for files that are a twentieth larger.
LEVEL = 4


class Packing(StrEnum):
    """How rows are written down; the values are what file names end in."""

    JSONL = "jsonl"
    JSONL_GZ = "jsonl.gz"
    PARQUET = "parquet"

    @classmethod
    def of(cls, name: str) -> Packing:
        """What the name of a file asks for: JSON Lines unless it says otherwise."""
        return cls.PARQUET if name.endswith(".parquet") else cls.JSONL_GZ if name.endswith(".gz") else cls.JSONL


@dataclass(frozen=True, slots=True)
class Sum:
    """What was written: number of rows, number of bytes, SHA-256 of these bytes in hexadecimal digits."""

    rows: int
    bytes: int
    sha256: str


class _Summing(io.RawIOBase):
    """Bytes on their way to a file: counted and summed up in passing."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.bytes = 0
        self.given_up = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        if self.given_up:
            return size
        self._stream.write(data)
        self._digest.update(data)
        self.bytes += size
        return size

    def tell(self) -> int:
        return self.bytes

    def sha256(self) -> str:
        return self._digest.hexdigest()


class _Rows(Protocol):
    """One packing at work on one stream. `close` writes what is left; the stream stays open."""

    def put(self, row: Row) -> None: ...

    def close(self) -> None: ...


class _Lines:
    """One JSON object a line: compact UTF-8, or as Python's own writer has it, with all but ASCII escaped."""

    def __init__(self, stream: io.RawIOBase, *, escaped: bool) -> None:
        self._stream = io.BufferedWriter(stream, BUFFER)
        self._line_of = _escaped if escaped else _compact

    def put(self, row: Row) -> None:
        self._stream.write(self._line_of(row))

    def close(self) -> None:
        self._stream.detach()


def _compact(row: Row) -> bytes:
    try:
        return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        return json_of(row) + b"\n"


_DEEP = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_of(value: object) -> bytes:
    """Compact JSON in UTF-8, also of trees of more than the 126 levels that orjson takes."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return _DEEP.encode(value).encode()


_ESCAPED = json.JSONEncoder(ensure_ascii=True)


def _escaped(row: Row) -> bytes:
    return _ESCAPED.encode(row).encode("ascii") + b"\n"


class _PackedLines(_Lines):
    """Lines through gzip, without a time and a name inside: the same rows make the same file."""

    def __init__(self, stream: io.RawIOBase, *, escaped: bool) -> None:
        self._packed = gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0, compresslevel=LEVEL)
        super().__init__(cast(io.RawIOBase, self._packed), escaped=escaped)

    def close(self) -> None:
        super().close()
        self._packed.close()


class Packed:
    """A file in the making: rows go in one at a time; when all are in and it is closed, `sum` tells what it became."""

    def __init__(self, stream: IO[bytes], packing: Packing, columns: Schema, *, escaped: bool = False) -> None:
        self._summing = _Summing(stream)
        self._rows = _packing(self._summing, packing, columns, escaped=escaped)
        self.rows = 0

    def put(self, row: Row) -> None:
        self._rows.put(row)
        self.rows += 1

    def close(self) -> None:
        self._rows.close()

    def give_up(self) -> None:
        """Write no more. Writers would end the file when they go: this ends it without a trace.

        What they say of it tells nothing new: it has failed already.
        """
        self._summing.given_up = True
        with suppress(OSError, ValueError):
            self._rows.close()

    def sum(self) -> Sum:
        return Sum(self.rows, self._summing.bytes, self._summing.sha256())


def _packing(stream: io.RawIOBase, packing: Packing, columns: Schema, *, escaped: bool) -> _Rows:
    if packing is Packing.PARQUET:
        # Arrow takes 40 MB and a third of a second: only who packs Parquet pays for it.
        from oa.datasets.actions.parquet import ParquetRows

        return ParquetRows(stream, columns)
    return (_PackedLines if packing is Packing.JSONL_GZ else _Lines)(stream, escaped=escaped)


@contextmanager
def packed_file(out: str | Path, packing: Packing, columns: Schema, *, escaped: bool = False) -> Iterator[Packed]:
    """A file to put rows into; `-` is the standard output. What fails on the way leaves nothing behind.

    `escaped`: JSON in the manner of the original, with its blanks and \\uXXXX for all that is not ASCII.
    """
    with written(str(out)) as stream, packed_stream(stream, packing, columns, escaped=escaped) as packed:
        yield packed


@contextmanager
def packed_stream(stream: IO[bytes], packing: Packing, columns: Schema, *, escaped: bool = False) -> Iterator[Packed]:
    """The same on a stream that is open already, and stays open."""
    packed = Packed(stream, packing, columns, escaped=escaped)
    whole = False
    try:
        yield packed
        packed.close()
        whole = True
    finally:
        if not whole:
            packed.give_up()


def packed_chunks(rows: Iterable[Row], packing: Packing, columns: Schema, *, escaped: bool = False) -> Iterator[bytes]:
    """The bytes of such a file, piece by piece, as rows come in."""
    pieces = io.BytesIO()
    with packed_stream(pieces, packing, columns, escaped=escaped) as packed:
        for row in rows:
            packed.put(row)
            if pieces.tell():
                yield _taken(pieces)
    yield _taken(pieces)


def _taken(pieces: io.BytesIO) -> bytes:
    found = pieces.getvalue()
    pieces.seek(0)
    pieces.truncate()
    return found


@contextmanager
def written(out: str) -> Iterator[IO[bytes]]:
    """A stream to write to; `-` is the standard output.

    A file appears under its name only when all of it is written; until then it has a name beside it.
    What is there already and is no file (a pipe, /dev/null) is written to as it is.
    """
    target = Path(out)
    if out == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif target.exists() and not target.is_file():
        with target.open("wb") as plain:
            yield plain
    else:
        yield from _drafted(target)


def _drafted(target: Path) -> Iterator[IO[bytes]]:
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as plain:
            yield plain
            plain.flush()
            os.fsync(plain.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
