"""The stock heals from anything: whatever happened to the rows, restocking brings back what is wanted."""

from __future__ import annotations

from random import Random

import pytest

from oa.moderation import actions as moderation
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind, Status
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests.builders import (
    LEASE,
    NOW,
    accepted_answer,
    answer,
    broken_promises,
    growing,
    moderator,
    person,
    plant,
    policy,
    ranking,
    ready,
    replies_to,
    review_to_end,
    sit,
    state_of,
    stock_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def heal(message: Message) -> None:
    tasks.restock_tree(tree_id=message.tree_id, now=NOW)


@pytest.mark.parametrize("place", [plant, growing, ranking])
def test_rows_that_were_lost_come_back(place: object) -> None:
    prompt = place()  # type: ignore[operator]  # one of the builders
    before = sorted(task.kind for task in stock_of(prompt))
    Task.objects.stock().filter(tree=prompt.tree_id).delete()
    assert broken_promises("P6", "P7") != []

    heal(prompt)

    assert sorted(task.kind for task in stock_of(prompt)) == before != []
    assert broken_promises() == []


def test_rows_too_many_go_and_those_in_hand_stay() -> None:
    prompt = plant()
    taken = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=person())
    for _ in range(4):
        Task.objects.create(kind=taken.kind, message=prompt, tree=prompt.tree, lang="en", author=prompt.author)

    heal(prompt)

    assert len(stock_of(prompt)) == 2 and taken in stock_of(prompt)
    assert broken_promises() == []


def test_rows_in_a_finished_tree_go() -> None:
    prompt = ready()
    Task.objects.create(kind=Kind.ASSISTANT_REPLY, message=prompt, tree=prompt.tree, lang="en")

    heal(prompt)

    assert stock_of(prompt) == []


def test_a_tree_that_was_left_behind_moves_on() -> None:
    """As if whoever wrote the last review had died between the review and the move."""
    prompt = plant()
    Message.objects.filter(pk=prompt.pk).update(review_result=True)

    heal(prompt)

    assert state_of(prompt) == State.PROMPT_LOTTERY_WAITING
    assert broken_promises("P5", "P6", "P7", "P9") == []


def test_a_lonely_mark_that_is_wrong_is_set_right() -> None:
    prompt = growing()
    accepted_answer(prompt)
    seats = Task.objects.open().filter(message=prompt)
    assert {task.lonely for task in seats} == {True}
    seats.update(lonely=False)

    heal(prompt)

    assert {task.lonely for task in seats.all()} == {True}


def test_stocking_again_changes_nothing() -> None:
    prompt = growing()
    before = {task.pk for task in stock_of(prompt)}

    heal(prompt)

    assert {task.pk for task in stock_of(prompt)} == before


def test_a_parent_takes_another_reply_after_one_was_rejected() -> None:
    """The original lost such a parent for ever, and its tree with it."""
    prompt = growing()
    for _ in range(2):
        review_to_end(answer(prompt), spam=1)

    assert [task.kind for task in stock_of(prompt)] == [Kind.ASSISTANT_REPLY] * 2
    assert broken_promises() == []


def test_a_parent_takes_another_reply_after_one_was_deleted() -> None:
    prompt = growing()
    reply = accepted_answer(prompt)
    moderation.delete_message(message_id=reply.pk, why="", by=moderator(), now=NOW)

    assert [task.kind for task in stock_of(prompt)] == [Kind.ASSISTANT_REPLY] * 2


def test_a_parent_takes_another_reply_after_a_lease_ran_out() -> None:
    prompt = growing()
    task = sit(prompt, Kind.ASSISTANT_REPLY, by=person())
    tasks.expire(task_id=task.pk, now=NOW + LEASE)

    assert Task.objects.open().filter(message=prompt).count() == 2


def test_a_tree_whose_every_answer_is_lost_still_comes_to_an_end() -> None:
    """Promise P7: no tree is stuck, however often things go wrong in it."""
    prompt, boss = growing(), moderator()
    for _ in range(3):
        review_to_end(answer(prompt), spam=1)
        moderation.delete_message(message_id=accepted_answer(prompt).pk, why="", by=boss, now=NOW)
    accepted_answer(prompt)
    accepted_answer(prompt)

    assert state_of(prompt) == State.RANKING
    assert len(replies_to(prompt)) == 2
    assert broken_promises() == []


def test_an_archived_tree_is_never_worked_on() -> None:
    prompt = plant()
    Tree.objects.filter(pk=prompt.tree_id).update(archived=True)

    heal(prompt)

    assert stock_of(prompt) == []
    assert broken_promises("P6") == []


def test_a_desk_asks_for_as_many_prompts_as_it_wants_and_no_more() -> None:
    dice = Random(1)
    tasks.fill_language(lang="en", now=NOW, rng=dice)
    prompts = Task.objects.filter(kind=Kind.INITIAL_PROMPT)
    assert prompts.open().count() == 15, "ten trees may grow, five more may be reviewed"

    policy(max_active_trees=1, max_initial_prompt_review=1)
    tasks.fill_language(lang="en", now=NOW, rng=dice)
    assert prompts.open().count() == 2
    assert prompts.filter(status=Status.WITHDRAWN).count() == 13

    policy(initial_prompts_enabled=False)
    tasks.fill_language(lang="en", now=NOW, rng=dice)
    assert prompts.open().count() == 0


def test_a_prompt_somebody_is_writing_is_not_taken_from_them() -> None:
    tasks.fill_language(lang="en", now=NOW, rng=Random(1))
    by = person()
    mine = tasks.next_task(kinds=[Kind.INITIAL_PROMPT], langs=["en"], by=by, now=NOW, rng=Random(1))
    policy(initial_prompts_enabled=False)
    tasks.fill_language(lang="en", now=NOW, rng=Random(1))

    assert list(Task.objects.stock().filter(kind=Kind.INITIAL_PROMPT)) == [mine]
    assert broken_promises() == []
