"""How often a person is given tasks, and that no wish gets round it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.test import override_settings
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.core.throttles import in_force
from oa.tasks.rules import THROTTLES, Kind
from tests import builders as b
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
NEXT = "/api/v1/tasks/next"


@override_settings(THROTTLES="assistant_replies=1/60")
def test_a_kind_one_has_had_enough_of_is_refused_alone_and_left_out_of_any(cast: Cast, api_client_for: SignIn) -> None:
    b.policy(initial_prompts_enabled=False)
    b.growing(now=timezone.now())
    alice = api_client_for(cast.alice)

    assert alice.post(NEXT, {"kind": "assistant_reply"}).json()["task"]["kind"] == Kind.ASSISTANT_REPLY
    alone = alice.post(NEXT, {"kind": "assistant_reply"})
    anything = alice.post(NEXT, {"kind": "any"})

    assert (alone.status_code, alone.json()["code"]) == (429, "too_many_tasks")
    assert 55 <= int(alone.headers["Retry-After"]) <= 61
    assert anything.status_code == 200
    assert anything.json()["task"] is None


@override_settings(THROTTLES="tasks=2/60")
def test_the_limit_on_all_tasks_counts_every_kind(cast: Cast, api_client_for: SignIn) -> None:
    for _ in range(3):
        b.plant(now=timezone.now())
    alice, bob = api_client_for(cast.alice), api_client_for(cast.bob)

    answers = [alice.post(NEXT, {"kind": "any"}).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert bob.post(NEXT, {"kind": "any"}).status_code == 200


@override_settings(THROTTLES="tasks=1/60", REDIS_URL="unix:///nowhere/valkey.sock")
def test_without_redis_nobody_is_held_back_or_kept_waiting(cast: Cast, api_client_for: SignIn) -> None:
    for _ in range(4):
        b.plant(now=timezone.now())
    alice = api_client_for(cast.alice)
    started = time.monotonic()

    answers = [alice.post(NEXT, {"kind": "label_initial_prompt"}).status_code for _ in range(4)]

    assert answers == [200] * 4
    assert time.monotonic() - started < 60


def test_they_can_be_changed_or_turned_off() -> None:
    limits = {limit.name: limit for limit in in_force(list(THROTTLES), "tasks=300/240, prompter_replies=1/2")}

    assert (limits["tasks"].most, limits["tasks"].seconds) == (300, 240)
    assert (limits["prompter_replies"].most, limits["assistant_replies"].most) == (1, 4)
    assert in_force(list(THROTTLES), "off") == []
