"""Three packings of the same rows: the same content, the same bytes each time, never half a file."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import orjson
import pyarrow.parquet as pq
import pytest

from oa.datasets.actions import parquet
from oa.datasets.actions.packing import Packing, Sum, packed_chunks, packed_file, packed_stream
from oa.datasets.actions.parquet import arrow_schema_of
from oa.datasets.rules.forms import Form, Kind, Row, Schema, columns_of
from tests.datasets.files import without_nulls
from tests.datasets.forms import conversations, dress, rows_of

EVERY_FORM = pytest.mark.parametrize("form", list(Form))
EVERY_PACKING = pytest.mark.parametrize("packing", list(Packing))
COLUMNS: Schema = {"number": Kind.INTEGER, "text": Kind.TEXT, "any": Kind.JSON}


def packed(folder: Path, form: Form, packing: Packing) -> tuple[Path, Sum]:
    path = folder / f"{form}.{packing}"
    with packed_file(path, packing, columns_of(form, dress())) as file:
        for row in rows_of(form, conversations(), dress()):
            file.put(row)
    return path, file.sum()


def read(path: Path, columns: Schema) -> list[Row]:
    """The rows of a file by readers that are not ours, without nulls."""
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
        for row in rows:
            row |= {name: json.loads(row[name]) for name in columns if columns[name] is Kind.JSON and row[name]}
        return [without_nulls(row) for row in rows]
    opened = gzip.open(path) if path.suffix == ".gz" else path.open("rb")
    with opened as stream:
        return [without_nulls(json.loads(line)) for line in stream]


@EVERY_FORM
def test_all_packings_hold_the_same(form: Form, tmp_path: Path) -> None:
    expected = [without_nulls(row) for row in rows_of(form, conversations(), dress())]

    for packing in Packing:
        path, told = packed(tmp_path, form, packing)
        assert read(path, columns_of(form, dress())) == expected
        assert told.rows == len(expected)


@EVERY_FORM
def test_parquet_and_json_lines_have_the_same_columns_in_the_same_order(form: Form, tmp_path: Path) -> None:
    path, _sum = packed(tmp_path, form, Packing.PARQUET)

    assert pq.read_schema(path).names == list(columns_of(form, dress()))


@EVERY_PACKING
def test_the_sum_is_that_of_the_bytes_on_disk(packing: Packing, tmp_path: Path) -> None:
    path, told = packed(tmp_path, Form.MESSAGES, packing)

    raw = path.read_bytes()
    assert (told.bytes, told.sha256) == (len(raw), hashlib.sha256(raw).hexdigest())


@EVERY_PACKING
def test_the_same_rows_make_the_same_bytes_also_as_a_stream(packing: Packing, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    first, _sum = packed(tmp_path, Form.HF, packing)
    second, _sum = packed(tmp_path / "again", Form.HF, packing)
    rows = rows_of(Form.HF, conversations(), dress())

    streamed = b"".join(packed_chunks(rows, packing, columns_of(Form.HF, dress())))

    assert first.read_bytes() == second.read_bytes() == streamed


@EVERY_PACKING
def test_a_file_that_fails_leaves_the_old_one_and_no_half_one(packing: Packing, tmp_path: Path) -> None:
    out = tmp_path / f"rows.{packing}"
    out.write_text("the old one")

    with pytest.raises(OSError, match="no space"), packed_file(out, packing, COLUMNS) as file:
        file.put({"number": 1})
        raise OSError("no space left")

    assert (out.read_text(), list(tmp_path.iterdir())) == ("the old one", [out])


@EVERY_PACKING
def test_no_rows_make_a_file_too(packing: Packing, tmp_path: Path) -> None:
    out = tmp_path / f"rows.{packing}"

    with packed_file(out, packing, COLUMNS) as file:
        pass

    assert file.sum().rows == 0
    assert read(out, COLUMNS) == []


@pytest.mark.parametrize(
    ("name", "packing"),
    [
        ("a.jsonl", Packing.JSONL), ("a.jsonl.gz", Packing.JSONL_GZ), ("a.parquet", Packing.PARQUET),
        ("-", Packing.JSONL), ("trees", Packing.JSONL), ("a.json.gz", Packing.JSONL_GZ),
    ],
)  # fmt: skip
def test_the_name_of_a_file_says_how_it_is_packed(name: str, packing: Packing) -> None:
    assert Packing.of(name) is packing


def test_lines_are_compact_utf_8_and_on_demand_as_the_original_writes_them(tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"

    with packed_file(out, Packing.JSONL, COLUMNS) as file:
        file.put({"number": 1, "text": "Grün"})
    assert out.read_text(encoding="utf-8") == '{"number":1,"text":"Grün"}\n'

    with packed_file(out, Packing.JSONL, COLUMNS, escaped=True) as file:
        file.put({"number": 1, "text": "Grün"})
    assert out.read_bytes() == b'{"number": 1, "text": "Gr\\u00fcn"}\n'


def test_a_packed_file_holds_no_time_and_no_name(tmp_path: Path) -> None:
    path, _sum = packed(tmp_path, Form.SFT, Packing.JSONL_GZ)

    header = path.read_bytes()[:10]
    assert header[:4] == b"\x1f\x8b\x08\x00", "no flags: no name"
    assert header[4:8] == b"\x00" * 4, "no time"


@pytest.mark.parametrize(("limit", "at"), [("ROWS_IN_GROUP", 10), ("BYTES_IN_GROUP", 400)])
def test_rows_are_let_go_group_by_group(limit: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, limit, at)
    out = tmp_path / "rows.parquet"

    with packed_file(out, Packing.PARQUET, COLUMNS) as file:
        for number in range(100):
            file.put({"number": number, "text": "x" * 10, "any": {"a": number}})

    told = pq.ParquetFile(out).metadata
    groups = [told.row_group(index).num_rows for index in range(told.num_row_groups)]
    assert sum(groups) == 100
    assert max(groups) <= 10
    assert told.row_group(0).column(0).compression == "ZSTD"


@EVERY_PACKING
def test_a_stream_gives_bytes_before_the_last_row_came(packing: Packing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_IN_GROUP", 10)
    taken = 0

    def rows() -> Iterator[Row]:
        nonlocal taken
        for taken in range(20_000):
            # Texts that can't be packed small, so that buffers fill.
            yield {"number": taken, "text": hashlib.sha256(str(taken).encode()).hexdigest(), "any": None}

    stream = packed_chunks(rows(), packing, COLUMNS)
    next(stream)

    assert taken < 19_999
    assert b"".join(stream)


def test_objects_of_no_fixed_shape_are_json_for_readers_that_know_the_type(tmp_path: Path) -> None:
    path, _sum = packed(tmp_path, Form.MESSAGES, Packing.PARQUET)

    labels = pq.ParquetFile(path).schema.column(list(columns_of(Form.MESSAGES, dress())).index("labels"))
    assert (labels.logical_type.type, labels.physical_type) == ("JSON", "BYTE_ARRAY")
    assert arrow_schema_of(COLUMNS).field("any").type.extension_name == "arrow.json"


def test_floats_come_back_to_the_last_digit(tmp_path: Path) -> None:
    value: Any = 0.1 + 0.2
    columns: Schema = {"number": Kind.NUMBER, "any": Kind.JSON}

    for packing in Packing:
        path = tmp_path / f"rows.{packing}"
        with packed_file(path, packing, columns) as file:
            file.put({"number": value, "any": {"x": value}})
        assert read(path, columns) == [{"number": value, "any": {"x": value}}]
    assert orjson.dumps(value) == b"0.30000000000000004"


@EVERY_PACKING
def test_whoever_stops_reading_a_stream_leaves_nothing_open(packing: Packing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_IN_GROUP", 1)
    rows = ({"number": number, "text": "x" * 300_000, "any": None} for number in range(3))
    stream = packed_chunks(rows, packing, COLUMNS)
    next(stream)

    cast(Generator[bytes, None, None], stream).close()

    assert list(stream) == []


@EVERY_PACKING
def test_a_full_disk_is_told_as_such(packing: Packing) -> None:
    rows = [{"number": number, "text": hashlib.sha256(str(number).encode()).hexdigest()} for number in range(9)]

    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError, match="No space left"):
        with packed_stream(full, packing, COLUMNS) as file:
            for row in rows:
                file.put(row)


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(pipe.read_bytes)
        with packed_file(pipe, Packing.JSONL, COLUMNS) as file:
            file.put({"number": 1})

    assert reading.result() == b'{"number":1}\n'
    assert pipe.is_fifo()


def test_a_file_has_the_rights_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()

    with packed_file(tmp_path / "rows.jsonl", Packing.JSONL, COLUMNS):
        pass

    assert (tmp_path / "rows.jsonl").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_row_with_a_column_that_was_not_promised_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="unexpected field"),
        packed_file(tmp_path / "a.parquet", Packing.PARQUET, COLUMNS) as f,
    ):
        f.put({"number": 1, "surprise": 2})

    assert list(tmp_path.iterdir()) == []


def test_texts_of_all_kinds_come_back_from_parquet(tmp_path: Path) -> None:
    texts = [
        "",
        " ",
        "2026-03-01",
        "2026-03-01T10:00:00",
        "null",
        "1",
        "a\nb\r\n\tc",
        '"\\',
        "\u2028\x7f\x01",
        "🐈‍⬛",
        "e\u0301",
    ]
    path = tmp_path / "rows.parquet"

    with packed_file(path, Packing.PARQUET, COLUMNS) as file:
        for text in texts:
            file.put({"number": None, "text": text, "any": {text: text}})

    assert [row["text"] for row in read(path, COLUMNS)] == texts
    assert [row["any"] for row in read(path, COLUMNS)] == [{text: text} for text in texts]
