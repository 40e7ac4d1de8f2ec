"""People report messages; moderators see what is open first and decide."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oa.accounts.models import User
from oa.moderation.models import Decision, Report
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    b.policy()


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(person: User, path: str, **body: object) -> Any:
    return client_of(person).post(f"/api/v1/{path}", body, content_type="application/json")


def report(message_id: object, *, by: User | None = None, reason: str = "spam", note: str = "") -> Any:
    return send(by or b.person(), f"messages/{message_id}/reports", reason=reason, note=note)


def listed(**query: str) -> Any:
    answer = client_of(b.moderator()).get("/api/v1/moderation/reports", query)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_a_message_is_reported_and_moderators_see_what_they_need() -> None:
    author, me = b.person(), b.person()
    message = b.plant(by=author, text="Call me: 555-0100")

    answer = report(message.pk, by=me, reason="personal_data", note="A telephone number")

    assert answer.status_code == 201
    assert (answer.json()["reason"], answer.json()["note"]) == ("personal_data", "A telephone number")
    assert sorted(answer.json()) == ["at", "id", "note", "reason"]
    (seen,) = listed()
    assert (seen["by"]["id"], seen["author"]["id"]) == (str(me.pk), str(author.pk))
    assert (seen["message_id"], seen["tree_id"]) == (str(message.pk), str(message.tree_id))
    assert (seen["text"], seen["handled_at"]) == ("Call me: 555-0100", None)


def test_reporting_again_replaces_what_one_said() -> None:
    message, me = b.plant(), b.person()
    first = report(message.pk, by=me)

    again = report(message.pk, by=me, reason="hate", note="On second thoughts")

    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert Report.objects.get().reason == "hate"
    assert report(message.pk).status_code == 201  # somebody else's is another one


def test_what_can_not_be_reported() -> None:
    me = b.person()
    own, gone = b.plant(by=me), b.plant()
    send(b.moderator(), f"moderation/messages/{gone.pk}/delete", why="Spam")

    mine = report(own.pk, by=me)
    assert (mine.status_code, mine.json()["code"]) == (403, "own_message")
    removed = report(gone.pk)
    assert (removed.status_code, removed.json()["code"]) == (410, "message_is_gone")
    assert report("0198c0de-0000-7000-8000-000000000000").status_code == 404
    assert report(b.plant().pk, reason="boring").status_code == 422
    assert report(b.plant().pk, note="x" * 1001).status_code == 422
    assert not Report.objects.exists()


def test_deleting_or_editing_the_message_closes_its_reports_and_those_below() -> None:
    prompt, other = b.growing(), b.plant()
    reply = b.answer(prompt)
    for message in (prompt, reply, other):
        report(message.pk)
    mo = b.moderator()

    send(mo, f"moderation/messages/{prompt.pk}/delete", why="Spam")
    assert [line["message_id"] for line in listed(open="true")] == [str(other.pk)]
    send(mo, f"moderation/messages/{other.pk}/edit", why="A name", text="Better")
    assert listed(open="true") == []
    assert len(listed(open="false")) == 3


def test_a_report_is_dismissed_with_a_reason_once() -> None:
    message, mo = b.plant(), b.moderator()
    number = report(message.pk).json()["id"]

    assert send(mo, f"moderation/reports/{number}/dismiss", why="Harmless").status_code == 201
    again = send(mo, f"moderation/reports/{number}/dismiss", why="Harmless")

    assert (again.status_code, again.json()["code"]) == (409, "already_closed")
    decision = Decision.objects.get()
    assert (decision.verb, decision.message, decision.details["report"]) == ("dismiss", message, number)


def test_open_ones_come_first_and_pages_go_on_from_there() -> None:
    numbers = [report(b.plant().pk).json()["id"] for _ in range(3)]
    mo = client_of(b.moderator())
    mo.post(f"/api/v1/moderation/reports/{numbers[2]}/dismiss", {"why": "Fine"}, content_type="application/json")
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = mo.get("/api/v1/moderation/reports", {"limit": "1", "cursor": cursor}).json()
        seen += [line["id"] for line in page["results"]]
        cursor = page["next_cursor"]

    assert seen == [numbers[1], numbers[0], numbers[2]]


def test_a_page_takes_as_many_statements_however_full_it_is() -> None:
    mo, taken = client_of(b.moderator()), []
    for _ in range(2):
        report(b.plant().pk)
        with CaptureQueriesContext(connection) as queries:
            mo.get("/api/v1/moderation/reports")
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 4


def test_moderators_close_reports_in_the_admin_too() -> None:
    number = report(b.plant().pk).json()["id"]
    mo = client_of(b.moderator())
    where = reverse("admin:moderation_report_changelist")

    assert mo.get(where).status_code == 200
    mo.post(where, {"action": "dismiss", "why": "Harmless", "_selected_action": [number]})

    assert Report.objects.get().handled_at is not None
