"""Several workers and people at the same moment: nothing is booked twice, and nobody waits crosswise."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from oa.accounts.models import User
from oa.community import actions
from oa.community.models import Entry, Reaction, Total
from oa.community.rules import Emoji
from oa.moderation import actions as moderation
from oa.tasks.rules import Kind
from oa.trees.models import Message
from tests import builders as b
from tests.races.crowd import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def booking(tree_id: UUID) -> None:
    actions.book(tree_id=tree_id, now=b.NOW)


def test_many_workers_book_one_tree_once() -> None:
    b.policy()
    prompt = b.ready()

    together(*[lambda: booking(prompt.tree_id)] * 6)

    b.book()
    assert b.broken_promises() == []
    keys = list(Entry.objects.values_list("person", "reason", "subject"))
    assert len(keys) == len(set(keys)) > 0


def test_two_trees_of_the_same_people_are_booked_at_once() -> None:
    """Each booking writes the totals of the same people; they take turns in one order."""
    b.policy()
    people = b.people(2)
    prompts = [b.growing(by=people[0]), b.growing(by=people[1])]
    for prompt, others in zip(prompts, (people[::-1], people), strict=True):
        for other in others:
            if prompt.author != other:
                b.accepted_answer(prompt, by=other)

    for _ in range(3):
        together(*[lambda pk=prompt.tree_id: booking(pk) for prompt in prompts * 2])

    b.book()
    assert b.broken_promises() == []


def test_work_goes_on_while_it_is_booked() -> None:
    b.policy(num_reviews_reply=6)
    prompt = b.growing()
    reply = b.answer(prompt)
    reviewers = b.people(5)
    tasks = [b.sit(reply, Kind.LABEL_ASSISTANT_REPLY, by=reviewer) for reviewer in reviewers]

    def hand_in(number: int) -> None:
        b.hand_in(tasks[number], by=reviewers[number], labels={"spam": 0})

    together(*[lambda n=number: hand_in(n) for number in range(5)], *[lambda: booking(prompt.tree_id)] * 3)

    b.book()
    assert {Total.objects.get(person=someone, lang="", period="all").points for someone in reviewers} == {2}
    assert b.broken_promises() == []


def test_a_booking_waits_for_nobody_who_holds_the_tree() -> None:
    b.policy()
    prompt = b.ready()

    with transaction.atomic():
        type(prompt.tree).objects.hold(prompt.tree_id)
        (found,) = together(lambda: actions.book(tree_id=prompt.tree_id, now=b.NOW))

    assert found is None
    assert prompt.tree_id in actions.trees_due(most=10)


def test_who_leaves_the_boards_while_it_is_booked_is_off_them() -> None:
    b.policy()
    author, boss = b.person(), b.moderator()
    prompts = [b.growing(by=author) for _ in range(3)]

    together(
        *[lambda pk=prompt.tree_id: booking(pk) for prompt in prompts],
        lambda: actions.change_preferences(by=author, show_on_boards=False, now=b.NOW),
        lambda: moderation.ban_person(person_id=author.pk, why="", by=boss, now=b.NOW),
    )

    b.book()
    assert not Total.objects.filter(person=author, shown=True).exists()
    assert b.broken_promises() == []


def test_votes_at_the_same_moment_are_all_counted(terms: object) -> None:
    b.policy()
    message, voters = b.plant(), b.people(5)

    def vote(by: User, emoji: Emoji) -> None:
        actions.react(message_id=message.pk, emoji=emoji, by=by, now=b.NOW)

    first = voters[0]
    together(
        *[lambda by=voter: vote(by, Emoji.UP) for voter in voters],
        lambda: vote(first, Emoji.DOWN),
        lambda: vote(first, Emoji.UP),
    )

    assert sum((Message.objects.get(pk=message.pk).emojis or {}).values()) == Reaction.objects.count() == 5
    assert b.broken_promises("P4") == []
