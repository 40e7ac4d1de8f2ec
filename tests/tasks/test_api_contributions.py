"""Everything I have handed in, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.rankings import actions as rankings
from oa.rankings.rules import Vote
from oa.tasks import actions as tasks
from oa.tasks.rules import Kind
from oa.trees.models import Message
from tests import builders as b

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
RANK = Kind.RANK_ASSISTANT_REPLIES


@pytest.fixture(autouse=True)
def _policy() -> None:
    b.policy()


@pytest.fixture
def me() -> User:
    return b.person()


@pytest.fixture
def mine(me: User, api_client_for: SignIn) -> Callable[..., Any]:
    client = api_client_for(me)

    def look(**query: str) -> Any:
        answer = client.get("/api/v1/me/contributions", query)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return look


def outcome(found: Any) -> tuple[str, str]:
    (line,) = found
    return line["outcome"]["code"], line["outcome"]["text"]


def write(me: User, text: str = "A  long\nstory") -> Message:
    return b.answer(b.growing(), by=me, text=text)


def test_what_i_wrote_and_its_fate(me: User, mine: Callable[..., Any]) -> None:
    message = write(me)
    (line,) = mine()

    assert (line["kind"], line["task_kind"], line["lang"]) == ("written", "assistant_reply", "en")
    assert (line["message_id"], line["tree_id"]) == (str(message.pk), str(message.tree_id))
    assert line["excerpt"] == "A long story"
    assert line["outcome"] == {"code": "waiting", "text": "Reviewed by 0 of 2 people so far."}
    b.review_to_end(message)
    assert outcome(mine()) == ("accepted", "Accepted by its reviewers.")


def test_a_prompt_of_mine_has_a_tree_though_its_task_had_none(me: User, mine: Callable[..., Any]) -> None:
    tasks.fill_language(lang="en", now=b.NOW, rng=b.FAIR)
    task = tasks.next_task(kinds=[Kind.INITIAL_PROMPT], langs=["en"], by=me, now=b.NOW, rng=b.FAIR)
    assert task is not None
    b.hand_in(task, by=me, text="Why is the sky blue?")

    (line,) = mine()
    assert line["tree_id"] == line["message_id"]
    assert line["excerpt"] == "Why is the sky blue?"


@pytest.mark.parametrize(
    ("my_spam", "theirs", "expected"),
    [
        (0.0, 0.0, ("agreed", "Accepted, as you said.")),
        (1.0, 1.0, ("agreed", "Rejected, as you said.")),
        (0.0, 1.0, ("differed", "Rejected; you would have accepted it.")),
    ],
)
def test_a_review_is_compared_with_the_verdict_once_there_is_one(
    me: User, mine: Callable[..., Any], my_spam: float, theirs: float, expected: tuple[str, str]
) -> None:
    b.policy(num_reviews_reply=3)
    message = b.answer(b.growing())
    b.review(message, by=me, spam=my_spam)
    assert outcome(mine()) == ("waiting", "Not decided yet: more people are asked.")

    b.review(message, spam=theirs)
    b.review(message, spam=theirs)

    assert outcome(mine()) == expected


def test_a_review_of_a_text_that_was_changed_or_deleted_says_so(me: User, mine: Callable[..., Any]) -> None:
    message, mo = b.answer(b.growing()), b.moderator()
    b.review(message, by=me)
    moderation.edit_message(message_id=message.pk, text="Better words", why="Typing error", by=mo, now=b.NOW)
    assert outcome(mine())[0] == "changed"

    other = b.answer(b.growing())
    b.review(other, by=me)
    moderation.delete_message(message_id=other.pk, why="Rude", by=mo, now=b.NOW)

    newest = mine()[0]
    assert (newest["outcome"]["code"], newest["excerpt"]) == ("deleted", "")


def test_a_ranking_is_compared_with_the_result_once_there_is_one(me: User, mine: Callable[..., Any]) -> None:
    prompt = b.ranking()
    first, second = b.replies_to(prompt)
    b.ballot(prompt, first, second, by=me)
    assert outcome(mine()) == ("waiting", "No result yet: more people are asked.")
    b.ballot(prompt, first, second)
    assert outcome(mine())[0] == "waiting"  # the ballots are in, the ranks are not worked out

    rankings.score(tree_id=prompt.tree_id, now=b.NOW)

    (line,) = mine(kind="ranked")
    assert line["outcome"] == {"code": "agreed", "text": "You ordered 1 of 1 pairs as the result does."}
    assert line["message_id"] == str(prompt.pk)


def test_saying_that_all_are_wrong_leaves_nothing_to_compare(me: User, mine: Callable[..., Any]) -> None:
    prompt = b.ranking()
    b.hand_in(b.sit(prompt, RANK, by=me), by=me, vote=Vote((), not_rankable=True))
    b.ballot(prompt)
    rankings.score(tree_id=prompt.tree_id, now=b.NOW)

    assert outcome(mine())[0] == "undecided"


def test_one_sort_at_a_time_the_newest_first_in_pages(
    me: User, mine: Callable[..., Any], api_client_for: SignIn
) -> None:
    write(me)
    b.review(b.answer(b.growing()), by=me, now=b.LATER)

    assert [line["kind"] for line in mine()] == ["reviewed", "written"]
    assert [line["kind"] for line in mine(kind="written")] == ["written"]
    client = api_client_for(me)
    page = client.get("/api/v1/me/contributions", {"limit": "1"}).json()
    rest = client.get("/api/v1/me/contributions", {"limit": "1", "cursor": page["next_cursor"]}).json()
    assert [line["kind"] for line in rest["results"]] == ["written"]
    assert client.get("/api/v1/me/contributions", {"kind": "drawn"}).status_code == 422


def test_nobody_sees_those_of_others(mine: Callable[..., Any]) -> None:
    write(b.person())

    assert mine() == []


def test_a_page_takes_as_many_statements_however_full_it_is(me: User, mine: Callable[..., Any]) -> None:
    taken = []
    for number in range(2):
        write(me, f"Story no. {number}")
        b.review(b.answer(b.growing()), by=me)
        b.ballot(b.ranking(), by=me)
        with CaptureQueriesContext(connection) as queries:
            mine()
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 8
