"""Rows as Parquet: Arrow's schema of a form's columns, and groups of rows of bounded size."""

from __future__ import annotations

import io

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import json as arrow_json

from oa.datasets.actions.packing import json_of
from oa.datasets.rules.forms import Kind, Row, Schema, Type

# A group of rows is written when it has this many rows or this much JSON: readers hold one group at a time, so do we.
ROWS_IN_GROUP = 10_000
BYTES_IN_GROUP = 4 * 1024 * 1024


class ParquetRows:
    """Rows gathered into groups of bounded size, each packed with Zstandard.

    They wait as JSON, which Arrow reads into columns of given types by itself. To hand it Python's
    values would take twice the time, and 50 MB for the pandas it then looks for.
    """

    def __init__(self, stream: io.RawIOBase, columns: Schema) -> None:
        self._texts = [name for name, column in columns.items() if column is Kind.JSON]
        self._schema = arrow_schema_of(columns)
        self._read_as = arrow_json.ParseOptions(
            explicit_schema=arrow_schema_of(columns, any_object=pa.string()), unexpected_field_behavior="error"
        )
        self._file = pq.ParquetWriter(stream, self._schema, compression="zstd")
        self._lines = bytearray()
        self._rows = 0

    def put(self, row: Row) -> None:
        self._lines += orjson.dumps(self._with_texts(row) if self._texts else row, option=orjson.OPT_APPEND_NEWLINE)
        self._rows += 1
        if self._rows >= ROWS_IN_GROUP or len(self._lines) >= BYTES_IN_GROUP:
            self._write_group()

    def _with_texts(self, row: Row) -> Row:
        texts = {name: json_of(row[name]).decode() for name in self._texts if row.get(name) is not None}
        return row | texts

    def _write_group(self) -> None:
        whole = arrow_json.ReadOptions(use_threads=False, block_size=len(self._lines) + 1)
        table = arrow_json.read_json(pa.BufferReader(self._lines), whole, self._read_as)
        self._file.write_table(table.cast(self._schema))
        self._lines = bytearray()
        self._rows = 0

    def close(self) -> None:
        if self._rows:
            self._write_group()
        self._file.close()


def arrow_schema_of(columns: Schema, any_object: pa.DataType | None = None) -> pa.Schema:
    """The Arrow schema of a form's columns. `any_object`: what objects of no fixed shape are, else Arrow's JSON."""
    json = any_object or pa.json_()
    return pa.schema([(name, _arrow_type(column, json)) for name, column in columns.items()])


def _arrow_type(column: Type, json: pa.DataType) -> pa.DataType:
    if isinstance(column, Kind):
        return json if column is Kind.JSON else pa.type_for_alias(column.value)
    if isinstance(column, list):
        return pa.list_(_arrow_type(column[0], json))
    return pa.struct([(name, _arrow_type(inner, json)) for name, inner in column.items()])
