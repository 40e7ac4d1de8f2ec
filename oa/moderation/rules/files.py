"""The log as a file: a table for spreadsheets, or one JSON object a line. In the words of the API, in no language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

COLUMNS = (
    "id", "at", "verb", "reason", "why", "by_id", "by_name", "person_id", "person_name", "message_id", "tree_id",
    "batch_id", "undoes_id", "undone_by_id", "before", "after", "details",
)  # fmt: skip

# Spreadsheets work out cells that begin so, whoever wrote them.
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_json_line(row: Mapping[str, Any]) -> bytes:
    """One decision as an object; what is missing is null."""
    return orjson.dumps({name: row[name] for name in COLUMNS}, option=orjson.OPT_APPEND_NEWLINE)


def csv_head() -> bytes:
    """The names of the columns, in UTF-8 with the mark by which spreadsheets know it."""
    return b"\xef\xbb\xbf" + _line(COLUMNS)


def as_csv_line(row: Mapping[str, Any]) -> bytes:
    """One decision as a line of a table; what is missing is empty, and nothing in it is worked out as a formula."""
    return _line([_cell(row[name]) for name in COLUMNS])


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = orjson.dumps(value).decode() if isinstance(value, dict) else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_BEGIN_FORMULAS) else text


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode()
