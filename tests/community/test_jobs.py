"""Workers find what is to be booked by rows: a queue that loses everything loses no points."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from oa.celery import app
from oa.community import actions, jobs
from oa.community.models import Entry, Member
from oa.rankings.models import Ballot
from oa.trees.models import Tree
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_once() -> Iterator[None]:
    """Jobs are run where they are sent."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


def test_a_round_books_what_happened_and_the_next_finds_nothing(at_once: None) -> None:
    b.policy()
    b.ready(now=timezone.now())

    jobs.book_what_happened()

    lines = Entry.objects.count()
    assert lines > 0
    assert actions.trees_due(most=10) == []
    jobs.book_what_happened()
    assert Entry.objects.count() == lines
    assert b.broken_promises() == []


def test_a_round_ends_and_the_next_goes_on() -> None:
    b.policy()
    for _ in range(5):
        b.review_to_end(b.plant())

    rounds = [actions.book_due(most=2, now=b.NOW, rng=b.FAIR) for _ in range(4)]

    assert rounds == [2, 2, 1, 0]
    assert b.broken_promises() == []


def test_a_round_that_was_lost_is_made_up_for_by_the_next(at_once: None) -> None:
    """Whatever became of the jobs that were sent: the rows still say what is unbooked."""
    b.policy()
    prompt = b.ready(now=timezone.now())
    lost = actions.trees_due(most=10)

    assert actions.trees_due(most=10) == lost == [prompt.tree_id]
    jobs.book_what_happened()

    assert actions.trees_due(most=10) == []


def test_mails_that_are_due_are_sent_by_a_round(at_once: None) -> None:
    b.policy()
    author, now = b.person(), timezone.now()
    actions.change_preferences(by=author, digest="daily", now=now - timedelta(days=2))
    b.growing(by=author, now=now - timedelta(hours=1))
    b.book(now - timedelta(hours=1))

    with override_settings(ACCOUNT_EMAIL_VERIFICATION="optional"):
        jobs.send_digests()
        jobs.send_digests()

    assert [letter.to for letter in mail.outbox] == [[author.email]]
    chosen = Member.objects.of(author.pk).digested_at
    assert chosen is not None
    assert chosen >= now


def test_a_tree_that_cannot_be_booked_stops_no_other_for_good() -> None:
    b.policy()
    prompts = [b.ready() for _ in range(3)]
    broken = Ballot.objects.filter(parent__tree=prompts[0].tree_id)
    broken.update(tiers=[["no id"]])

    for _ in range(20):
        with suppress(ValueError):
            actions.book_due(most=10, now=b.NOW, rng=b.FAIR)

    assert set(actions.trees_due(most=10)) == {prompts[0].tree_id}


def test_what_is_booked_by_the_message_is_what_the_whole_tree_owes() -> None:
    b.policy()
    prompt = b.growing()
    b.book()

    reply = b.answer(prompt)
    first = actions.book_trees(tree_ids=[prompt.tree_id], now=b.NOW)
    b.review(reply)
    second = actions.book_trees(tree_ids=[prompt.tree_id], now=b.NOW)

    assert not Tree.objects.get(pk=prompt.tree_id).unbooked, "nothing but tasks was done"
    assert first[prompt.tree_id] == second[prompt.tree_id] == 1
    assert actions.book(tree_id=prompt.tree_id, now=b.NOW) == 0
