"""A small file that unpacks to far more than any text is given up soon, with what is whole before it."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from oa.datasets.actions.sources import FIRST, Source

SECONDS = 60.0


@pytest.mark.parametrize("filling", [b"\0", b" ", b"[" * 9], ids=["nul", "blanks", "brackets"])
def test_what_unpacks_without_end_ends(filling: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with path.open("wb") as stream, gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=9) as packed:
        packed.write(b'{"text": "Whole"}\n')
        piece = filling * (1024 * 1024 // len(filling))
        for _ in range(150):
            packed.write(piece)
    began = time.monotonic()

    lines = list(Source(path).lines())

    assert lines[0].raw == b'{"text": "Whole"}\n'
    assert lines[-1].fault is not None
    assert lines[-1].fault.code == "file_cut"
    assert time.monotonic() - began < SECONDS


def test_what_is_only_well_packed_is_read_to_its_end(tmp_path: Path) -> None:
    path, number = tmp_path / "well.jsonl.gz", 2 * FIRST // 200
    with gzip.open(path, "wb") as packed:
        packed.writelines(b'{"text": "%d: %s"}\n' % (line, b"The same words. " * 12) for line in range(number))

    lines = list(Source(path).lines())

    assert len(lines) == number
    assert not any(line.fault for line in lines)
