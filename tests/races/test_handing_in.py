"""Two things happen to one tree at the same moment: it comes out as if one had gone first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from uuid import UUID

import pytest
from django.db import transaction

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.rankings.rules import Vote
from oa.reviews.models import Review
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind, Status
from oa.trees.models import Message
from oa.trees.rules import State
from tests.builders import (
    LEASE,
    NOW,
    ballot,
    broken_promises,
    fresh,
    growing,
    label_kind,
    moderator,
    people,
    person,
    plant,
    policy,
    ranking,
    sit,
    state_of,
    words,
)
from tests.races.crowd import codes, granted, together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 2


def hand_in(task: Task, answer: tasks.Answer, *, key: str = "", late: timedelta = timedelta()) -> Callable[[], object]:
    now = NOW + late
    return lambda: (
        tasks.submit(task_id=task.pk, answer=answer, by=holder(task), key=key, now=now, rng=Random(1)).task.result
    )


def holder(task: Task) -> User:
    assert task.assignee is not None
    return task.assignee


def good() -> tasks.Answer:
    return tasks.Answer(labels={"spam": 0, "quality": 0.5})


def text() -> tasks.Answer:
    return tasks.Answer(text=words())


def order(task: Task) -> tasks.Answer:
    return tasks.Answer(vote=Vote(tuple((UUID(pk),) for pk in (task.shown or {})["order"])))


def seats(message: Message, kind: Kind, number: int) -> list[Task]:
    return [sit(message, kind, by=by) for by in people(number)]


def test_two_last_reviews_at_once_decide_and_count_both() -> None:
    """Fails without holding the tree in `hold_task`: one review's sums overwrite the other's, and
    each believes that the other is still to come, so that the message is never decided."""
    policy(num_reviews_initial_prompt=3)
    for _ in range(ROUNDS):
        prompt = plant()

        together(*[hand_in(task, good()) for task in seats(prompt, Kind.LABEL_INITIAL_PROMPT, 3)])

        assert fresh(prompt).label_sums["quality"] == [1.5, 3]
        assert state_of(prompt) == State.PROMPT_LOTTERY_WAITING
        assert broken_promises() == []


def test_two_last_ballots_at_once_finish_the_ranking() -> None:
    """Fails without holding the tree: each believes that the other's ballot is missing, and the tree is stuck."""
    policy()
    for _ in range(2):
        prompt = ranking()

        together(*[hand_in(task, order(task)) for task in seats(prompt, Kind.RANK_ASSISTANT_REPLIES, 2)])

        assert state_of(prompt) == State.READY_FOR_SCORING
        assert broken_promises() == []


def test_two_last_replies_at_once_are_both_kept_and_counted() -> None:
    policy()
    for _ in range(ROUNDS):
        prompt = growing()

        together(*[hand_in(task, text()) for task in seats(prompt, Kind.ASSISTANT_REPLY, 2)])

        assert fresh(prompt).children_count == 2
        assert broken_promises() == []


def test_the_same_answer_from_two_tabs_is_kept_once_and_answered_alike() -> None:
    """The second tab waits for the tree, and finds the task done."""
    policy()
    for _ in range(ROUNDS):
        prompt = growing()
        [task] = seats(prompt, Kind.ASSISTANT_REPLY, 1)
        same = text()

        first, second = together(hand_in(task, same, key="k"), hand_in(task, same, key="k"))

        assert first == second
        assert Message.objects.filter(parent=prompt).count() == 1
        assert broken_promises() == []


def test_of_two_different_answers_one_is_kept_and_one_is_told() -> None:
    policy()
    for _ in range(ROUNDS):
        prompt = growing()
        [task] = seats(prompt, Kind.ASSISTANT_REPLY, 1)

        results = together(hand_in(task, text()), hand_in(task, text()))

        assert codes(results) == ["already_submitted"]
        assert len(granted(results)) == 1
        assert Message.objects.filter(parent=prompt).count() == 1


def test_a_new_prompt_from_two_tabs_starts_one_tree() -> None:
    """Fails without holding the task in `hold_task`: there is no tree yet that would keep them apart."""
    policy()
    by = person()
    for _ in range(ROUNDS):
        found = tasks.next_task(kinds=[Kind.INITIAL_PROMPT], langs=["en"], by=by, now=NOW, rng=Random(1))
        assert found is not None
        same = text()

        first, second = together(hand_in(found, same), hand_in(found, same))

        assert first == second
        assert Message.objects.filter(text=same.text).count() == 1


def against(message_id: UUID, boss: User) -> Callable[[], object]:
    return lambda: moderation.delete_message(message_id=message_id, why="", by=boss, now=NOW)


def test_a_message_is_deleted_while_somebody_replies_to_it() -> None:
    """Fails without holding the tree in the moderator's verbs: a live reply stands below a deleted message."""
    policy()
    boss = moderator()
    for _ in range(ROUNDS):
        prompt = growing()
        [task] = seats(prompt, Kind.ASSISTANT_REPLY, 1)

        results = together(hand_in(task, text()), against(prompt.pk, boss))

        assert codes(results) in ([], ["task_withdrawn"])
        assert not Message.objects.live().filter(parent=prompt).exists()
        assert broken_promises() == []


def test_a_text_is_edited_while_somebody_reviews_it() -> None:
    """Fails without holding the tree in the moderator's verbs: a review of the old text counts for the new one."""
    policy()
    boss = moderator()
    for _ in range(ROUNDS):
        prompt = plant()
        [task] = seats(prompt, label_kind(prompt), 1)
        changed = words()

        results = together(
            hand_in(task, good()),
            partial(moderation.edit_message, message_id=prompt.pk, text=changed, why="", by=boss, now=NOW),
        )

        assert codes(results) in ([], ["task_withdrawn"])
        assert not Review.objects.counting().of(prompt.pk).exists()
        assert fresh(prompt).review_count == 0
        assert broken_promises() == []


def test_a_reply_is_edited_while_its_group_is_ranked() -> None:
    policy()
    boss = moderator()
    prompt = ranking()
    [task] = seats(prompt, Kind.RANK_ASSISTANT_REPLIES, 1)
    reply = Message.objects.filter(parent=prompt).first()
    assert reply is not None

    together(
        hand_in(task, order(task)),
        lambda: moderation.edit_message(message_id=reply.pk, text=words(), why="", by=boss, now=NOW),
    )

    assert fresh(reply).ranking_count == 0
    assert broken_promises() == []


def test_a_tree_is_halted_while_somebody_hands_in() -> None:
    policy()
    boss = moderator()
    for _ in range(ROUNDS):
        prompt = growing()
        [task] = seats(prompt, Kind.ASSISTANT_REPLY, 1)

        results = together(
            hand_in(task, text()),
            partial(moderation.halt_tree, tree_id=prompt.tree_id, why="", by=boss, now=NOW),
        )

        assert codes(results) in ([], ["task_withdrawn"])
        assert state_of(prompt) == State.HALTED_BY_MODERATOR
        assert Message.objects.filter(parent=prompt).count() == len(granted(results)) - 1
        assert broken_promises() == []


def test_a_lease_ends_while_its_holder_hands_in() -> None:
    """Fails when `expire` doesn't look again at the status it ends: a task that is done becomes expired."""
    policy()
    for _ in range(ROUNDS):
        prompt = growing()
        [task] = seats(prompt, Kind.ASSISTANT_REPLY, 1)

        submitted, expired = together(
            hand_in(task, text(), late=LEASE - timedelta(seconds=1)),
            partial(tasks.expire, task_id=task.pk, now=NOW + LEASE),
        )

        task.refresh_from_db()
        kept = task.status == Status.DONE
        assert kept is not bool(expired)
        assert Message.objects.filter(parent=prompt).exists() is kept
        assert codes([submitted]) == ([] if kept else ["lease_expired"])
        assert broken_promises() == []


def test_an_expired_seat_is_taken_back_while_others_ask_for_it() -> None:
    policy()
    for _ in range(ROUNDS):
        prompt = plant()
        mine, theirs = seats(prompt, Kind.LABEL_INITIAL_PROMPT, 2)
        for task in (mine, theirs):
            tasks.expire(task_id=task.pk, now=NOW + LEASE)
        asked = [
            partial(
                tasks.next_task, kinds=[Kind.LABEL_INITIAL_PROMPT], langs=["en"], by=by, now=NOW + LEASE, rng=Random(1)
            )
            for by in people(2)
        ]
        back = [partial(tasks.extend, task_id=task.pk, by=holder(task), now=NOW + LEASE) for task in (mine, theirs)]

        together(*asked, *back)

        assert Task.objects.stock().filter(message=prompt).count() == 2
        assert broken_promises() == []


def test_an_expired_seat_is_not_swapped_for_one_that_is_being_taken() -> None:
    """Fails when `free_now` doesn't skip locked rows: the row under somebody else would be deleted."""
    policy()
    prompt, other = plant(), person()
    mine, theirs = seats(prompt, Kind.LABEL_INITIAL_PROMPT, 2)
    for task in (mine, theirs):
        tasks.expire(task_id=task.pk, now=NOW + LEASE)
    first = Task.objects.open().filter(message=prompt).order_by("lot").first()
    assert first is not None

    with transaction.atomic():
        Task.objects.filter(pk=first.pk).update(status=Status.LEASED, assignee=other, expires_at=NOW + 2 * LEASE)
        together(partial(tasks.extend, task_id=mine.pk, by=holder(mine), now=NOW + LEASE))

    held = Task.objects.leased().filter(message=prompt).values_list("assignee", flat=True)
    assert set(held) == {other.pk, holder(mine).pk}
    assert broken_promises() == []


def test_ballots_and_a_deletion_at_once_leave_nothing_stuck() -> None:
    policy()
    boss = moderator()
    prompt = ranking()
    ballot(prompt)
    reply = Message.objects.filter(parent=prompt).first()
    assert reply is not None
    [task] = seats(prompt, Kind.RANK_ASSISTANT_REPLIES, 1)

    together(hand_in(task, order(task)), against(reply.pk, boss))

    assert state_of(prompt) == State.READY_FOR_SCORING
    assert broken_promises() == []
