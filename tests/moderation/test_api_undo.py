"""Marking, moving, leaving as it is and undoing over HTTP: what is asked, what is answered, and how often one looks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.moderation.rules import ReportReason
from oa.trees.models import Tree
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    builders.policy()


@pytest.fixture
def mo() -> User:
    return builders.moderator()


def post(person: User, path: str, **body: object) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(f"/api/v1/moderation/{path}", body, content_type="application/json")


def test_a_message_is_marked_as_spam_and_that_is_undone(mo: User) -> None:
    prompt = builders.plant()

    answer = post(mo, f"messages/{prompt.pk}/spam", why="An advert", reason="spam")

    assert answer.status_code == 201
    made = answer.json()
    assert (made["verb"], made["reason"], made["reason_text"]) == ("spam", "spam", "advertising or nonsense")
    assert (made["undoable"], made["undone_by"], made["undoes"], made["appeal"]) == (True, None, None, None)
    assert made["before"]["messages"] == {str(prompt.pk): {"review_result": None}}
    assert builders.fresh(prompt).review_result is False

    undone = post(mo, f"decisions/{made['id']}/undo", why="It is a poem").json()
    assert (undone["verb"], undone["undoes"], undone["why"], undone["undoable"]) == (
        "undo", made["id"], "It is a poem", False,
    )  # fmt: skip
    assert builders.fresh(prompt).review_result is None
    again = post(mo, f"decisions/{made['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "already_undone")


def test_a_tree_is_moved_to_another_language(mo: User) -> None:
    prompt = builders.plant()

    made = post(mo, f"trees/{prompt.pk}/move", lang="pt-br", why="Portuguese", reason="wrong_language")

    assert made.status_code == 201
    assert Tree.objects.get(pk=prompt.pk).lang == "pt-BR"
    assert made.json()["after"]["tree"] == {"lang": "pt-BR"}
    same, bad = (post(mo, f"trees/{prompt.pk}/move", lang=lang, why="…") for lang in ("pt-BR", "no such thing"))
    assert (same.status_code, same.json()["code"]) == (409, "same_language")
    assert (bad.status_code, bad.json()["code"]) == (422, "unknown_language")


def test_a_reported_message_is_left_as_it_is(mo: User) -> None:
    prompt = builders.plant()
    nothing = post(mo, f"messages/{prompt.pk}/dismiss", why="Fine")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_dismiss")
    moderation.report(
        message_id=prompt.pk, reason=ReportReason.HATE, note="", by=builders.person(), now=timezone.now()
    )  # fmt: skip

    made = post(mo, f"messages/{prompt.pk}/dismiss", why="Fine", reason="harmless")

    assert (made.status_code, made.json()["verb"]) == (201, "dismiss")


def test_who_was_later_is_named(mo: User) -> None:
    prompt = builders.plant()
    first = post(mo, f"messages/{prompt.pk}/spam", why="…").json()
    later = post(mo, f"messages/{prompt.pk}/delete", why="…").json()

    refused = post(mo, f"decisions/{first['id']}/undo")

    assert refused.status_code == 409
    told = refused.json()
    assert (told["code"], told["decision"], told["verb"]) == ("decided_since", later["id"], "delete")


@pytest.mark.parametrize("verb", ["delete", "spam", "edit"])
def test_a_reason_is_one_of_those_there_are(mo: User, verb: str) -> None:
    prompt = builders.plant()

    bad = post(mo, f"messages/{prompt.pk}/{verb}", why="…", reason="because", text="Other words")
    good = post(mo, f"messages/{prompt.pk}/{verb}", why="…", reason="personal_data", text="Other words")

    assert (bad.status_code, good.status_code, good.json()["reason"]) == (422, 201, "personal_data")


def test_a_page_of_decisions_takes_as_many_statements_undone_or_not(mo: User) -> None:
    client = Client()
    client.force_login(mo)
    counted = []
    for number in (1, 4):
        for _ in range(number):
            reply = builders.answer(builders.growing())
            made = moderation.delete_message(message_id=reply.pk, why="", by=mo, now=timezone.now())
            moderation.undo(decision_id=made.pk, by=mo, now=timezone.now())
        with CaptureQueriesContext(connection) as statements:
            page = client.get("/api/v1/moderation/decisions").json()
        counted.append(len(statements))
    assert {row["undone_by"] is None for row in page["results"]} == {True, False}
    assert counted[0] == counted[1]
    assert Decision.objects.count() == 10
