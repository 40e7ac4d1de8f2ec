"""Messages over HTTP: lists, conversations, histories."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.trees.models import Message
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    builders.policy()


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen(person: User, path: str, **asked: Any) -> Any:
    answer = browser_of(person).get(f"/api/v1/{path}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def delete(message: Message) -> None:
    moderation.delete_message(message_id=message.pk, why="Rude", by=builders.moderator(), now=builders.NOW)


def test_messages_are_found_by_what_they_are() -> None:
    me = builders.person()
    root = builders.growing()
    mine = builders.accepted_answer(root, by=me)
    pending = builders.answer(root)
    german = builders.plant(lang="de")
    rejected = builders.review_to_end(builders.plant(), spam=1)

    def found(**asked: object) -> set[str]:
        return {message["id"] for message in seen(me, "messages", **asked)["results"]}

    assert found() == {str(m.pk) for m in (root, mine, pending, german, rejected)}
    assert found(role="assistant") == {str(mine.pk), str(pending.pk)}
    assert found(lang="de") == {str(german.pk)}
    assert found(mine="true") == {str(mine.pk)}
    assert found(review_result="false") == {str(rejected.pk)}
    assert found(review_result="null") == {str(pending.pk), str(german.pk)}
    assert found(state="growing", review_result="true") == {str(root.pk), str(mine.pk)}


def test_only_moderators_find_deleted_messages() -> None:
    message = builders.plant()
    delete(message)
    volunteer = builders.person()

    assert seen(volunteer, "messages")["results"] == []
    answer = browser_of(volunteer).get("/api/v1/messages", {"deleted": "true"})
    assert (answer.status_code, answer.json()["code"]) == (403, "moderators_only")
    found = seen(builders.moderator(), "messages", deleted="true")["results"]
    assert [row["text"] for row in found] == [message.text]


def test_messages_without_a_date_stand_on_some_page_too() -> None:
    made = {str(builders.plant().pk) for _ in range(4)}
    Message.objects.filter(pk__in=list(made)[:2]).update(created_date=None)
    me = builders.person()
    found: list[str] = []
    cursor: str | None = ""

    while cursor is not None:
        page = seen(me, "messages", limit=1, **({"cursor": cursor} if cursor else {}))
        found += [message["id"] for message in page["results"]]
        cursor = page["next_cursor"]

    assert sorted(found) == sorted(made)


def test_a_thread_leads_from_the_prompt_to_the_message() -> None:
    root = builders.growing()
    reply = builders.answer(root)
    builders.answer(root)

    thread = seen(builders.person(), f"messages/{reply.pk}/thread")

    assert thread["tree_id"] == str(root.pk)
    assert [message["id"] for message in thread["messages"]] == [str(root.pk), str(reply.pk)]


def test_the_history_has_every_text_and_who_changed_it() -> None:
    message, mo = builders.plant(text="Furst"), builders.moderator()
    moderation.edit_message(message_id=message.pk, text="First", why="Spelling", by=mo, now=builders.NOW)

    history = seen(mo, f"messages/{message.pk}/history")

    assert (history["text"], history["version"]) == ("First", 2)
    assert [(r["version"], r["text"], r["why"], r["by"]["id"]) for r in history["revisions"]] == [
        (1, "Furst", "Spelling", str(mo.pk))
    ]


def test_a_page_of_messages_takes_as_many_statements_however_full_it_is() -> None:
    client = browser_of(builders.moderator())
    taken = []
    for _ in range(2):
        builders.ready()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/v1/messages").status_code == 200
        taken.append(len(queries))

    assert taken == [3, 3]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("messages/00000000-0000-7000-8000-000000000000", 404, "no_such_message"),
        ("messages/00000000-0000-7000-8000-000000000000/thread", 404, "no_such_message"),
        ("messages/1", 404, "no_such_path"),
        ("messages?role=narrator", 422, "invalid_input"),
        ("messages?state=blooming", 422, "invalid_input"),
        ("messages?review_result=maybe", 422, "invalid_input"),
        ("messages?cursor=bm9uc2Vuc2U", 422, "bad_cursor"),
    ],
)
def test_bad_questions_are_refused_with_a_code(path: str, status: int, code: str) -> None:
    answer = browser_of(builders.person()).get(f"/api/v1/{path}")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
