"""What I have begun: kept, listed, thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.tasks import actions
from oa.tasks.models import Draft, Task
from oa.tasks.rules import Kind, SkipReason
from tests import builders as b

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


@pytest.fixture
def me() -> User:
    b.policy()
    return b.person()


@pytest.fixture
def mine(me: User, api_client_for: SignIn) -> APIClient:
    return api_client_for(me)


def begin(me: User, kind: Kind = Kind.ASSISTANT_REPLY) -> Task:
    """A task in hand with something written."""
    prompt = b.growing() if kind is Kind.ASSISTANT_REPLY else b.plant()
    task = b.sit(prompt, kind, by=me)
    actions.save_draft(task_id=task.pk, content={"text": "Half a"}, revision=None, by=me, now=b.NOW)
    return task


def texts(mine: APIClient) -> Any:
    return mine.get("/api/v1/me/drafts").json()["results"]


def test_a_task_in_hand_says_whether_something_is_kept_with_it(me: User, mine: APIClient) -> None:
    begun, untouched = begin(me), b.sit(b.growing(), Kind.ASSISTANT_REPLY, by=me)

    listed = mine.get("/api/v1/tasks", {"status": "leased"}).json()["results"]

    assert {task["id"]: task["has_draft"] for task in listed} == {str(begun.pk): True, str(untouched.pk): False}


def test_a_text_begun_is_found_again_when_its_task_is_over(me: User, mine: APIClient) -> None:
    task = begin(me)
    assert texts(mine) == []  # it is in hand, and shown there

    actions.expire(task_id=task.pk, now=b.NOW + b.LEASE)

    (draft,) = texts(mine)
    assert (draft["task"]["id"], draft["task"]["status"]) == (str(task.pk), "expired")
    assert (draft["content"], draft["revision"]) == ({"text": "Half a"}, 1)


def test_so_is_one_whose_task_was_skipped_but_not_what_was_handed_in(me: User, mine: APIClient) -> None:
    skipped, done = begin(me), begin(me)
    actions.skip(task_id=skipped.pk, reason=SkipReason.TOO_HARD, by=me, now=b.NOW)
    b.hand_in(done, by=me, text="The whole")

    assert [draft["task"]["id"] for draft in texts(mine)] == [str(skipped.pk)]


def test_half_a_review_is_no_text(me: User, mine: APIClient) -> None:
    task = begin(me, Kind.LABEL_INITIAL_PROMPT)
    actions.expire(task_id=task.pk, now=b.NOW + b.LEASE)

    assert texts(mine) == []


def test_drafts_come_in_pages_the_newest_first(me: User, mine: APIClient) -> None:
    tasks = [begin(me) for _ in range(3)]
    for task in tasks:
        actions.expire(task_id=task.pk, now=b.NOW + b.LEASE)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = mine.get("/api/v1/me/drafts", {"limit": "1", "cursor": cursor}).json()
        seen += [draft["task"]["id"] for draft in page["results"]]
        cursor = page["next_cursor"]

    assert sorted(seen) == sorted(str(task.pk) for task in tasks)


def test_a_draft_is_thrown_away_once_and_for_all(me: User, mine: APIClient) -> None:
    task = begin(me)

    for _ in range(2):
        assert mine.delete(f"/api/v1/tasks/{task.pk}/draft").status_code == 204
    assert not Draft.objects.exists()


def test_nobody_throws_away_or_sees_those_of_others(me: User, api_client_for: SignIn) -> None:
    task = begin(me)
    actions.expire(task_id=task.pk, now=b.NOW + b.LEASE)
    stranger = api_client_for(b.person())

    assert stranger.delete(f"/api/v1/tasks/{task.pk}/draft").status_code == 404
    assert texts(stranger) == []
    assert Draft.objects.exists()
