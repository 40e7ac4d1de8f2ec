"""What is withheld is read by moderators and its author, and by nobody else; its author is told that it waits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.trees.models import Message
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    b.policy(toxicity_hides=True)


@pytest.fixture
def author() -> User:
    return b.person()


@pytest.fixture
def prompt(author: User) -> Message:
    message = b.scored(b.plant(by=author, text="An outrageous text"), 1.0)
    assert moderation.withhold(message_id=message.pk, now=b.NOW)
    return message


def get(person: User, path: str, **query: str) -> Any:
    client = Client()
    client.force_login(person)
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def reads(person: User, prompt: Message) -> dict[str, object]:
    """What somebody sees of it wherever it stands."""
    tree = get(person, f"trees/{prompt.tree_id}")
    return {
        "list": [line["text"] for line in get(person, "messages")["results"]],
        "search": len(get(person, "messages", search="outrageous")["results"]),
        "search of trees": len(get(person, "trees", search="outrageous")["results"]),
        "message": get(person, f"messages/{prompt.pk}")["text"],
        "thread": get(person, f"messages/{prompt.pk}/thread")["messages"][0]["text"],
        "trees": get(person, "trees")["results"][0]["prompt"],
        "tree": (tree["prompt"], tree["messages"][0]["text"]),
    }


def test_others_see_that_there_is_one_but_not_what_it_says(prompt: Message) -> None:
    assert reads(b.person(), prompt) == {
        "list": [], "search": 0, "search of trees": 0, "message": None, "thread": None, "trees": None,
        "tree": (None, None),
    }  # fmt: skip
    assert get(b.person(), f"messages/{prompt.pk}")["withheld"] is True


def test_its_author_and_moderators_read_it(prompt: Message, author: User) -> None:
    text = prompt.text
    for somebody in (author, b.moderator()):
        assert reads(somebody, prompt) == {
            "list": [text], "search": 1, "search of trees": 1, "message": text, "thread": text, "trees": text,
            "tree": (text, text),
        }  # fmt: skip


def test_after_a_look_everybody_reads_it(prompt: Message) -> None:
    moderation.look(message_id=prompt.pk, by=b.moderator(), now=b.NOW)

    assert reads(b.person(), prompt)["message"] == "An outrageous text"


def test_its_author_is_told_that_a_moderator_looks_and_no_more(prompt: Message, author: User) -> None:
    (mine,) = get(author, "me/messages")["results"]

    assert mine["text"] == "An outrageous text"
    assert (mine["fate"]["code"], mine["fate"]["text"]) == ("withheld", "A moderator looks at it first.")
    assert get(author, "me/notices")["results"] == []


def test_its_page_says_what_it_waits_for(prompt: Message) -> None:
    assert get(b.person(), f"trees/{prompt.tree_id}")["waits_for"] == "1 look by a moderator"


def test_nobody_reacts_to_what_they_can_not_read(prompt: Message) -> None:
    client = Client()
    client.force_login(b.person())
    where = f"/api/v1/messages/{prompt.pk}/reactions"

    refused = client.put(f"{where}/+1")

    assert (refused.status_code, refused.json()["code"]) == (409, "message_withheld")
    assert client.get(where).json() == {"mine": [], "counts": None, "may_vote": False}


def test_nobody_is_kept_from_writing(prompt: Message, author: User) -> None:
    assert b.plant(by=author).author == author
