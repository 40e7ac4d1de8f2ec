"""Whoever had a withheld text in a task reads it there no more than anywhere else, until a moderator has looked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message
from tests import builders as b

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
TEXT = "An outrageous text"


@pytest.fixture(autouse=True)
def _policy() -> None:
    b.policy(toxicity_hides=True)


@pytest.fixture
def get(api_client_for: SignIn) -> Callable[[User, str], Any]:
    def found(person: User, path: str) -> Any:
        answer = api_client_for(person).get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    return found


def withheld(message: Message) -> Message:
    assert moderation.withhold(message_id=b.scored(message, 1.0).pk, now=b.NOW)
    return message


def look(message: Message) -> None:
    moderation.look(message_id=message.pk, by=b.moderator(), now=b.NOW)


def test_a_review_of_it_shows_the_reviewer_no_text(get: Callable[[User, str], Any]) -> None:
    me, other = b.person(), b.person()
    prompt = b.plant(text=TEXT)
    done, taken = b.review(prompt, by=me), b.sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=other)
    withheld(prompt)

    def texts(person: User, task: Task) -> list[str]:
        return [turn["text"] for turn in get(person, f"tasks/{task.pk}")["conversation"]]

    assert texts(me, done) == [""]
    assert texts(other, taken) == [""]
    assert [line["excerpt"] for line in get(me, "me/contributions")["results"]] == [""]

    look(prompt)
    assert texts(me, done) == [TEXT]
    assert [line["excerpt"] for line in get(me, "me/contributions")["results"]] == [TEXT]


def test_its_author_and_moderators_read_it_there(get: Callable[[User, str], Any]) -> None:
    author, moderator = b.person(), b.moderator()
    prompt = b.growing(by=author)
    Message.objects.filter(pk=prompt.pk).update(text=TEXT)
    mine, theirs = b.sit(prompt, Kind.ASSISTANT_REPLY, by=author), b.sit(prompt, Kind.ASSISTANT_REPLY, by=moderator)
    withheld(prompt)

    for person, task in ((author, mine), (moderator, theirs)):
        assert get(person, f"tasks/{task.pk}")["conversation"][0]["text"] == TEXT


def test_a_ranking_shows_it_to_its_author_only(get: Callable[[User, str], Any]) -> None:
    me = b.person()
    prompt = b.ranking()
    first, second = b.replies_to(prompt)
    task = b.ballot(prompt, first, second, by=me)
    withheld(first)

    shown = {reply["id"]: reply["text"] for reply in get(me, f"tasks/{task.pk}")["replies"]}
    assert shown == {str(first.pk): "", str(second.pk): second.text}
