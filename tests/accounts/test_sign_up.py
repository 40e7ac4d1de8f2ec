"""Signing up and in stands outside the API framework, and answers just as calmly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from oa.accounts.models import User
from tests.races.crowd import granted, together

SIGN_UP, SIGN_IN = "/_allauth/browser/v1/auth/signup", "/_allauth/browser/v1/auth/login"
NEW = {"email": "new@example.org", "password": "correct horse battery"}


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    cache.clear()


def sign_up() -> tuple[int, str]:
    answer = Client(raise_request_exception=False).post(SIGN_UP, NEW, content_type="application/json")
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_sign_up_makes_one_account_and_no_error() -> None:
    acts: list[Callable[[], tuple[int, str]]] = [sign_up] * 4

    answers = granted(together(*acts))

    assert User.objects.filter(email="new@example.org").count() == 1
    assert max(status for status, _code in answers) < 500, answers


@pytest.mark.django_db
def test_a_body_nested_too_deep_is_refused() -> None:
    client = Client(raise_request_exception=False)

    answer = client.post(SIGN_IN, "[" * 100_000, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_request")
