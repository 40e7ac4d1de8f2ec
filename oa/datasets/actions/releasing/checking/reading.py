"""Reading files of a release back as anybody could, row by row, and their bytes."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from oa.datasets.rules.forms import Form, Kind, Row, columns_of
from oa.datasets.rules.releases import PLAIN

ROWS_AT_ONCE = 200
BYTES_AT_ONCE = 1024 * 1024
# What a damaged file can make a reader say.
DAMAGED = (OSError, EOFError, zlib.error, orjson.JSONDecodeError, pa.ArrowException, UnicodeDecodeError)


def rows_in(path: Path, form: Form, packing: str) -> Iterator[Row]:
    """The rows of a file; one of DAMAGED where it can't be read."""
    if packing == "parquet":
        yield from _rows_of_columns(path, form)
        return
    with gzip.open(path) if packing == "jsonl.gz" else path.open("rb") as stream:
        for line in stream:
            yield orjson.loads(line)


def _rows_of_columns(path: Path, form: Form) -> Iterator[Row]:
    as_text = [name for name, kind in columns_of(form, PLAIN).items() if kind is Kind.JSON]
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
            for row in batch.to_pylist():
                yield row | {name: orjson.loads(row[name]) for name in as_text if row.get(name) is not None}


def sum_of(path: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while piece := stream.read(BYTES_AT_ONCE):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()
