"""People as moderators see them over HTTP: the list, one person's profile, and the trollboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.moderation import actions
from oa.moderation.models import Note, usual_seconds
from oa.moderation.rules import ReportReason
from oa.screening.models import Opinion
from tests import builders as b

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
API = "/api/v1/moderation"


@pytest.fixture(autouse=True)
def _policy() -> None:
    b.policy(suspicious_min_pieces=2)


@pytest.fixture
def mo() -> User:
    return b.moderator()


@pytest.fixture
def client(mo: User, api_client_for: SignIn) -> APIClient:
    return api_client_for(mo)


def names(client: APIClient, **asked: str) -> list[str]:
    return [row["display_name"] for row in client.get(f"{API}/people", asked).json()["results"]]


def test_people_are_found_by_how_they_stand(client: APIClient) -> None:
    now = timezone.now()
    b.person("Banned", is_active=False)
    b.person("Muted", muted_until=now + timedelta(days=1))
    b.person("Muted once", muted_until=now - timedelta(days=1))
    b.person("Watched", watched=True)

    assert names(client, status="banned") == ["Banned"]
    assert names(client, status="muted") == ["Muted"]
    assert names(client, status="watched") == ["Watched"]
    assert "Banned" not in names(client, status="enabled")


def test_people_are_sorted_by_what_they_did_last_and_whoever_did_nothing_by_when_they_came(client: APIClient) -> None:
    now = timezone.now()
    early, late = b.person("Early", created_at=now), b.person("Late", created_at=now)
    b.person("Idle", created_at=now + timedelta(minutes=30))
    prompt = b.plant()
    b.review(prompt, by=late, now=now + timedelta(hours=1))
    b.review(prompt, by=early, now=now + timedelta(minutes=1))

    assert names(client, sort="last_active", limit="3") == ["Late", "Idle", "Early"]
    page = client.get(f"{API}/people", {"sort": "last_active", "limit": "2"}).json()
    assert names(client, sort="last_active", limit="1", cursor=page["next_cursor"]) == ["Early"]
    assert page["results"][1]["last_active"] is None
    assert names(client, sort="name")[0] == "Early"
    assert names(client, sort="oldest")[-1] == "Idle"


def test_a_profile_says_what_became_of_somebodys_work(client: APIClient, mo: User) -> None:
    person = b.person("Pat")
    now = timezone.now()
    b.review_to_end(b.plant(by=person, now=now), now=now)
    b.review_to_end(b.plant(by=person, now=now), spam=1, now=now)
    b.review(b.plant(now=now), by=person, now=now)
    Note.objects.create(person=person, by=mo, text="Keep an eye", at=now)

    shown = client.get(f"{API}/people/{person.pk}").json()

    assert (shown["id"], shown["messages"], shown["accepted"], shown["rejected"]) == (str(person.pk), 2, 1, 1)
    assert (shown["acceptance"]["n"], shown["acceptance"]["accepted"], shown["acceptance"]["rate"]) == (2, 1, 0.5)
    assert shown["acceptance"]["low"] == pytest.approx(0.0945, abs=1e-4)
    assert len(shown["activity"]) == 26
    assert shown["activity"][-1] | {"week": ""} == {"week": "", "messages": 2, "reviews": 1, "rankings": 0}
    assert [kind["kind"] for kind in shown["speed"]] == ["label_initial_prompt"]
    assert (shown["trolling"]["pieces"], shown["trolling"]["parts"]) == (2, {"rejected": 1})
    assert [note["text"] for note in shown["notes"]] == ["Keep an eye"]
    assert shown["roles_i_may_grant"] == []
    assert {"warn", "mute", "ban", "watch", "note"} <= set(shown["may"])


def test_a_profile_takes_as_many_statements_however_much_somebody_did(client: APIClient) -> None:
    person = b.person()
    now = timezone.now()
    usual_seconds()
    taken = []
    for _ in range(2):
        prompt = b.review_to_end(b.plant(by=person, now=now), spam=1, now=now)
        b.review(b.plant(now=now), by=person, now=now)
        actions.report(message_id=b.plant().pk, reason=ReportReason.SPAM, note="", by=person, now=now)
        actions.delete_message(message_id=prompt.pk, why="Spam", by=b.moderator(), now=now)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{API}/people/{person.pk}").status_code == 200
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 18


def test_whoever_is_not_there_is_missing(client: APIClient) -> None:
    answer = client.get(f"{API}/people/{uuid4()}")

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_person")


def test_an_administrator_is_told_which_roles_they_may_give(api_client_for: SignIn) -> None:
    shown = api_client_for(b.admin()).get(f"{API}/people/{b.person().pk}").json()

    assert shown["roles_i_may_grant"] == ["moderator", "admin"]
    assert "set_role" in shown["may"]
    assert shown["trolling"] is None


def test_a_profile_shows_prompts_very_like_others(client: APIClient) -> None:
    person, other = b.person(), b.person("Other")
    theirs, copy = b.plant(by=other), b.plant(by=person)
    about = {"version": 1, "read_at": b.NOW}
    Opinion.objects.create(message=theirs, digest="same", **about)
    Opinion.objects.create(message=copy, digest="same", twin=theirs, likeness=0.9, **about)

    shown = client.get(f"{API}/people/{person.pk}").json()["duplicates"]

    assert (shown["n"], shown["own"], shown["of"]) == (1, 0, 1)
    (example,) = shown["examples"]
    assert (example["message_id"], example["twin_id"], example["own"]) == (str(copy.pk), str(theirs.pk), False)
    assert (example["twin_author"]["display_name"], example["twin_excerpt"]) == ("Other", theirs.text)


def test_a_profile_lists_what_was_decided_about_somebody_and_their_words(client: APIClient, mo: User) -> None:
    person = b.person()
    prompt = b.plant(by=person)
    actions.delete_message(message_id=prompt.pk, why="Spam", by=mo, now=b.NOW)
    actions.ban_person(person_id=person.pk, why="Spammer", by=mo, now=b.LATER)

    shown = client.get(f"{API}/people/{person.pk}").json()

    assert [decision["verb"] for decision in shown["decisions"]] == ["ban", "delete"]
    assert "unban" in shown["may"]
