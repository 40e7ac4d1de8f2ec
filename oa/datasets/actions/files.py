"""Rows put aside while a file is read."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from typing import IO, Any

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
