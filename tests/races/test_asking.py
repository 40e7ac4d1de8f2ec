"""Many people ask at the same moment: nobody gets what another has, and nobody waits for another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random

import pytest
from django.db import connection, transaction

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind, Status
from oa.trees.models import Tree
from oa.trees.rules import State
from tests.builders import LEASE, NOW, broken_promises, moderator, people, person, plant, policy, review_to_end, sit
from tests.races.crowd import codes, granted, together, wait_for_somebody_to_wait

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3


def ask(by: User, seed: int = 1) -> Callable[[], Task | None]:
    kinds = [Kind.LABEL_INITIAL_PROMPT]
    return lambda: tasks.next_task(kinds=kinds, langs=["en"], by=by, now=NOW, rng=Random(seed))


def test_twelve_people_on_five_seats_get_five_different_tasks() -> None:
    """Fails without `FOR UPDATE OF task SKIP LOCKED` in the claim: two people get the same row.

    All throw the same dice, so that all go for the same seat first.
    """
    policy(num_reviews_initial_prompt=5)
    for _ in range(ROUNDS):
        plant()

        found = together(*[ask(by) for by in people(12)])

        got = [task.pk for task in granted(found) if task is not None]
        assert (len(got), len(set(got))) == (5, 5)
        assert broken_promises() == []


def test_nobody_waits_for_a_row_somebody_else_holds() -> None:
    """Fails with `FOR UPDATE` that waits: the second person's patience ends first."""
    policy()
    plant()
    first, second = people(2)

    with transaction.atomic():
        mine = ask(first)()
        [theirs] = together(ask(second))

    assert isinstance(mine, Task) and isinstance(theirs, Task)
    assert mine.pk != theirs.pk


def test_two_tabs_of_one_person_get_one_seat_at_a_message() -> None:
    """The person is held; and if they were not, a constraint would refuse the second seat."""
    policy()
    for _ in range(ROUNDS):
        plant()
        by = person()

        found = together(ask(by, 1), ask(by, 2), ask(by, 3))

        messages = [task.message_id for task in granted(found) if task is not None]
        assert len(messages) == len(set(messages))
        assert len(messages) >= 1


def test_two_tabs_do_not_get_more_than_one_person_may_hold() -> None:
    """Fails when `next_task` does not hold the person: both tabs count before either has claimed."""
    policy(max_pending_tasks_per_user=1)
    for _ in range(3):
        plant()
    for _ in range(ROUNDS):
        by = person()

        found = together(ask(by, 1), ask(by, 2))

        assert codes(found) == ["too_many_in_hand"], "the second tab counts after its wait, and is told why"
        assert Task.objects.held_by(by.pk).count() == 1


def test_stocking_while_people_ask_neither_loses_nor_doubles_a_seat() -> None:
    policy(num_reviews_initial_prompt=4)
    for _ in range(ROUNDS):
        prompt = plant()
        stock = [partial(tasks.restock_tree, tree_id=prompt.tree_id, now=NOW)] * 3

        together(*[ask(by) for by in people(3)], *stock)

        assert broken_promises() == []


def test_a_seat_that_is_being_taken_is_not_withdrawn_while_an_open_one_is_left() -> None:
    """Fails without the row locks of `rows_of`: what has just been taken is read as still open."""
    policy()
    prompt = plant()
    one_too_many = Task.objects.create(
        kind=Kind.LABEL_INITIAL_PROMPT, message=prompt, tree=prompt.tree, lang="en", author=prompt.author
    )

    with ThreadPoolExecutor(1) as worker:
        with transaction.atomic():
            Task.objects.filter(pk=one_too_many.pk).update(
                status=Status.LEASED, assignee=person(), leased_at=NOW, expires_at=NOW + LEASE
            )
            stocking = worker.submit(together, partial(tasks.restock_tree, tree_id=prompt.tree_id, now=NOW))
            wait_for_somebody_to_wait()
        stocking.result()

    one_too_many.refresh_from_db()
    assert one_too_many.status == Status.LEASED
    assert broken_promises() == []


def test_a_message_is_deleted_while_people_ask_for_it() -> None:
    policy(num_reviews_initial_prompt=4)
    boss = moderator()
    for _ in range(ROUNDS):
        pk = plant().pk

        together(
            *[ask(by) for by in people(3)],
            partial(moderation.delete_message, message_id=pk, why="", by=boss, now=NOW),
        )

        assert Task.objects.stock().filter(message=pk).count() == 0
        assert broken_promises() == []


def test_two_lottery_runs_at_once_draw_no_more_than_there_is_room_for() -> None:
    """Fails without the lock on the desk in `fill_language`: both count before either has drawn."""
    policy(max_active_trees=2)
    tasks.fill_language(lang="en", now=NOW, rng=Random(1))  # the desk is there, or making it would order them
    for _ in range(5):
        review_to_end(plant())

    together(*[
        partial(tasks.fill_language, lang="en", now=NOW, rng=Random(seed)) for seed in range(4)
    ])  # fmt: skip

    assert Tree.objects.in_state(State.GROWING).count() == 2
    assert broken_promises() == []


def test_the_first_people_of_a_language_open_its_desk_once() -> None:
    policy(max_active_trees=0, max_initial_prompt_review=3)
    kinds = [Kind.INITIAL_PROMPT]

    asked = partial(tasks.next_task, kinds=kinds, langs=["sw"], now=NOW, rng=Random(1))
    speakers = [person(writing_languages=["sw"]) for _ in range(5)]

    found = together(*[partial(asked, by=by) for by in speakers])

    got = [task.pk for task in granted(found) if task is not None]
    assert (len(got), len(set(got))) == (3, 3)
    assert Task.objects.filter(kind=Kind.INITIAL_PROMPT).count() == 3


def test_a_task_is_taken_back_in_one_tab_while_another_is_given_the_same_text() -> None:
    """Fails when `extend` does not hold the person: both find that they have not met the text, and a constraint says
    no in no words."""
    policy()
    by, prompt = person(), plant()
    expired = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by)
    tasks.expire(task_id=expired.pk, now=NOW + LEASE)

    with ThreadPoolExecutor(1) as worker:
        with transaction.atomic():
            given = ask(by)()
            taking_back = worker.submit(together, partial(tasks.extend, task_id=expired.pk, by=by, now=NOW + LEASE))
            wait_for_somebody_to_wait()
        found = taking_back.result()

    assert given is not None and given.message_id == prompt.pk
    assert codes(found) == ["seat_taken"]
    assert broken_promises() == []


def test_somebody_is_disabled_while_asking() -> None:
    policy(num_reviews_initial_prompt=4)
    boss = moderator()
    plant()
    for _ in range(ROUNDS):
        by = person()

        together(ask(by), partial(moderation.ban_person, person_id=by.pk, why="", by=boss, now=NOW))

        assert broken_promises() == []


def test_the_threads_are_real() -> None:
    """Each of the crowd has a connection of its own, or these races would be none."""

    def backend() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    assert len(set(together(*[backend] * 6))) == 6
