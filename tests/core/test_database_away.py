"""While the database is away, the API says so and when to come back, rather than that it is broken."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError

from oa.core.problems import exception_handler


@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), InterfaceError("is closed")])
def test_who_asks_is_told_to_try_again(error: Exception) -> None:
    answer = exception_handler(error, {})

    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (503, "try_again")
    assert int(answer["Retry-After"]) >= 1


def test_a_bug_is_still_a_bug() -> None:
    assert exception_handler(ZeroDivisionError(), {}) is None
