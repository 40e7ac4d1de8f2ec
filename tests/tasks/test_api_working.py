"""Every kind of task through the public API: asked for, shown, handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.tasks import actions
from oa.tasks.models import Draft, Task, Waiter
from oa.tasks.rules import Kind
from oa.trees.models import Message
from tests import builders as b
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
NEXT = "/api/v1/tasks/next"


@pytest.fixture
def now() -> datetime:
    b.policy()
    return timezone.now()


def ask(client: APIClient, kind: str = "any", **wish: object) -> dict[str, Any]:
    answer = client.post(NEXT, {"kind": kind, **wish})
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def submit(client: APIClient, task: dict[str, Any], body: object, **headers: str) -> Any:
    return client.post(f"/api/v1/tasks/{task['id']}/submit", body, headers=headers)


def test_a_prompt_is_written(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    alice = api_client_for(cast.alice)

    task = ask(alice, Kind.INITIAL_PROMPT)["task"]
    answer = submit(alice, task, {"text": "Why is the sky blue?"})

    assert task["text_limit"] == 20_000
    assert (task["conversation"], task["form"], task["replies"], task["draft"]) == ([], None, None, None)
    made = Message.objects.get(pk=answer.json()["result"]["message_id"])
    assert (made.text, made.author) == ("Why is the sky blue?", cast.alice)


def test_a_reply_is_written_below_the_conversation(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    prompt = b.growing(by=cast.bob, now=now)
    alice = api_client_for(cast.alice)

    task = ask(alice, Kind.ASSISTANT_REPLY)["task"]
    answer = submit(alice, task, {"text": "Rayleigh."})

    assert [(turn["id"], turn["text"], turn["is_mine"]) for turn in task["conversation"]] == [
        (str(prompt.pk), prompt.text, False)
    ]
    made = Message.objects.get(pk=answer.json()["result"]["message_id"])
    assert (made.parent_id, made.role) == (prompt.pk, "assistant")


def test_a_review_asks_what_the_form_says(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    b.plant(by=cast.bob, now=now)
    alice = api_client_for(cast.alice)

    task = ask(alice, Kind.LABEL_INITIAL_PROMPT)["task"]
    answer = submit(alice, task, {"labels": {"spam": 0, "quality": 0.75, "humor": None}})

    assert task["form"]["mode"] == "full"
    assert len(task["form"]["labels"]) == 11
    assert [label["name"] for label in task["form"]["labels"] if label["mandatory"]] == ["spam"]
    assert Review.objects.get(pk=answer.json()["result"]["review_id"]).labels == {"spam": 0.0, "quality": 0.75}


def test_a_ranking_shows_the_replies_in_the_order_that_is_kept(
    cast: Cast, api_client_for: SignIn, now: datetime
) -> None:
    b.ranking(now=now)
    alice = api_client_for(cast.alice)

    task = ask(alice, Kind.RANK_ASSISTANT_REPLIES)["task"]
    shown = [reply["id"] for reply in task["replies"]]
    answer = submit(alice, task, {"order": list(reversed(shown))})

    ballot = Ballot.objects.get(pk=answer.json()["result"]["ballot_id"])
    assert [str(pk) for pk in ballot.shown] == shown
    assert ballot.tiers == [[shown[1]], [shown[0]]]
    assert [reply["synthetic"] for reply in task["replies"]] == [None, None]


def test_replies_can_be_tied(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    b.ranking(now=now)
    alice = api_client_for(cast.alice)
    task = ask(alice, Kind.RANK_ASSISTANT_REPLIES)["task"]
    shown = [reply["id"] for reply in task["replies"]]

    answer = submit(alice, task, {"order": [shown]})

    assert Ballot.objects.get(pk=answer.json()["result"]["ballot_id"]).tiers == [shown]


def test_nothing_says_who_wrote_what_is_judged(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    b.ranking(authors=(cast.bob, cast.carol), now=now)
    b.plant(by=cast.bob, now=now)
    alice = api_client_for(cast.alice)

    seen = [alice.post(NEXT, {"kind": kind}).content.decode() for kind in ("rank_assistant_replies", "any")]

    for who in (cast.bob, cast.carol):
        assert all(str(who.pk) not in page and who.display_name not in page for page in seen)


def test_the_next_task_comes_with_the_answer(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    for _ in range(2):
        b.plant(now=now)
    alice = api_client_for(cast.alice)
    first = ask(alice, Kind.LABEL_INITIAL_PROMPT)["task"]

    following = submit(alice, first, {"labels": {"spam": 0}, "next": {"kind": "label_initial_prompt"}}).json()["next"]

    assert following["task"]["id"] != first["id"]
    assert Task.objects.get(pk=following["task"]["id"]).assignee == cast.alice


def test_sending_the_same_again_gives_the_same_answer_with_the_same_next_task(
    cast: Cast, api_client_for: SignIn, now: datetime
) -> None:
    for _ in range(3):
        b.plant(now=now)
    alice = api_client_for(cast.alice)
    task = ask(alice, Kind.LABEL_INITIAL_PROMPT)["task"]
    body = {"labels": {"spam": 0}, "next": {"kind": "label_initial_prompt"}}

    first = submit(alice, task, body, **{"Idempotency-Key": "k1"}).json()
    again = submit(alice, task, body, **{"Idempotency-Key": "k1"}).json()

    assert (first["replayed"], again["replayed"]) == (False, True)
    assert first["result"] == again["result"]
    assert first["next"]["task"]["id"] == again["next"]["task"]["id"]
    assert Review.objects.filter(by=cast.alice).count() == 1


def test_something_else_under_the_same_key_is_refused(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    b.plant(now=now)
    alice = api_client_for(cast.alice)
    task = ask(alice, Kind.LABEL_INITIAL_PROMPT)["task"]
    submit(alice, task, {"labels": {"spam": 0}}, **{"Idempotency-Key": "k1"})

    answer = submit(alice, task, {"labels": {"spam": 1}}, **{"Idempotency-Key": "k1"})

    assert (answer.status_code, answer.json()["code"]) == (409, "key_used_for_another_answer")


def test_a_refused_next_leaves_the_submission_standing(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    b.plant(now=now)
    alice = api_client_for(cast.alice)
    task = ask(alice, Kind.LABEL_INITIAL_PROMPT)["task"]

    answer = submit(alice, task, {"labels": {"spam": 0}, "next": {"langs": ["ja"]}})

    assert answer.status_code == 200
    assert answer.json()["next"]["code"] == "not_your_languages"
    assert Review.objects.filter(by=cast.alice).count() == 1


def test_whoever_finds_nothing_waits_and_is_told_why(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    b.policy(initial_prompts_enabled=False)
    alice = api_client_for(cast.alice)

    found = ask(alice)

    assert found["task"] is None
    assert found["waiting"]["reasons"] == [
        {"lang": "en", "code": "nothing_to_do", "text": "No conversation in “en” needs anything right now.",
         "open": 0, "in_hands": 0}
    ]  # fmt: skip
    assert Waiter.objects.get().person == cast.alice
    assert alice.get("/api/v1/tasks/waiting").json()["waiting"]["since"] == found["waiting"]["since"]
    assert alice.delete("/api/v1/tasks/waiting").status_code == 204
    assert alice.get("/api/v1/tasks/waiting").json() == {"waiting": None}


def test_writing_is_offered_in_written_languages_and_judging_in_read_ones(
    cast: Cast, api_client_for: SignIn, now: datetime
) -> None:
    alice = api_client_for(cast.alice)
    alice.patch("/api/v1/me", {"languages": ["de"], "writing_languages": ["en"]})
    b.plant(lang="en", now=now)
    german = b.plant(lang="de", now=now)

    judged = ask(alice, kinds=[Kind.LABEL_INITIAL_PROMPT])["task"]
    written = ask(alice, Kind.INITIAL_PROMPT)["task"]

    assert judged["message_id"] == str(german.pk)
    assert written["lang"] == "en"


def test_a_skip_keeps_its_reason_and_can_be_taken_back(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    b.growing(now=now)
    alice = api_client_for(cast.alice)
    task = ask(alice, Kind.ASSISTANT_REPLY)["task"]

    skipped = alice.post(f"/api/v1/tasks/{task['id']}/skip", {"reason": "too_hard", "note": "Physics!"})
    back = alice.post(f"/api/v1/tasks/{task['id']}/unskip")

    assert (skipped.json()["task"]["status"], skipped.json()["task"]["skip_reason"]) == ("skipped", "too_hard")
    assert back.json()["task"]["status"] == "leased"
    assert Task.objects.get(pk=task["id"]).skip_note == "Physics!"


def test_a_draft_outlives_the_lease_and_an_older_one_does_not_overwrite_it(
    cast: Cast, api_client_for: SignIn, now: datetime
) -> None:
    b.growing(now=now)
    alice = api_client_for(cast.alice)
    path = f"/api/v1/tasks/{ask(alice, Kind.ASSISTANT_REPLY)['task']['id']}"

    first = alice.put(f"{path}/draft", {"content": {"text": "Half a"}})
    second = alice.put(f"{path}/draft", {"content": {"text": "Half a word"}, "revision": 1})
    stale = alice.put(f"{path}/draft", {"content": {"text": "Old"}, "revision": 1})
    Task.objects.filter(assignee=cast.alice).update(expires_at=now)
    actions.expire(task_id=Task.objects.get(assignee=cast.alice).pk, now=timezone.now())

    assert [first.json()["revision"], second.json()["revision"], stale.status_code] == [1, 2, 409]
    assert stale.json()["content"] == {"text": "Half a word"}
    shown = alice.get(path).json()
    assert (shown["status"], shown["draft"]["content"]) == ("expired", {"text": "Half a word"})
    assert Draft.objects.count() == 1
    assert alice.post(f"{path}/extend").json()["status"] == "leased"


def test_my_tasks_are_listed_page_by_page(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    for _ in range(3):
        b.plant(now=now)
    alice = api_client_for(cast.alice)
    ids = [ask(alice, Kind.LABEL_INITIAL_PROMPT)["task"]["id"] for _ in range(3)]

    first = alice.get("/api/v1/tasks?status=leased&limit=2").json()
    second = alice.get(f"/api/v1/tasks?status=leased&limit=2&cursor={first['next_cursor']}").json()

    assert [task["id"] for page in (first, second) for task in page["results"]] == ids[::-1]
    assert second["next_cursor"] is None
    assert alice.get("/api/v1/tasks?status=done").json()["results"] == []


def test_what_there_is_to_do_is_counted_without_ones_own(cast: Cast, api_client_for: SignIn, now: datetime) -> None:
    b.plant(by=cast.alice, now=now)
    b.plant(by=cast.bob, now=now)

    counts = api_client_for(cast.alice).get("/api/v1/tasks/available").json()["counts"]

    assert {"lang": "en", "kind": "label_initial_prompt", "open": 2} in counts
