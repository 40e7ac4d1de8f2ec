"""Moments are read quickly, and are what the slow way gives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from psycopg import DataError
from psycopg.types.datetime import TimestamptzLoader

from oa.core.timestamps import UtcLoader

pytestmark = pytest.mark.django_db

MOMENTS = [
    "2023-02-12 19:06:16+00", "2023-02-12 19:06:16.5+00", "2023-02-12 19:06:16.000123+00", "0001-01-01 00:00:00+00",
    "9999-12-31 23:59:59.999999+00", "2023-02-12 19:06:16+05:30", "2023-02-12 19:06:16-08",
]  # fmt: skip


@pytest.mark.parametrize("written", MOMENTS)
def test_a_moment_is_that_of_the_slow_way(written: str) -> None:
    with connection.cursor() as cursor:
        quick = UtcLoader(0, cursor.connection).load(written.encode())
        slow = TimestamptzLoader(0, cursor.connection).load(written.encode())

    assert (quick, quick.tzinfo) == (slow, UTC)


def test_what_the_database_sends_is_read_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TimestamptzLoader, "load", None)  # who calls this fails

    with connection.cursor() as cursor:
        cursor.execute("SELECT '2024-05-06 07:08:09.01+02'::timestamptz")

        assert cursor.fetchone() == (datetime(2024, 5, 6, 5, 8, 9, 10_000, tzinfo=UTC),)


@pytest.mark.parametrize("beyond", ["infinity", "-infinity", "0044-03-15 BC"])
def test_what_no_calendar_of_ours_has_is_refused_as_ever(beyond: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DataError):
        cursor.execute("SELECT %s::timestamptz", [beyond]).fetchone()
