"""The quick renderer writes what the framework's writes, byte for byte."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.exceptions import ErrorDetail
from rest_framework.renderers import JSONRenderer

from oa.core.renderers import FastJsonRenderer
from oa.tasks.rules import Kind

WORDS = gettext_lazy("German")


def both(data: Any, media_type: str = "application/json") -> tuple[bytes, bytes]:
    return FastJsonRenderer().render(data, media_type, {}), JSONRenderer().render(data, media_type, {})


@pytest.mark.parametrize(
    "data",
    [
        None, {}, [], "", 0, True, {"a": None, "b": [1, 2.5, -0.0, 1e22, 0.1]}, ("tu", "ple"),
        {"at": datetime(2026, 3, 1, 12, 0, 0, 1234, tzinfo=UTC), "whole": datetime(2026, 3, 1, tzinfo=UTC)},
        datetime(2026, 3, 1, tzinfo=ZoneInfo("UTC")), datetime(2026, 3, 1, tzinfo=ZoneInfo("Asia/Kolkata")),
        datetime(2026, 3, 1, 1, 2, 3, tzinfo=timezone(timedelta(hours=-3))), datetime(2026, 3, 1, 1, 2, 3),  # noqa: DTZ001 - what if
        date(2026, 3, 1), time(12, 30), timedelta(seconds=1.5), Decimal("0.25"), uuid.UUID(int=7),
        {Kind.INITIAL_PROMPT: Kind.LABEL_INITIAL_PROMPT}, {2: "two", None: "none", True: "yes"},
        mark_safe("<b>"), [ErrorDetail("wrong", code="bad")], b"bytes", {1, 2} - {1},
        "\u2028 and \u2029 and \x7f and \x00 and \U0001f600 and /", 2**80,
    ],
    ids=repr,
)  # fmt: skip
def test_it_writes_the_same(data: Any) -> None:
    quick, slow = both(data)

    assert quick == slow


def test_words_are_those_of_the_reader() -> None:
    with override("de"):
        assert both({"title": WORDS})[0] == b'{"title":"Deutsch"}'


def test_who_asks_for_indented_json_gets_it() -> None:
    quick, slow = both({"a": [1]}, "application/json; indent=4")

    assert quick == slow
    assert b"\n    " in quick


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_it_is_that_is_written(data: Any) -> None:
    quick, slow = both(data)

    assert quick == slow


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_the_same_numbers(number: float) -> None:
    assert orjson.loads(both(number)[0]) == number
