"""Moderators see over HTTP what to look at first, look, and take looks back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.moderation.rules import ReportReason, Triage
from oa.trees.models import Message
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    b.policy(num_reviews_initial_prompt=4, toxicity_hides=True)


@pytest.fixture
def mo() -> Client:
    return client_of(b.moderator())


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def listed(client: Client, kind: str, **query: str | int) -> Any:
    answer = client.get("/api/v1/moderation/triage", {"kind": kind, **query})
    assert answer.status_code == 200, answer.content
    return answer.json()


def ids(page: Any) -> list[str]:
    return [line["message"]["id"] for line in page["results"]]


def send(client: Client, path: str, **body: object) -> Any:
    return client.post(f"/api/v1/moderation/triage/{path}", body, content_type="application/json")


def test_a_line_says_what_machine_and_people_say_and_who_wrote_what(mo: Client) -> None:
    author = b.person()
    message = b.scored(b.plant(by=author, text="A rude text"), 0.8, insult=0.9)
    for value in (0.5, 1.0):
        b.review(message, toxicity=value, violence=0)
    moderation.report(message_id=message.pk, reason=ReportReason.HATE, note="", by=b.person(), now=b.NOW)

    (line,) = listed(mo, "both_high")["results"]

    assert line.pop("scores") == {
        "toxicity": 0.8, "severe_toxicity": 0, "obscene": 0, "identity_attack": 0, "insult": 0.9, "threat": 0,
        "sexual_explicit": 0,
    }  # fmt: skip
    told = line.pop("message")
    assert line == {
        "peak": 0.9, "peak_score": "insult", "people": {"value": 0.75, "label": "toxicity", "count": 2},
        "withheld": False, "looked": None, "reports": 1,
    }  # fmt: skip
    assert told.pop("author")["id"] == str(author.pk)
    assert told.pop("created_date")
    assert told == {
        "id": str(message.pk), "tree_id": str(message.tree_id), "parent_id": None, "role": "prompter", "lang": "en",
        "text": "A rude text", "version": 1, "deleted": False, "review_result": None, "review_count": 2,
        "archived": False,
    }  # fmt: skip


def test_a_closed_report_is_not_counted(mo: Client) -> None:
    message = b.scored(b.plant(), 0.8)
    report, _new = moderation.report(message_id=message.pk, reason=ReportReason.HATE, note="", by=b.person(), now=b.NOW)
    moderation.dismiss_report(report_id=report.pk, why="", by=b.moderator(), now=b.NOW)

    assert [line["reports"] for line in listed(mo, "machine_high")["results"]] == [0]


def test_who_looked_at_an_earlier_text_is_told(mo: Client) -> None:
    message, mona = b.scored(b.plant(), 0.8), b.moderator()
    moderation.look(message_id=message.pk, by=mona, now=b.NOW)
    moderation.edit_message(message_id=message.pk, text="Still rude", why="", by=mona, now=b.LATER)
    b.scored(message, 0.85)

    (line,) = listed(mo, "machine_high")["results"]
    assert (line["looked"]["by"]["id"], line["looked"]["at"]) == (str(mona.pk), "2026-03-01T12:00:00Z")


@pytest.mark.parametrize("kind", ["machine_high", "people_high", "both_high", "withheld"])
def test_the_worst_is_first_and_pages_go_on_from_there(mo: Client, kind: str) -> None:
    """Two of the same score stand in the order of their ids."""
    peaks = {"people_high": [0.0] * 5, "withheld": [0.97, 0.99, 0.97, 1.0, 0.96]}
    said = {"machine_high": [None] * 5, "withheld": [None] * 5}
    made = []
    for peak, people in zip(
        peaks.get(kind, [0.8, 0.9, 0.8, 0.75, 0.7]), said.get(kind, [0.75, 1.0, 0.75, 0.5, 0.625]), strict=True
    ):
        message = b.plant()
        for _ in range(2 if people else 0):
            b.review(message, toxicity=people or 0)
        b.scored(message, peak)
        if kind == "withheld":
            assert moderation.withhold(message_id=message.pk, now=b.NOW)
        made.append((-(people or 0) if kind == "people_high" else -peak, str(message.pk)))

    page = listed(mo, kind, limit=2)
    seen = ids(page)
    while page["next_cursor"]:
        page = listed(mo, kind, limit=2, cursor=page["next_cursor"])
        seen += ids(page)

    assert seen == [pk for _order, pk in sorted(made)]


def test_what_may_be_asked(mo: Client) -> None:
    english, french = b.scored(b.plant(), 0.8), b.scored(b.plant(lang="fr"), 0.9)
    for _ in range(2):
        b.review(english, toxicity=0)
    b.policy(max_active_trees=5)
    grown = b.growing()
    reply = b.scored(b.answer(grown), 0.95)

    def found(**query: str) -> list[str]:
        return ids(listed(mo, "machine_high", **query))

    assert found() == [str(m.pk) for m in (reply, french, english)]
    assert found(lang="fr") == [str(french.pk)]
    assert found(role="assistant") == [str(reply.pk)]
    assert found(judged="true") == [str(english.pk)]
    assert found(judged="false") == [str(reply.pk), str(french.pk)]
    assert found(lang="de") == found(archived="true") == []


@pytest.mark.parametrize(
    "query",
    [{}, {"kind": "all"}, {"kind": "withheld", "role": "king"}, {"kind": "withheld", "cursor": "bm8"}],
)  # fmt: skip
def test_what_is_refused(mo: Client, query: dict[str, str]) -> None:
    answer = mo.get("/api/v1/moderation/triage", query)
    assert (answer.status_code, answer["content-type"]) == (422, "application/problem+json")


def test_counts_for_each_reason_and_language(mo: Client) -> None:
    b.scored(b.plant(), 0.8), b.scored(b.plant(lang="fr"), 0.9), b.scored(b.plant(), 0.1)
    moderation.withhold(message_id=b.scored(b.plant(), 1.0).pk, now=b.NOW)

    none = dict.fromkeys(Triage.values, 0)
    assert mo.get("/api/v1/moderation/triage/counts").json() == {
        **none, "machine_high": 3, "withheld": 1,
        "languages": {"en": {**none, "machine_high": 2, "withheld": 1}, "fr": {**none, "machine_high": 1}},
    }  # fmt: skip
    assert mo.get("/api/v1/moderation/triage/counts", {"lang": "fr"}).json()["machine_high"] == 1


def test_a_page_takes_as_many_statements_however_full_it_is(mo: Client) -> None:
    taken = []
    for _ in range(2):
        b.scored(b.plant(by=b.person()), 0.8)
        with CaptureQueriesContext(connection) as queries:
            listed(mo, "machine_high")
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 5


def test_a_moderator_looks_and_takes_it_back(mo: Client) -> None:
    message = b.scored(b.plant(), 1.0)
    moderation.withhold(message_id=message.pk, now=b.NOW)

    looked = send(mo, f"{message.pk}/look", why="A quotation", version=1)
    assert (looked.status_code, looked.json()["verb"], looked.json()["why"]) == (201, "look", "A quotation")
    assert looked.json()["details"] == {"version": 1, "withheld": True}
    assert ids(listed(mo, "withheld")) == []
    assert send(mo, f"{message.pk}/look").json()["code"] == "already_looked"

    assert send(mo, f"{message.pk}/unlook").status_code == 201
    assert ids(listed(mo, "withheld")) == [str(message.pk)]
    assert send(mo, f"{message.pk}/unlook").json()["code"] == "not_looked"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"version": 2}, 409, "message_changed"),
        ({"version": 0}, 422, "invalid_input"),
        ({"why": "x" * 1001}, 422, "invalid_input"),
    ],
)
def test_a_refused_look_leaves_no_trace(mo: Client, body: dict[str, object], status: int, code: str) -> None:
    message = b.scored(b.plant(), 0.9)

    answer = send(mo, f"{message.pk}/look", **body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Decision.objects.exists()
    assert ids(listed(mo, "machine_high")) == [str(message.pk)]


def test_decisions_of_the_system_are_shown_as_such(mo: Client) -> None:
    moderation.withhold(message_id=b.scored(b.plant(), 1.0).pk, now=b.NOW)

    (line,) = mo.get("/api/v1/moderation/decisions", {"verb": "withhold"}).json()["results"]
    assert (line["by"], line["details"]["peak"]) == (None, 1.0)


def test_moderators_find_what_is_withheld_in_the_admin_and_look_there_too() -> None:
    message = b.scored(b.plant(), 1.0)
    moderation.withhold(message_id=message.pk, now=b.NOW)
    mo = client_of(b.moderator())
    where = reverse("admin:trees_message_changelist")

    assert mo.get(where, {"withheld__exact": "1"}).context["cl"].result_count == 1
    mo.post(where, {"action": "look", "_selected_action": [str(message.pk)], "why": "A quotation"})

    assert not Message.objects.get().withheld
    assert mo.get(reverse("admin:screening_toxicityscore_changelist")).status_code == 200
