"""With Redis away volunteers keep working, and what was due is done when it is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import current_app
from django.test import override_settings
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.rankings import jobs
from oa.trees.models import Message
from oa.trees.rules import State
from tests import builders as b

pytestmark = pytest.mark.django_db

NOWHERE = "unix:///nowhere/valkey.sock"
DEAD = override_settings(
    REDIS_URL=NOWHERE,
    CACHES={"default": {"BACKEND": "oa.core.cache.PatientRedisCache", "LOCATION": NOWHERE}},
)


@pytest.fixture
def workers() -> Iterator[None]:
    """What a round sends out is done at once, as if a worker stood by."""
    before = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = before


def answer_to(task: dict[str, Any]) -> dict[str, object]:
    if task["form"]:
        return {"labels": {"spam": 0}}
    return {"order": [reply["id"] for reply in task["replies"]]} if task["replies"] else {"text": b.words()}


def work(volunteer: APIClient) -> str | None:
    """Ask, hand in; returns the kind of task, None when there was none."""
    asked = volunteer.post("/api/v1/tasks/next", {"kinds": KINDS})
    assert asked.status_code == 200, asked.json()
    task = asked.json()["task"]
    if task is None:
        return None
    handed_in = volunteer.post(f"/api/v1/tasks/{task['id']}/submit", answer_to(task))
    assert handed_in.status_code == 200, handed_in.json()
    return str(task["kind"])


KINDS = ["assistant_reply", "label_assistant_reply", "rank_assistant_replies"]


def test_a_tree_grows_and_is_ranked_meanwhile_and_scored_afterwards(
    api_client_for: Callable[[User], APIClient],
    workers: None,
) -> None:
    b.policy()
    prompt = b.growing(now=timezone.now())
    volunteers = [api_client_for(person) for person in b.people(6)]

    with DEAD:
        done = [work(volunteer) for _ in range(4) for volunteer in volunteers]
        assert set(filter(None, done)) == set(KINDS)
        assert b.state_of(prompt) == State.READY_FOR_SCORING

    # Redis is back, beat comes round, and the round finds what nobody had told it of.
    jobs.score_ready_trees()
    assert b.state_of(prompt) == State.READY_FOR_EXPORT
    assert set(Message.objects.filter(parent=prompt).values_list("rank", flat=True)) == {0, 1}
    assert b.broken_promises() == []
