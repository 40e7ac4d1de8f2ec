"""Personal data that the policy blocks is refused before anything is written; what it merely warns about is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.core.errors import Invalid
from oa.tasks import actions
from oa.tasks.models import Draft, Task
from oa.tasks.rules import Kind, Status
from oa.trees.models import Message, Tree
from tests import builders as b
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
TEXT = "Ask Alice 🙂 at alice@mail.net, or at +49 30 901820."


def writing(by: User, kind: Kind = Kind.ASSISTANT_REPLY) -> Task:
    return b.sit(b.growing(now=timezone.now()), kind, by=by, now=timezone.now())


def a_prompt_task(by: User) -> Task:
    actions.fill_language(lang="en", now=timezone.now(), rng=b.FAIR)
    task = Task.objects.open().filter(kind=Kind.INITIAL_PROMPT, lang="en").first()
    assert task is not None
    task.status, task.assignee, task.leased_at, task.expires_at = Status.LEASED, by, b.NOW, timezone.now() + b.LEASE
    task.save()
    return task


def test_a_reply_is_refused_with_the_places_and_the_kinds_in_words(cast: Cast, api_client_for: SignIn) -> None:
    b.policy(personal_data_email="block", personal_data_phone="block")
    task = writing(cast.alice)
    alice = api_client_for(cast.alice)
    alice.put(f"/api/v1/tasks/{task.pk}/draft", {"content": {"text": TEXT}})
    before = Message.objects.count()

    answer = alice.post(f"/api/v1/tasks/{task.pk}/submit", {"text": TEXT})

    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "personal_data_blocked")
    assert "e-mail address" in said["detail"]
    assert "telephone number" in said["detail"]
    assert "name@example.org" in said["remedy"]
    assert "Your draft is kept." in said["remedy"]
    assert [(span["kind"], TEXT[span["start"] : span["end"]]) for span in said["spans"]] == [
        ("email", "alice@mail.net"),
        ("phone", "+49 30 901820"),
    ]
    task.refresh_from_db()
    assert (task.status, task.result, Message.objects.count()) == (Status.LEASED, None, before)
    assert Draft.objects.get(task=task).content == {"text": TEXT}


def test_without_it_the_same_task_is_taken(cast: Cast, api_client_for: SignIn) -> None:
    b.policy(personal_data_email="block")
    task = writing(cast.alice)
    alice = api_client_for(cast.alice)

    assert alice.post(f"/api/v1/tasks/{task.pk}/submit", {"text": TEXT}).status_code == 422
    answer = alice.post(f"/api/v1/tasks/{task.pk}/submit", {"text": "Ask at name@example.org."})

    assert answer.status_code == 200, answer.json()


def test_a_prompt_is_refused_by_the_policy_of_its_own_language(cast: Cast) -> None:
    b.policy()
    b.policy("en", personal_data_key="block")
    task = a_prompt_task(cast.alice)

    with pytest.raises(Invalid) as refusal:
        b.hand_in(task, by=cast.alice, text="Why is ghp_0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R not accepted?")

    assert refusal.value.code == "personal_data_blocked"
    assert "key, a token or a password" in refusal.value.cause
    assert Tree.objects.count() == 0


@pytest.mark.parametrize("handling", ["off", "log", "warn"])
def test_nothing_else_refuses(cast: Cast, handling: str) -> None:
    b.policy(personal_data_email=handling, personal_data_phone=handling, personal_data_card="block")
    task = writing(cast.alice)

    done = b.hand_in(task, by=cast.alice, now=timezone.now(), text=TEXT)

    assert done.status == Status.DONE


def test_the_policy_in_force_counts_not_the_one_the_tree_started_with(cast: Cast) -> None:
    b.policy()
    task = writing(cast.alice)
    b.policy(personal_data_email="block")

    with pytest.raises(Invalid):
        b.hand_in(task, by=cast.alice, now=timezone.now(), text=TEXT)


def test_what_is_too_long_is_refused_for_that_first(cast: Cast) -> None:
    b.policy(personal_data_email="block", message_size_limit=30)
    task = writing(cast.alice)

    with pytest.raises(Invalid) as refusal:
        b.hand_in(task, by=cast.alice, now=timezone.now(), text=TEXT)

    assert refusal.value.code == "text_too_long"
