"""The admin has a door of its own. It is no way round what guards the other one."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    cache.clear()


def knock(client: Client, password: str) -> HttpResponse:
    sent = {"username": "mona@example.org", "password": password, "next": "/admin/"}
    return client.post(reverse("admin:login"), sent)  # type: ignore[return-value]  # a subclass of tests


def test_moderators_come_in_with_their_password(client: Client, cast: Cast) -> None:
    assert knock(client, "correct horse battery").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_others_do_not(client: Client, cast: Cast) -> None:
    sent = {"username": "alice@example.org", "password": "correct horse battery", "next": "/admin/"}

    assert client.post(reverse("admin:login"), sent).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_a_password_cannot_be_guessed_by_trying(client: Client, cast: Cast) -> None:
    for attempt in range(10):
        assert knock(client, f"guess {attempt}").status_code == 200

    answer = knock(client, "correct horse battery")

    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.content.decode()


def test_who_has_a_second_factor_is_not_let_in_without_it(client: Client, cast: Cast) -> None:
    Authenticator.objects.create(user=cast.mona, type=Authenticator.Type.TOTP, data={"secret": "x"})

    answer = knock(client, "correct horse battery")

    assert answer.status_code == 200
    assert "second factor" in answer.content.decode()
    assert client.get("/admin/").status_code == 302
