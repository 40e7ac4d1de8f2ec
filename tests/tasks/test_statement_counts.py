"""What a request costs in SQL statements, pinned: it must not creep up.

Counted is what carries data, from the session to the last row; BEGIN, COMMIT and savepoints are not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.tasks import actions
from oa.tasks.rules import Kind
from oa.trees.models import Message
from tests import builders as b
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

MOST_FOR_NEXT = 6
MOST_FOR_A_CYCLE = 15
MOST_FOR_AN_ORDINARY_REVIEW = 11
WALLS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")


class Statements:
    """What went to the database, without the walls of transactions."""

    def __init__(self) -> None:
        self._captured = CaptureQueriesContext(connection)

    def __enter__(self) -> Statements:
        self._captured.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._captured.__exit__(*error)

    @property
    def texts(self) -> list[str]:
        return [query["sql"] for query in self._captured.captured_queries if not query["sql"].startswith(WALLS)]

    def say(self) -> str:
        return "\n".join(f"{number:3} {text[:150]}" for number, text in enumerate(self.texts, 1))


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def an_open_reply(now: datetime) -> None:
    """Work to be handed out afterwards: of all kinds, a reply takes most statements to show."""
    b.accepted_answer(b.growing(now=now), now=now)


def a_prompt_to_write(now: datetime) -> None:
    actions.fill_language(lang="en", now=now, rng=b.FAIR)


def a_prompt_to_accept(now: datetime) -> Message:
    message = b.plant(now=now)
    b.review(message, now=now)
    return message


def a_reply_to_accept(now: datetime) -> Message:
    """The last one missing: once it is accepted, the tree goes on to ranking."""
    prompt = b.growing(now=now)
    b.accepted_answer(prompt, now=now)
    last = b.answer(prompt, now=now)
    b.review(last, now=now)
    return last


def a_follow_up_to_accept(now: datetime) -> Message:
    b.policy(max_tree_depth=2, goal_tree_size=9)
    answer = b.accepted_answer(b.growing(now=now), now=now)
    last = b.answer(answer, now=now)
    b.review(last, now=now)
    return last


def a_place_to_follow_up(now: datetime) -> Message:
    b.policy(max_tree_depth=2, goal_tree_size=9)
    return b.accepted_answer(b.growing(now=now), now=now)


def a_last_ballot(now: datetime) -> Message:
    prompt = b.ranking(now=now)
    b.ballot(prompt, now=now)
    return prompt


# The dearest case of each kind: the one that makes the tree move on.
SCENES: dict[Kind, Callable[[datetime], Message | None]] = {
    Kind.INITIAL_PROMPT: a_prompt_to_write,
    Kind.ASSISTANT_REPLY: lambda now: b.growing(now=now),
    Kind.PROMPTER_REPLY: a_place_to_follow_up,
    Kind.LABEL_INITIAL_PROMPT: a_prompt_to_accept,
    Kind.LABEL_ASSISTANT_REPLY: a_reply_to_accept,
    Kind.LABEL_PROMPTER_REPLY: a_follow_up_to_accept,
    Kind.RANK_ASSISTANT_REPLIES: a_last_ballot,
}


def answer_to(task: Mapping[str, Any]) -> dict[str, object]:
    if task["replies"]:
        return {"order": [reply["id"] for reply in task["replies"]]}
    return {"labels": {"spam": 0, "quality": 1}} if task["form"] else {"text": "Because of Rayleigh."}


@pytest.mark.parametrize("kind", SCENES)
def test_asking_for_a_task(cast: Cast, api_client_for: Callable[[User], APIClient], now: datetime, kind: Kind) -> None:
    b.policy()
    SCENES[kind](now)
    alice = api_client_for(cast.alice)

    with Statements() as statements:
        answer = alice.post("/api/v1/tasks/next", {"kind": kind})

    assert answer.json()["task"]["kind"] == kind
    assert len(statements.texts) <= MOST_FOR_NEXT, statements.say()


@pytest.mark.parametrize("kind", SCENES)
def test_handing_in_and_getting_the_next(
    cast: Cast, api_client_for: Callable[[User], APIClient], now: datetime, kind: Kind
) -> None:
    b.policy()
    alice = api_client_for(cast.alice)
    SCENES[kind](now)
    task = alice.post("/api/v1/tasks/next", {"kind": kind}).json()["task"]
    an_open_reply(now)

    with Statements() as statements:
        answer = alice.post(
            f"/api/v1/tasks/{task['id']}/submit", {**answer_to(task), "next": {"kind": "assistant_reply"}}
        )

    assert answer.status_code == 200, answer.json()
    assert answer.json()["next"]["task"]
    assert len(statements.texts) <= MOST_FOR_A_CYCLE, statements.say()


def test_a_review_after_which_the_tree_stays_where_it_is(
    cast: Cast, api_client_for: Callable[[User], APIClient], now: datetime
) -> None:
    """Seven of ten cycles are like this one."""
    b.policy(num_reviews_initial_prompt=3)
    b.plant(now=now)
    alice = api_client_for(cast.alice)
    task = alice.post("/api/v1/tasks/next", {"kind": "label_initial_prompt"}).json()["task"]
    b.plant(now=now)

    with Statements() as statements:
        answer = alice.post(f"/api/v1/tasks/{task['id']}/submit", {**answer_to(task), "next": {"kind": "any"}})

    assert answer.json()["next"]["task"]
    assert len(statements.texts) <= MOST_FOR_AN_ORDINARY_REVIEW, statements.say()


MOST_FOR_NOTHING = 8


def test_asking_when_there_is_nothing_to_do(cast: Cast, api_client_for: Callable[[User], APIClient]) -> None:
    """Dearer than being served: the place on the waiting list, and the reasons in words."""
    alice = api_client_for(cast.alice)
    wish = {"kind": "rank_assistant_replies"}
    alice.post("/api/v1/tasks/next", wish, format="json")
    with Statements() as statements:
        answer = alice.post("/api/v1/tasks/next", wish, format="json")
    assert answer.json()["task"] is None
    assert answer.json()["waiting"]["reasons"]
    assert len(statements.texts) <= MOST_FOR_NOTHING, statements.say()
