"""While the database is away, the API says so and when to come back, rather than that it is broken."""

from __future__ import annotations

import pytest
from django.core.handlers.exception import response_for_exception
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from oa.core.problems import exception_handler


@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), InterfaceError("is closed")])
def test_who_asks_is_told_to_try_again(error: Exception) -> None:
    answer = exception_handler(error, {})

    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (503, "try_again")
    assert int(answer["Retry-After"]) >= 1


def test_a_bug_is_still_a_bug() -> None:
    assert exception_handler(ZeroDivisionError(), {}) is None


@pytest.mark.parametrize(("error", "status"), [(OperationalError("is closed"), 503), (ZeroDivisionError(), 500)])
def test_outside_the_api_framework_it_is_the_same(rf: RequestFactory, error: Exception, status: int) -> None:
    try:
        raise error
    except type(error) as raised:
        answer = response_for_exception(rf.get("/api/v1/me"), raised)

    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) is (status == 503)
