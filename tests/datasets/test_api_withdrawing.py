"""Taking back and giving again over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.core.ids import new_id
from tests import builders as b

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


@pytest.fixture
def author() -> User:
    b.policy(embargo_days=0)
    return b.person("Wilma")


def test_a_message_is_taken_back_and_given_again(author: User, api_client_for: SignIn) -> None:
    client, prompt = api_client_for(author), b.plant(by=author)
    at = f"/api/v1/me/messages/{prompt.pk}"

    taken = client.post(f"{at}/withdraw")
    told = client.get(f"{at}/data-sets")
    given = client.post(f"{at}/give-back")

    assert [answer.status_code for answer in (taken, told, given)] == [200, 200, 200]
    assert taken.json() == told.json()
    assert (taken.json()["withdrawn"], taken.json()["held"]) == (True, "withdrawn")
    assert taken.json()["held_text"] == "taken back by its author"
    assert (given.json()["withdrawn"], given.json()["held"], given.json()["releases"]) == (False, "", [])


def test_what_is_not_mine_is_refused_in_words(author: User, api_client_for: SignIn) -> None:
    client, others = api_client_for(author), b.plant()

    refused = [
        client.post(f"/api/v1/me/messages/{others.pk}/withdraw"),
        client.get(f"/api/v1/me/messages/{others.pk}/data-sets"),
        client.post(f"/api/v1/me/messages/{new_id()}/give-back"),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [
        (403, "not_yours"), (403, "not_yours"), (404, "no_such_message"),
    ]  # fmt: skip


def test_everything_is_taken_back_and_given_again(author: User, api_client_for: SignIn) -> None:
    client, prompt = api_client_for(author), b.plant(by=author)

    taken = client.post("/api/v1/me/withdraw").json()
    assert taken["withdrew_at"] is not None
    assert client.post("/api/v1/me/withdraw").json() == taken
    assert client.get("/api/v1/me").json()["withdrew_at"] == taken["withdrew_at"]
    told = client.get(f"/api/v1/me/messages/{prompt.pk}/data-sets").json()
    assert (told["withdrew_all"], told["withdrawn"], told["held"]) == (True, False, "withdrawn")

    assert client.post("/api/v1/me/give-back").json() == {"withdrew_at": None}
    assert client.get("/api/v1/me").json()["withdrew_at"] is None


def test_contributions_say_what_is_taken_back(author: User, api_client_for: SignIn) -> None:
    client = api_client_for(author)
    prompt = b.growing()
    answer = b.answer(prompt, by=author)
    client.post(f"/api/v1/me/messages/{answer.pk}/withdraw")
    b.review(b.answer(prompt), by=author)

    rows = client.get("/api/v1/me/contributions").json()["results"]

    assert {row["kind"]: row["withdrawn"] for row in rows} == {"written": True, "reviewed": False}
