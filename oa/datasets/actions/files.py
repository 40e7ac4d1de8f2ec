"""Files of our own: rows put aside while a file is read, and writing so that no half file is seen."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import orjson

from oa.datasets.actions.sources import Line


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

    def left(self) -> Iterator[tuple[str, int]]:
        """The trees that still lie here, each with the line of its first row."""
        yield from ((tree, rows[0][0]) for tree, rows in self._places.items())

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
