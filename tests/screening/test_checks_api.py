"""What somebody who writes is told of their text before they hand it in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.screening import actions
from oa.screening.models import Opinion
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, PolicyVersion
from tests import builders as b
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
SPANISH = "¿Qué utilidad tiene para las vacas tener varios estómagos en lugar de uno?"
PROMPT = "Explain to a five year old child how plants turn sunlight into food, please."


@pytest.fixture
def alice(cast: Cast, api_client_for: SignIn) -> APIClient:
    return api_client_for(cast.alice)


def remarks(client: APIClient, text: str, **asked: object) -> list[Mapping[str, Any]]:
    answer = client.post("/api/v1/checks", {"text": text, "lang": "en", **asked})
    assert answer.status_code == 200, answer.json()
    found: list[Mapping[str, Any]] = answer.json()["remarks"]
    return found


def read_all() -> None:
    actions.read_waiting(clock=timezone.now)


def test_a_text_with_nothing_wrong_has_no_remarks(alice: APIClient) -> None:
    b.policy()
    assert remarks(alice, PROMPT) == []
    assert remarks(alice, "") == []


def test_another_language_than_the_one_asked_for(alice: APIClient) -> None:
    b.policy()

    [remark] = remarks(alice, SPANISH)

    assert (remark["code"], remark["level"], remark["spans"]) == ("other_language", "warn", [])
    assert remark["text"] == "This looks like Spanish, but English is asked for."
    assert "write it in English" in remark["remedy"]
    assert remarks(alice, SPANISH, lang="es") == []


def test_the_reader_is_told_in_their_own_language(alice: APIClient) -> None:
    b.policy()
    answer = alice.post("/api/v1/checks", {"text": SPANISH, "lang": "en"}, headers={"Accept-Language": "de"})
    assert "Spanisch" in answer.json()["remarks"][0]["text"]


def test_personal_data_is_shown_where_it_stands(alice: APIClient) -> None:
    b.policy(personal_data_iban="block", personal_data_phone="log")
    text = "🙂 Write to alice@mail.net, call +49 30 901820 or pay to DE89 3704 0044 0532 0130 00."

    found = remarks(alice, text)

    assert [(remark["kind"], remark["level"]) for remark in found] == [("email", "warn"), ("iban", "block")]
    places = [text[span["start"] : span["end"]] for remark in found for span in remark["spans"]]
    assert places == ["alice@mail.net", "DE89 3704 0044 0532 0130 00"]
    assert "can’t be handed in" in found[1]["remedy"]
    assert all(remark["text"] and remark["remedy"] for remark in found)


def test_a_prompt_that_somebody_else_has_written(alice: APIClient) -> None:
    b.policy()
    earlier = b.plant(text=PROMPT)
    read_all()

    [same] = remarks(alice, PROMPT.upper())
    [like] = remarks(alice, PROMPT.replace("five", "six"))

    assert (same["code"], same["likeness"], same["message_id"]) == ("near_duplicate", 1.0, str(earlier.pk))
    assert same["excerpt"] == PROMPT
    assert "word for word" in same["text"]
    assert 0.8 <= like["likeness"] < 1
    assert f"({int(100 * like['likeness'])}% the same)" in like["text"]


def test_a_reply_is_not_compared(cast: Cast, alice: APIClient) -> None:
    b.policy()
    b.plant(text=PROMPT)
    task = b.sit(b.growing(now=timezone.now()), Kind.ASSISTANT_REPLY, by=cast.alice, now=timezone.now())
    read_all()

    assert remarks(alice, PROMPT, task_id=str(task.pk)) == []


def test_the_language_of_the_task_goes_before_the_one_named(cast: Cast, alice: APIClient) -> None:
    b.policy()
    task = b.sit(b.growing(now=timezone.now()), Kind.ASSISTANT_REPLY, by=cast.alice, now=timezone.now())

    assert [remark["code"] for remark in remarks(alice, SPANISH, lang="es", task_id=str(task.pk))] == ["other_language"]


def test_somebody_elses_task_is_nobodys_business(cast: Cast, alice: APIClient) -> None:
    b.policy()
    task = b.sit(b.growing(now=timezone.now()), Kind.ASSISTANT_REPLY, by=cast.bob, now=timezone.now())
    for task_id in (task.pk, uuid.uuid4()):
        answer = alice.post("/api/v1/checks", {"text": "Hello", "task_id": str(task_id)})
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_task")


@pytest.mark.parametrize("body", [{}, {"text": "Hi"}, {"text": 3, "lang": "en"}, {"text": "Hi", "lang": "x" * 99}])
def test_bad_input_is_refused(alice: APIClient, body: Mapping[str, object]) -> None:
    assert alice.post("/api/v1/checks", body).status_code == 422


def test_nothing_is_kept(alice: APIClient) -> None:
    remarks(alice, f"{SPANISH} alice@mail.net")
    kept: list[type[Message | Opinion | Task | PolicyVersion]] = [Message, Opinion, Task, PolicyVersion]
    assert [model._default_manager.count() for model in kept] == [0, 0, 0, 0]


def test_what_is_switched_off_is_not_remarked_on(alice: APIClient) -> None:
    b.policy()
    b.plant(text=SPANISH)
    read_all()
    b.policy(check_language=False, check_duplicates=False, personal_data_email="off")

    assert remarks(alice, SPANISH) == []
    assert remarks(alice, "alice@mail.net") == []


def test_what_is_withheld_is_not_shown_to_whoever_writes_the_like(alice: APIClient) -> None:
    b.policy()
    earlier = b.plant(text=PROMPT)
    read_all()
    Message.objects.filter(pk=earlier.pk).update(withheld=True)

    assert remarks(alice, PROMPT) == []


def test_it_may_not_be_asked_without_end(alice: APIClient, settings: Settings) -> None:
    settings.THROTTLES = "checks=2/60"
    remarks(alice, PROMPT)
    remarks(alice, PROMPT)

    answer = alice.post("/api/v1/checks", {"text": PROMPT, "lang": "en"})

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_checks")
    assert 0 < answer.json()["retry_after"] <= 60


# --- whoever reviews --------------------------------------------------------------------------------------------------


def reviewing(message: Message, by: User, client: APIClient) -> Mapping[str, Any]:
    task = b.sit(message, b.label_kind(message), by=by, now=timezone.now())
    shown: Mapping[str, Any] = client.get(f"/api/v1/tasks/{task.pk}").json()
    return shown


def test_reviewers_see_what_machines_say(cast: Cast, alice: APIClient) -> None:
    b.policy(personal_data_phone="log")
    text = f"{SPANISH} Mira en juan@correo.es o +49 30 901820."
    b.plant(text=text, now=timezone.now())
    prompt = b.plant(text=text, now=timezone.now())
    read_all()

    found = reviewing(prompt, cast.alice, alice)["remarks"]

    assert [(remark["code"], remark["kind"]) for remark in found] == [
        ("other_language", None),
        ("near_duplicate", None),
        ("personal_data", "email"),
    ]
    assert found[0]["text"] == "A machine takes this for Spanish, not for English."


def test_before_a_text_was_read_reviewers_see_nothing(cast: Cast, alice: APIClient) -> None:
    b.policy()
    assert reviewing(b.plant(text=SPANISH, now=timezone.now()), cast.alice, alice)["remarks"] == []


def test_whoever_writes_sees_no_remarks_on_the_texts_before(cast: Cast, alice: APIClient) -> None:
    b.policy()
    task = b.sit(b.growing(now=timezone.now()), Kind.ASSISTANT_REPLY, by=cast.alice, now=timezone.now())
    read_all()
    assert alice.get(f"/api/v1/tasks/{task.pk}").json()["remarks"] is None
