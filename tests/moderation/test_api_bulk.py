"""A moderator looks, chooses, sees what would change, begins, watches and undoes: over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.accounts.models import User
from oa.moderation.jobs import drop_old_batches, run_batches
from oa.moderation.models import Batch
from oa.screening import actions as screening
from tests import builders
from tests.builders import fresh

pytestmark = pytest.mark.django_db

API = "/api/v1/moderation"
SPAM = "Buy the very best cheap watches at our little shop in the middle of town"


@pytest.fixture(autouse=True)
def _policy() -> None:
    builders.policy()


@pytest.fixture
def mona() -> User:
    return builders.moderator()


@pytest.fixture
def client(mona: User) -> Client:
    client = Client()
    client.force_login(mona)
    return client


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"{API}/{path}", body, content_type="application/json")


def choose(client: Client, verb: str = "delete", **selection: Any) -> Any:
    said = {"reason": "spam", "why": "Advertising"}
    return post(client, "batches", verb=verb, selection=selection, **said)


def spam(number: int = 3, **of: Any) -> list[Any]:
    return [builders.plant(text=f"{SPAM} no. {n}", now=timezone.now(), **of) for n in range(number)]


def workers_go_on(client: Client, batch_id: str) -> Any:
    """Rounds until nothing is at work; the batch as it is then."""
    for _ in range(20):
        if not Batch.objects.at_work().exists():
            break
        run_batches()
    return client.get(f"{API}/batches/{batch_id}").json()


def test_looking_choosing_and_seeing_what_would_change(client: Client) -> None:
    prompts = spam(by=builders.person("Troll"))
    builders.plant(text="How do bees sleep?")

    seen = client.get(f"{API}/messages", {"text": "watches"}).json()["results"]
    draft = choose(client, text="watches")

    assert {row["id"] for row in seen} == {str(prompt.pk) for prompt in prompts}
    assert draft.status_code == 201, draft.content
    batch = draft.json()
    assert (batch["state"], batch["total"], batch["waiting"], batch["may_undo"]) == ("draft", 3, 3, False)
    assert batch["selection"] == {"text": "watches", "deleted": False}
    assert batch["preview"]["messages"] == 3
    assert batch["samples"][0]["author"]["display_name"] == "Troll"
    assert batch["samples"][0]["excerpt"].startswith("Buy the very best")
    assert not any(fresh(prompt).deleted for prompt in prompts)


def test_doing_it_and_undoing_it(client: Client, mona: User) -> None:
    prompts = spam()
    batch = choose(client, text="watches").json()

    running = post(client, f"batches/{batch['id']}/run")
    done = workers_go_on(client, batch["id"])

    assert (running.status_code, running.json()["state"]) == (200, "running")
    assert (done["state"], done["done"], done["waiting"], done["may_undo"]) == ("done", 3, 0, True)
    assert all(fresh(prompt).deleted for prompt in prompts)
    items = client.get(f"{API}/batches/{batch['id']}/items", {"state": "done"}).json()["results"]
    assert [bool(item["decision_id"]) for item in items] == [True] * 3

    undoing = post(client, f"batches/{batch['id']}/undo", why="It was a joke")
    undone = workers_go_on(client, batch["id"])

    assert undoing.json()["state"] == "undoing"
    assert (undone["state"], undone["undone"], undone["undo_by"]["id"]) == ("undone", 3, str(mona.pk))
    assert undone["undo_why"] == "It was a joke"
    assert not any(fresh(prompt).deleted for prompt in prompts)


def test_a_cluster_is_chosen_by_any_of_its_messages(client: Client) -> None:
    prompts = [
        builders.plant(text=SPAM.replace("cheap", word), now=timezone.now()) for word in ("cheap", "cheaper", "nice")
    ]
    screening.read_waiting(clock=timezone.now)

    (cluster,) = client.get(f"{API}/clusters").json()

    assert (cluster["size"], cluster["accounts"], cluster["live"]) == (3, 3, 3)
    assert cluster["message_id"] == str(prompts[0].pk)
    assert len(cluster["samples"]) == 3
    assert choose(client, like=cluster["message_id"]).json()["total"] == 3


@pytest.mark.parametrize(
    ("selection", "status", "code"),
    [
        ({}, 422, "empty_selection"),
        ({"regex": "(", "lang": "en"}, 422, "bad_regex"),
        ({"text": "nobody says so"}, 422, "nothing_found"),
        ({"text": "?!"}, 422, "nothing_to_search_for"),
        ({"like": str(uuid4())}, 404, "no_such_message"),
        ({"state": "no such"}, 422, "invalid_input"),
        ({"ids": ["1"]}, 422, "invalid_input"),
        ({"regex": "a" * 501}, 422, "invalid_input"),
        ({"regex": "a\0b"}, 422, "nul_character"),
    ],
)
def test_what_can_not_be_chosen_says_why(client: Client, selection: dict[str, Any], status: int, code: str) -> None:
    builders.plant()

    answer = choose(client, **selection)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]


def test_looking_with_a_bad_pattern_says_so_too(client: Client) -> None:
    answer = client.get(f"{API}/messages", {"regex": "("})

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_regex")


def test_a_pattern_that_takes_too_long_is_told_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.plant(text="a" * 15_000 + "b")
    monkeypatch.setattr("oa.moderation.models.selection.SEARCH_SECONDS", 0.1)

    for answer in (client.get(f"{API}/messages", {"regex": r"(a*)*\1b"}), choose(client, regex=r"(a*)*\1b")):
        assert (answer.status_code, answer.json()["code"]) == (422, "regex_too_slow")
        assert answer.json()["remedy"]


def test_looking_goes_page_by_page_the_newest_first(client: Client) -> None:
    now = timezone.now()
    prompts = [builders.plant(text=f"{SPAM} {n}", now=now + timedelta(minutes=n)) for n in range(3)]

    page = client.get(f"{API}/messages", {"regex": "^buy", "limit": "2"}).json()
    rest = client.get(f"{API}/messages", {"regex": "^buy", "limit": "2", "cursor": page["next_cursor"]}).json()

    ids = [row["id"] for row in page["results"] + rest["results"]]
    assert ids == [str(prompt.pk) for prompt in reversed(prompts)]
    assert rest["next_cursor"] is None


def test_a_draft_is_dropped_by_hand_or_after_a_day(client: Client) -> None:
    spam()
    first, second = choose(client, text="watches").json(), choose(client, text="watches").json()

    assert client.delete(f"{API}/batches/{first['id']}").status_code == 204
    assert client.get(f"{API}/batches/{first['id']}").status_code == 404
    Batch.objects.filter(pk=second["id"]).update(at=timezone.now() - timedelta(days=2))
    drop_old_batches()
    assert client.get(f"{API}/batches").json()["results"] == []


def test_what_is_refused_is_counted_in_words(client: Client) -> None:
    spam()
    batch = choose(client, verb="dismiss", text="watches").json()
    post(client, f"batches/{batch['id']}/run")

    done = workers_go_on(client, batch["id"])

    assert (done["refused"], done["done"]) == (3, 0)
    assert done["problems"] == [{"code": "nothing_to_dismiss", "text": "nobody asks for a decision about it", "n": 3}]


def test_a_batch_says_how_long_it_will_take(client: Client) -> None:
    spam(6)
    batch = choose(client, text="watches").json()
    post(client, f"batches/{batch['id']}/run")
    Batch.objects.filter(pk=batch["id"]).update(begun_at=timezone.now() - timedelta(seconds=30))
    first_three = list(Batch.objects.get(pk=batch["id"]).items.order_by("id").values_list("pk", flat=True)[:3])
    Batch.objects.get(pk=batch["id"]).items.filter(pk__in=first_three).update(state="done")

    assert client.get(f"{API}/batches/{batch['id']}").json()["seconds_left"] in range(28, 33)


def test_there_is_no_such_batch(client: Client) -> None:
    for answer in (
        client.get(f"{API}/batches/{uuid4()}"),
        client.get(f"{API}/batches/{uuid4()}/items"),
        client.delete(f"{API}/batches/{uuid4()}"),
        post(client, f"batches/{uuid4()}/run"),
        post(client, f"batches/{uuid4()}/undo"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_batch")


def test_the_list_takes_no_more_statements_the_more_there_are(client: Client) -> None:
    spam()
    choose(client, text="watches")
    with CaptureQueriesContext(connection) as one:
        client.get(f"{API}/batches")
    for _ in range(3):
        choose(client, text="watches")

    with CaptureQueriesContext(connection) as four:
        assert len(client.get(f"{API}/batches").json()["results"]) == 4

    assert len(four) == len(one)
