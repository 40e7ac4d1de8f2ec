"""How refusals read over HTTP."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory, override_settings
from rest_framework import exceptions

from oa.core import problems
from oa.core.errors import Conflict, Forbidden, Gone, Invalid, Missing, Refusal, TooMany


@pytest.mark.parametrize(
    ("kind", "status"), [(Invalid, 422), (Forbidden, 403), (Missing, 404), (Conflict, 409), (Gone, 410), (TooMany, 429)]
)
def test_every_sort_of_refusal_has_its_status(kind: type[Refusal], status: int) -> None:
    answer = problems.exception_handler(kind("some_code", "A cause.", remedy="A remedy.", limit=3), {})

    assert answer is not None
    assert answer.status_code == answer.data["status"] == status
    assert answer.data["type"] == "urn:oa:problem:some_code"
    assert {name: answer.data[name] for name in ("code", "detail", "remedy", "limit")} == {
        "code": "some_code", "detail": "A cause.", "remedy": "A remedy.", "limit": 3,
    }  # fmt: skip


def test_no_sort_of_refusal_was_forgotten() -> None:
    assert set(problems.STATUS) == set(Refusal.__subclasses__())


def test_extra_facts_never_hide_what_every_problem_says() -> None:
    refusal = Conflict("task_closed", "It is closed.", status="done")

    assert problems.problem_of(refusal)["status"] == 409


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (RequestDataTooBig(), 413, "body_too_large"),
        (SuspiciousOperation(), 400, "malformed_body"),
        (exceptions.Throttled(wait=3), 429, "too_many_requests"),
        (exceptions.ValidationError({"text": ["Too long."]}), 422, "invalid_input"),
    ],
)
def test_what_the_framework_refuses_reads_the_same(error: Exception, status: int, code: str) -> None:
    answer = problems.exception_handler(error, {})

    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (status, code)


def test_waiting_is_said_in_the_header_too() -> None:
    answer = problems.exception_handler(TooMany("slow_down", "Slow down.", retry_after=7.2), {})

    assert answer is not None
    assert answer["Retry-After"] == "8"


def test_a_bug_is_not_dressed_up_as_a_refusal() -> None:
    assert problems.exception_handler(ZeroDivisionError(), {}) is None


def test_a_bug_is_answered_without_its_details() -> None:
    answer = problems.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert b"Traceback" not in answer.content


def test_an_address_nobody_answers_for_is_a_problem_too() -> None:
    answer = Client().get("/api/v1/nothing/")

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_path")
    assert answer["Content-Type"] == "application/problem+json"


@override_settings(ALLOWED_HOSTS=["oa.example.org"])
def test_a_request_django_cannot_place_is_a_problem_too() -> None:
    answer = Client().get("/api/v1/terms", headers={"host": "elsewhere.example.org"})

    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed_request"


def test_the_page_of_the_docs_asks_nobody_else_for_anything() -> None:
    page = Client().get("/api/v1/docs")

    assert page.status_code == 200
    assert b"http://" not in page.content and b"https://" not in page.content
    assert b"swagger-ui-bundle.js" in page.content
