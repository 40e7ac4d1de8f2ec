"""Files that come from elsewhere: whatever they are packed and encoded in, read a line at a time and never held."""

from __future__ import annotations

import codecs
import copy
import errno
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from oa.datasets.rules.fields import Broken

# What unpacks to more than this many times its size, beyond the first of it, is no text but a bomb.
MOST_TIMES, FIRST = 200, 16 * 1024 * 1024
# Longer lines are no trees: they are passed over piece by piece, never held.
LONGEST_LINE = 64 * 1024 * 1024
GZIP = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"
HEAD = 64 * 1024
_OTHER_PACKINGS = {
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ\x00": "packed with xz",
    b"\x28\xb5\x2f\xfd": "packed with zstandard",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF file",
    b"SQLite format 3": "an SQLite database",
}
_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
# What may follow the bracket that opens an array of rows; a text may begin with one too.
_ARRAY = re.compile(rb"\s*\[\s*(?:[{\[\"\]]|\Z)")
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one element of an array, and the number of the line it begins on, from 1; `fault` instead of `raw`
    where it could not be read. `row` is what it says where that is known already; `place` counts all of them."""

    number: int
    raw: bytes
    fault: Broken | None = None
    last_and_cut: bool = False
    row: Any = None
    place: int = 0


class _Capped(io.RawIOBase):
    """A file up to where it ended when we first looked: what others write behind that meanwhile is not half read."""

    def __init__(self, path: Path, size: int) -> None:
        self._raw = path.open("rb", buffering=0)
        self.size, self.left = size, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = memoryview(buffer)[: self.left]
        got = self._raw.readinto(wanted) if wanted else 0
        self.left -= got or 0
        return got or 0

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Unpacked(io.RawIOBase):
    """What a packed file holds, piece by piece: what comes before the damage is given before the damage is told.

    A few MB can unpack to days of zeros: `packed` tells how much was read for what was given.
    """

    def __init__(self, stream: Any, packed: _Capped) -> None:
        self._stream = gzip.GzipFile(fileobj=stream)
        self._packed = packed
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read1(len(buffer))
        self._given += len(piece)
        if self._given > FIRST + MOST_TIMES * (self._packed.size - self._packed.left):
            raise gzip.BadGzipFile("it unpacks to far more than any text")
        buffer[: len(piece)] = piece
        return len(piece)


class _Recoded(io.RawIOBase):
    """Text of another encoding as UTF-8."""

    def __init__(self, stream: Any, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            raw = self._stream.read1(HEAD)
            self._ended = not raw
            self._ready = self._decoder.decode(raw, self._ended).encode("utf-8")
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


class Source:
    """A file to be read, perhaps several times, up to where it ended at first. OSError when it can't be opened, or is
    no file."""

    def __init__(self, path: Path, *, name: str = "", encoding: str = "") -> None:
        self.path, self.name = path, name or path.name
        found = path.stat()
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a directory")
        if not path.is_file():
            raise OSError(errno.EINVAL, "Not a regular file: it can be read only once")
        self.size = found.st_size
        self._capped: _Capped | None = None
        self.trouble: Broken | None = None
        self._packed, self._encoding = False, encoding
        self.head = self._look()

    def again(self) -> Source:
        """The same file, for a second reading while the first one is under way."""
        other = copy.copy(self)
        other._capped = None
        return other

    @property
    def done(self) -> int:
        """How many of its bytes the reading under way (or the last one) has passed."""
        return self.size - self._capped.left if self._capped else 0

    def _look(self) -> bytes:
        """The beginning, from which packing and encoding are told."""
        with self.path.open("rb") as plain:
            self._packed = plain.read(2) == GZIP
        head = self._beginning()
        if not self._encoding and (found := _encoding_of(head)):
            self._encoding = found
            head = self._beginning()
        self.trouble = self.trouble or _other_packing(head) or _binary(head)
        return head.removeprefix(BOM)

    def _beginning(self) -> bytes:
        """As much of it as can be read; what is wrong behind that is told when it comes to it."""
        found = b""
        try:
            with self.opened() as stream:
                while len(found) < HEAD and (piece := stream.read1(4096)):
                    found += piece
        except UnicodeDecodeError as error:
            if not found:
                self.trouble = Broken("wrong_encoding", f"the file is not {error.encoding}: {error.reason}", line=1)
        except DAMAGED:
            pass
        return found

    @contextmanager
    def opened(self) -> Iterator[io.BufferedReader]:
        """Its bytes from the beginning, unpacked, in UTF-8 as far as it says what it is in."""
        self._capped = _Capped(self.path, self.size)
        with self._capped as raw:
            stream: Any = io.BufferedReader(raw, HEAD)
            if self._packed:
                stream = io.BufferedReader(_Unpacked(stream, raw), HEAD)
            if self._encoding:
                stream = io.BufferedReader(_Recoded(stream, self._encoding), HEAD)
            yield stream

    @property
    def is_array(self) -> bool:
        return _ARRAY.match(self.head) is not None

    @property
    def is_json(self) -> bool:
        """Whether it is an array, or its first lines are objects, even where one of them is broken."""
        first = [line for line in self.head.split(b"\n") if line.strip()][:20]
        objects = sum(line.lstrip()[:1] == b"{" for line in first)
        return self.is_array or self.head.lstrip()[:1] == b"{" or 2 * objects >= len(first)

    def lines(self, *, blank: bool = False) -> Iterator[Line]:
        """Its filled lines, and the blank ones if asked for. One that ends too early ends with a fault."""
        number = 0
        try:
            with self.opened() as stream:
                while line := _next_line(stream, number := number + 1):
                    yield from (line,) if blank or line.fault or line.raw.strip() else ()
        except (*DAMAGED, UnicodeDecodeError) as error:
            yield cut_off(number, error)


def cut_off(number: int, error: Exception) -> Line:
    """What stands for the rest of a file that can't be read on."""
    if isinstance(error, UnicodeDecodeError):
        fault = Broken("wrong_encoding", f"from here on it is not {error.encoding}: {error.reason}")
    else:
        fault = Broken("file_cut", "the file is cut off or damaged from here on; what is whole before it is taken")
    return Line(number, b"", fault, last_and_cut=True, place=number)


def _next_line(stream: BinaryIO, number: int) -> Line | None:
    raw = stream.readline(LONGEST_LINE + 1)
    if not raw:
        return None
    if len(raw) > LONGEST_LINE:
        while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        return Line(number, b"", too_long(), place=number)
    kept = raw.removeprefix(BOM) if number == 1 else raw
    return Line(number, kept, last_and_cut=not raw.endswith(b"\n"), place=number)


def too_long() -> Broken:
    return Broken("line_too_long", f"it has more than {LONGEST_LINE // 1024**2} MiB")


def row_of(line: Line) -> Any:
    """What a line says; Broken when it is no JSON."""
    if line.fault:
        raise line.fault
    if line.row is not None:
        return line.row
    try:
        return orjson.loads(line.raw)
    except orjson.JSONDecodeError as error:
        raise Broken("bad_json", f"it is no JSON: {error}") from None


def _encoding_of(head: bytes) -> str:
    """The encoding that the first bytes tell, other than UTF-8."""
    for mark in sorted(_BOMS, key=len, reverse=True):
        if head.startswith(mark):
            return _BOMS[mark]
    first = head[:4]
    if len(first) == 4 and 0 not in (first[0], first[2]) and first[1] == first[3] == 0:
        return "utf-16-le"
    if len(first) == 4 and 0 not in (first[1], first[3]) and first[0] == first[2] == 0:
        return "utf-16-be"
    return ""


def _other_packing(head: bytes) -> Broken | None:
    for mark, what in _OTHER_PACKINGS.items():
        if head.startswith(mark):
            return Broken("wrong_packing", f"it is {what}: unpack it first; only gzip is unpacked here", line=1)
    return None


def _binary(head: bytes) -> Broken | None:
    if b"\0" in head[:1024] and head.lstrip()[:1] not in (b"{", b"["):
        return Broken("binary", "it holds NUL bytes: it is no text in UTF-8 or UTF-16", line=1)
    return None
