"""What became of what I wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.rankings import actions as rankings
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    builders.policy()


def mine(person: User) -> Any:
    client = Client()
    client.force_login(person)
    return client.get("/api/v1/me/messages").json()["results"]


def fate(person: User) -> tuple[str, str]:
    (message,) = mine(person)
    return message["fate"]["code"], message["fate"]["text"]


def test_it_waits_with_some_of_its_reviews() -> None:
    me = builders.person()
    builders.review(builders.plant(by=me), spam=1)

    (message,) = mine(me)

    assert message["fate"]["code"] == "waiting"
    assert message["fate"]["text"] == "Reviewed by 1 of 2 people so far."
    assert message["fate"]["said_spam"] == 0  # not told before it is decided


def test_it_was_accepted() -> None:
    me = builders.person()
    builders.review_to_end(builders.plant(by=me))

    assert fate(me) == ("accepted", "Accepted by its reviewers.")


def test_it_was_rejected_and_by_how_many() -> None:
    me = builders.person()
    prompt = builders.plant(by=me)
    builders.review(prompt, spam=1, lang_mismatch=1)
    builders.review(prompt, spam=1)

    assert fate(me) == ("rejected", "Rejected: of 2 reviewers 2 called it spam and 1 saw the wrong language.")


def test_it_was_ranked_among_its_rivals() -> None:
    me = builders.person()
    prompt = builders.ranking(authors=(me, None))
    best = next(reply for reply in builders.replies_to(prompt) if reply.author_id != me.pk)
    for _ in range(2):
        builders.ballot(prompt, best)
    rankings.score(tree_id=prompt.tree_id, now=builders.NOW)

    assert fate(me) == ("ranked", "Ranked 2 of 2.")


def test_it_was_deleted_with_what_it_answered_and_why() -> None:
    me = builders.person()
    prompt = builders.growing()
    reply = builders.answer(prompt, by=me)
    mo = builders.moderator()
    moderation.delete_message(message_id=prompt.pk, why="A private address", by=mo, now=builders.NOW)

    (message,) = mine(me)

    assert message["fate"]["code"] == "deleted"
    assert message["fate"]["why_deleted"] == "A private address"
    assert message["text"] == reply.text  # one always sees one's own words


def test_its_conversation_was_stopped() -> None:
    me = builders.person()
    prompt = builders.plant(by=me)
    moderation.halt_tree(tree_id=prompt.tree_id, why="Look at it", by=builders.moderator(), now=builders.NOW)

    assert fate(me)[0] == "stopped"


def test_nobody_sees_those_of_others() -> None:
    builders.plant()

    assert mine(builders.person()) == []


def test_a_page_takes_as_many_statements_however_full_it_is() -> None:
    me, mo = builders.person(), builders.moderator()
    client = Client()
    client.force_login(me)
    taken = []
    for _ in range(2):
        builders.ranking(authors=(me, None))
        gone = builders.plant(by=me)
        moderation.delete_message(message_id=gone.pk, why="Rude", by=mo, now=builders.NOW)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/v1/me/messages").status_code == 200
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 5
