"""Files: reading rows line by line whatever they are packed in, and writing so that no half file is seen."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import orjson

from oa.datasets.rules.fields import Broken

# Longer lines are no trees: they are passed over piece by piece, never held.
LONGEST_LINE = 64 * 1024 * 1024
GZIP = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line and its number from 1 on; `fault` instead of `raw` where it could not be read."""

    number: int
    raw: bytes
    fault: Broken | None = None
    last_and_cut: bool = False


def lines(path: Path) -> Iterator[Line]:
    """The filled lines of a file, packed or not. A file that ends too early ends with a fault."""
    number = 0
    with path.open("rb") as plain:
        packed = plain.peek(2)[:2] == GZIP
        stream: Any = gzip.GzipFile(fileobj=plain) if packed else plain
        while True:
            number += 1
            try:
                line = _next_line(stream, number)
            except (EOFError, gzip.BadGzipFile, zlib.error):
                words = "the file is cut off or damaged from here on; what is whole before it is taken"
                yield Line(number, b"", Broken("file_cut", words), last_and_cut=True)
                return
            if line is None:
                return
            if line.fault or line.raw.strip():
                yield line


def _next_line(stream: BinaryIO, number: int) -> Line | None:
    raw = stream.readline(LONGEST_LINE + 1)
    if not raw:
        return None
    if len(raw) > LONGEST_LINE:
        while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        return Line(number, b"", Broken("line_too_long", f"it has more than {LONGEST_LINE // 1024**2} MiB"))
    return Line(number, raw.removeprefix(BOM) if number == 1 else raw, last_and_cut=not raw.endswith(b"\n"))


def row_of(line: Line) -> dict[str, Any]:
    """The object on a line; Broken when there is none."""
    if line.fault:
        raise line.fault
    try:
        row = orjson.loads(line.raw)
    except orjson.JSONDecodeError as error:
        raise Broken("bad_json", f"it is no JSON: {error}") from None
    if not isinstance(row, dict):
        raise Broken("not_an_object", "it is no JSON object; one object a line is expected")
    return row


class Shelf:
    """Rows put aside until their tree is complete: on disk, so that memory does not grow with the file."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="oa-import-")
        self._places: dict[str, list[tuple[int, int, int]]] = {}

    def put(self, tree: str, line: Line) -> None:
        offset = self._file.seek(0, io.SEEK_END)
        self._file.write(line.raw)
        self._places.setdefault(tree, []).append((line.number, offset, len(line.raw)))

    def take(self, tree: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows of a tree with their line numbers; they leave the shelf."""
        for number, offset, length in self._places.pop(tree, []):
            self._file.seek(offset)
            yield number, orjson.loads(self._file.read(length))
        if not self._places:
            self._file.seek(0)
            self._file.truncate()

    def close(self) -> None:
        self._file.close()


@contextmanager
def written(out: str) -> Iterator[IO[bytes]]:
    """A stream to write to: `-` is the standard output; a name ending in .gz is packed.

    A file appears under its name only when all of it is written; until then it has a name beside it.
    """
    if out == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(out)
    handle, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as plain:
            yield from _packed(plain, target)
            plain.flush()
            os.fsync(plain.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(draft).chmod(0o666 & ~umask)
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)


def _packed(plain: IO[bytes], target: Path) -> Iterator[IO[bytes]]:
    if target.suffix != ".gz":
        yield plain
        return
    # No time and no name inside: the same trees make the same file.
    with gzip.GzipFile(filename="", mode="wb", fileobj=plain, mtime=0, compresslevel=6) as packed:
        yield cast(IO[bytes], packed)
