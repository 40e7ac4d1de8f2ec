"""The queue over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.moderation.models import Case, Decision
from oa.moderation.rules import ReportReason
from oa.trees.models import Message
from tests.builders import (
    NOW,
    accepted_answer,
    fresh,
    growing,
    moderator,
    person,
    plant,
    policy,
    scored,
)

pytestmark = pytest.mark.django_db
QUEUE = "/api/v1/moderation/queue"


@pytest.fixture(autouse=True)
def small_trees(db: None) -> None:
    policy()


@pytest.fixture
def mona() -> User:
    return moderator()


@pytest.fixture
def client(mona: User, api_client_for: Callable[[User], APIClient]) -> APIClient:
    return api_client_for(mona)


def report(message: Message, times: int = 1) -> None:
    for _ in range(times):
        moderation.report(message_id=message.pk, reason=ReportReason.SPAM, note="Look!", by=person(), now=NOW)


def consider() -> None:
    while moderation.consider_doubts(now=timezone.now()):
        pass


def case_of(message: Message) -> Case:
    return Case.objects.get(message=message)


def three_cases() -> list[Case]:
    """Reported three times, reported once, toxic: the worst first."""
    worst, bad, toxic = plant(lang="de"), plant(), scored(plant(), 0.8)
    report(worst, 3)
    report(bad)
    consider()
    return [case_of(message) for message in (worst, bad, toxic)]


def ids(answer: Any) -> list[UUID]:
    return [UUID(row["id"]) for row in answer.json()["results"]]


# The list


def test_the_worst_comes_first(client: APIClient) -> None:
    cases = three_cases()
    assert ids(client.get(QUEUE)) == [case.pk for case in cases]

    head = client.get(QUEUE).json()["results"][0]
    case = cases[0]
    assert case.message is not None
    assert head["causes"] == [{"code": "report", "text": "somebody reported it", "level": 3}]
    assert (head["subject"], head["message_id"], head["lang"]) == ("message", str(case.message_id), "de")
    assert head["person"]["id"] == str(case.message.author_id)
    assert (head["excerpt"], head["claimed_by"], head["mine"]) == (case.message.text, None, False)


def test_filters(client: APIClient, mona: User) -> None:
    worst, bad, toxic = three_cases()
    moderation.claim(case_id=bad.pk, by=mona, now=timezone.now())

    assert ids(client.get(QUEUE, {"cause": "toxic"})) == [toxic.pk]
    assert ids(client.get(QUEUE, {"lang": "de"})) == [worst.pk]
    assert ids(client.get(QUEUE, {"mine": "true"})) == [bad.pk]
    assert ids(client.get(QUEUE, {"mine": "false"})) == [worst.pk, toxic.pk]
    assert client.get(QUEUE, {"cause": "weather"}).status_code == 422
    pages = [ids(client.get(QUEUE, {"limit": 1}))]
    assert pages == [[worst.pk]]


def test_the_list_takes_as_many_statements_however_long_it_is(client: APIClient) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as log:
            assert client.get(QUEUE).status_code == 200
        return len(log)

    report(plant())
    consider()
    few = statements()
    for _ in range(5):
        report(plant())
    consider()
    assert statements() == few


def test_counts(client: APIClient, mona: User) -> None:
    worst, bad, _toxic = three_cases()
    moderation.claim(case_id=bad.pk, by=mona, now=timezone.now())
    moderation.claim(case_id=worst.pk, by=moderator(), now=timezone.now())

    counts = client.get(f"{QUEUE}/counts").json()

    assert (counts["open"], counts["claimed"], counts["mine"]) == (3, 2, 1)
    assert {cause: n for cause, n in counts["causes"].items() if n} == {"report": 2, "toxic": 1}
    assert counts["languages"] == {"de": 1, "en": 2}
    assert counts["oldest_at"] is not None


# One after the other


def next_case(client: APIClient, **asked: object) -> UUID | None:
    got = client.post(f"{QUEUE}/next", asked, format="json")
    return UUID(got.json()["id"]) if got.status_code == 200 else None


def test_next_is_the_worst_that_nobody_has(client: APIClient, api_client_for: Callable[[User], APIClient]) -> None:
    worst, bad, toxic = three_cases()
    other = api_client_for(moderator())

    assert next_case(client) == worst.pk
    assert next_case(other) == bad.pk
    assert next_case(other, cause="toxic") == toxic.pk
    assert next_case(other, lang="de") is None
    assert Case.objects.get(pk=worst.pk).claimed_until is not None


def test_whoever_leaves_a_case_gets_the_one_behind_it_and_in_the_end_the_first(client: APIClient) -> None:
    worst, bad, toxic = three_cases()

    assert next_case(client) == worst.pk
    assert next_case(client, after=str(worst.pk)) == bad.pk
    assert Case.objects.get(pk=worst.pk).claimed_by is None
    assert next_case(client, after=str(bad.pk)) == toxic.pk
    assert next_case(client, after=str(toxic.pk)) == worst.pk
    assert next_case(client, after=str(uuid4())) == worst.pk


def test_there_is_none(client: APIClient) -> None:
    assert client.post(f"{QUEUE}/next", {}, format="json").status_code == 204
    own = plant(by=User.objects.get(role="moderator"))
    report(own)
    consider()
    assert client.post(f"{QUEUE}/next", {}, format="json").status_code == 204


def test_claiming_and_letting_go(client: APIClient, api_client_for: Callable[[User], APIClient], mona: User) -> None:
    worst, *_ = three_cases()
    other = api_client_for(moderator())
    where = f"{QUEUE}/{worst.pk}"

    claimed = client.post(f"{where}/claim").json()
    assert (claimed["mine"], claimed["claimed_by"]["id"]) == (True, str(mona.pk))
    refused = other.post(f"{where}/claim")
    assert (refused.status_code, refused.json()["code"]) == (409, "in_other_hands")
    assert refused.json()["moderator"]["id"] == str(mona.pk)
    assert refused.json()["until"] == Case.objects.get(pk=worst.pk).claimed_until.isoformat()  # type: ignore[union-attr]
    assert other.post(f"{where}/release").json()["code"] == "in_other_hands"
    assert client.post(f"{where}/release").status_code == 204
    assert other.post(f"{where}/claim").status_code == 200
    assert client.get(f"{QUEUE}/{uuid4()}").status_code == 404


def test_the_policy_says_how_long(client: APIClient, mona: User) -> None:
    policy("de", claim_minutes=3)
    worst, *_ = three_cases()
    before = timezone.now()
    next_case(client)
    until = Case.objects.get(pk=worst.pk).claimed_until
    assert until is not None
    assert timedelta(minutes=3) <= until - before < timedelta(minutes=3, seconds=30)


# A whole case


def talk() -> Message:
    """The last of three messages, with all that can be said of one."""
    prompt = growing()
    reply = accepted_answer(prompt)
    Message.objects.filter(pk=prompt.pk).update(children_count=1)
    return reply


def test_a_case_shows_all_that_is_needed_to_decide_it(client: APIClient) -> None:
    reply = talk()
    scored(reply, 0.8)
    report(reply, 2)
    author = reply.author
    assert author is not None
    moderation.warn(person_id=author.pk, why="Be kind", reason="harassment", by=moderator(), now=NOW)
    consider()

    case = client.get(f"{QUEUE}/{case_of(reply).pk}").json()

    assert [message["id"] for message in case["thread"]] == [str(reply.parent_id), str(reply.pk)]
    assert case["message"]["text"] == reply.text
    assert case["message"]["detoxify"]["toxicity"] == 0.8
    assert len(case["message"]["reviews"]) == 2
    assert [one["note"] for one in case["message"]["reports"]] == ["Look!", "Look!"]
    assert (case["author"]["id"], case["author"]["messages"], case["author"]["accepted"]) == (str(author.pk), 1, 1)
    assert [one["verb"] for one in case["author"]["decisions"]] == ["warn"]
    assert case["author"]["open_cases"] == 1
    assert (case["replies"], case["person_record"], case["appeal"], case["purge"]) == (0, None, None, None)
    assert set(case["verbs"]) == {"dismiss", "delete", "spam", "edit", "halt", "warn", "mute", "ban", "watch"}


def test_a_whole_case_takes_a_bounded_number_of_statements(client: APIClient) -> None:
    def statements(message: Message) -> int:
        where = f"{QUEUE}/{case_of(message).pk}"
        with CaptureQueriesContext(connection) as log:
            assert client.get(where).status_code == 200
        return len(log)

    small = plant()
    report(small)
    big = talk()
    report(big, 5)
    assert big.author is not None
    for _ in range(5):
        moderation.warn(person_id=big.author.pk, why="", reason="spam", by=moderator(), now=NOW)
    consider()

    few = statements(small)
    assert statements(big) <= few + 2  # ballots of its group; appeals against the decisions there are
    assert few <= 17


def test_appeals_people_and_erasures_are_whole_too(client: APIClient) -> None:
    author, other = person(), moderator()
    message, troll = plant(by=author), person()
    decision = moderation.delete_message(message_id=message.pk, why="Spam", by=other, now=NOW)
    moderation.appeal(decision_id=decision.pk, text="It is not", by=author, now=NOW)
    moderation.ask_purge(message_id=plant().pk, why="An address", reason="personal_data", by=other, now=NOW)
    Case.objects.create(person=troll, causes={"suspicious": 1}, severity=15, opened_at=NOW)
    appeal, purge, suspect = (
        client.get(f"{QUEUE}/{case.pk}").json() for case in Case.objects.open().worst_first()
    )  # fmt: skip

    if appeal["subject"] == "purge":
        appeal, purge = purge, appeal
    assert (appeal["excerpt"], appeal["message_id"], appeal["verbs"]) == (
        "It is not", str(message.pk), ["uphold", "grant"],
    )  # fmt: skip
    assert (appeal["appeal"]["decision"]["id"], appeal["appeal"]["mine"]) == (str(decision.pk), False)
    assert appeal["author"]["id"] == str(author.pk)
    assert (purge["purge"]["why"], purge["verbs"]) == ("An address", ["confirm_purge", "call_off_purge"])
    assert (suspect["person_record"]["id"], suspect["message"], suspect["author"]) == (str(troll.pk), None, None)
    assert suspect["verbs"] == ["clear", "warn", "mute", "ban", "watch"]


# Deciding


def decide(client: APIClient, case: Case, **sent: object) -> Any:
    return client.post(f"{QUEUE}/{case.pk}/decide", {"why": "A test", **sent}, format="json")


def test_a_decision_and_the_next_case_at_once(client: APIClient) -> None:
    worst, bad, _toxic = three_cases()

    answered = decide(client, worst, verb="delete", reason="spam", next=True)

    assert answered.status_code == 201
    assert (answered.json()["decision"]["verb"], answered.json()["decision"]["reason"]) == ("delete", "spam")
    assert (answered.json()["next"]["id"], answered.json()["next"]["mine"]) == (str(bad.pk), True)
    assert worst.message is not None
    assert fresh(worst.message).deleted
    assert Decision.objects.get(verb="delete").why == "A test"
    assert decide(client, bad, verb="dismiss", next=True, cause="split").json()["next"] is None


def test_a_case_is_decided_once(client: APIClient, api_client_for: Callable[[User], APIClient], mona: User) -> None:
    worst, bad, _toxic = three_cases()
    other = api_client_for(moderator())
    decide(client, worst, verb="dismiss")

    late = decide(other, worst, verb="delete")
    assert (late.status_code, late.json()["code"]) == (409, "already_decided")
    assert late.json()["moderator"]["id"] == str(mona.pk)

    client.post(f"{QUEUE}/{bad.pk}/claim")
    assert decide(other, bad, verb="dismiss").json()["code"] == "in_other_hands"
    closed = client.get(f"{QUEUE}/{worst.pk}").json()
    assert (closed["verbs"], closed["closed_by"]["id"]) == ([], str(mona.pk))


def test_what_is_sent_must_make_sense(client: APIClient) -> None:
    worst, *_ = three_cases()
    assert decide(client, worst, verb="applaud").status_code == 422
    assert decide(client, worst, verb="dismiss", why="").status_code == 422
    assert decide(client, worst, verb="dismiss", why="", reason="other").status_code == 422
    assert decide(client, worst, verb="uphold").json()["code"] == "not_an_answer"
    assert decide(client, worst, verb="mute").json()["code"] == "until_missing"
    assert decide(client, worst, verb="move", lang="!").status_code == 422
    assert Case.objects.get(pk=worst.pk).closed_at is None


def test_a_code_says_why_without_words(client: APIClient) -> None:
    worst, *_ = three_cases()
    answer = decide(client, worst, verb="dismiss", why="", reason="harmless")
    assert answer.status_code == 201
    said = answer.json()["decision"]
    assert (said["why"], said["reason"]) == ("", "harmless")


def test_each_verb_is_carried_out(client: APIClient) -> None:
    month = (timezone.now() + timedelta(days=30)).isoformat()
    sent: dict[str, dict[str, object]] = {
        "edit": {"text": "Kind words"}, "move": {"lang": "fr"}, "mute": {"until": month}, "ban": {"until": month},
    }  # fmt: skip
    for verb in ("dismiss", "delete", "spam", "edit", "halt", "move", "warn", "mute", "ban", "watch"):
        message = plant()
        report(message)
        consider()
        answered = decide(client, case_of(message), verb=verb, reason="spam", **sent.get(verb, {}))
        assert (verb, answered.status_code) == (verb, 201), answered.json()
        assert answered.json()["decision"]["verb"] == verb
        assert case_of(message).closed_at is not None
