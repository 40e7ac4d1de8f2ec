"""How dates are written: with microseconds, always, so that no reader takes them for something else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import json as arrow_json

from oa.datasets.rules.forms.oasst import written_date

WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d")


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_date_is_written_with_microseconds_and_means_the_same(date: datetime) -> None:
    written = written_date(date)

    assert WRITTEN.fullmatch(written)
    assert datetime.fromisoformat(written) == date
    assert written == date.isoformat(timespec="microseconds")


def test_a_date_of_another_zone_keeps_its_offset() -> None:
    date = datetime(2026, 3, 1, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))

    assert written_date(date) == "2026-03-01T12:00:00.000005+02:00"


def test_readers_that_guess_types_leave_dates_as_they_are() -> None:
    whole = datetime(2026, 3, 1, tzinfo=UTC)

    def guessed(text: str) -> pa.DataType:
        return arrow_json.read_json(pa.BufferReader(orjson.dumps({"date": text}))).schema.field("date").type

    assert guessed(written_date(whole)) == pa.string()
    assert guessed(whole.isoformat()) != pa.string(), "why microseconds are always there"
