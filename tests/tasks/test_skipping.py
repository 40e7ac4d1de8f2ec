"""Somebody would rather not: the seat opens again, they are not asked twice, and can change their mind."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from oa.accounts.models import User
from oa.core.errors import Conflict, Gone, Invalid
from oa.moderation import actions as moderation
from oa.tasks import actions as tasks
from oa.tasks.models import Draft, Task
from oa.tasks.rules import Kind, SkipReason, Status
from oa.trees.models import Message
from tests.builders import (
    LEASE,
    NOW,
    accepted_answer,
    ballot,
    broken_promises,
    fresh,
    growing,
    moderator,
    person,
    plant,
    policy,
    ranking,
    replies_to,
    sit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def skip(task: Task, by: User, reason: SkipReason = SkipReason.TOO_HARD, note: str = "") -> Task:
    return tasks.skip(task_id=task.pk, reason=reason, note=note, by=by, now=NOW)


def test_the_reason_and_the_note_are_kept() -> None:
    by = person()
    task = skip(sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=by), by, SkipReason.UNCLEAR, "which one?")

    kept = Task.objects.get(pk=task.pk)
    assert (kept.status, kept.skip_reason, kept.skip_note, kept.closed_at) == ("skipped", "unclear", "which one?", NOW)


def test_the_seat_opens_again_for_others_and_not_for_them() -> None:
    prompt, by = plant(), person()
    skip(sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by), by)

    def ask(who: User) -> Task | None:
        return tasks.next_task(kinds=[Kind.LABEL_INITIAL_PROMPT], langs=["en"], by=who, now=NOW, rng=Random(1))

    assert Task.objects.open().filter(message=prompt).count() == 2
    assert ask(by) is None
    assert ask(person()) is not None


def test_a_skip_is_counted_on_the_message_under_its_published_name() -> None:
    prompt, by = growing(), person()
    skip(sit(prompt, Kind.ASSISTANT_REPLY, by=by), by)

    assert fresh(prompt).emojis == {"_skip_reply": 1}


def test_skipping_twice_changes_nothing() -> None:
    prompt, by = plant(), person()
    task = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by)
    skip(task, by)
    skip(task, by, SkipReason.OTHER)

    assert fresh(prompt).emojis == {"_skip_labeling": 1}
    assert Task.objects.get(pk=task.pk).skip_reason == SkipReason.TOO_HARD


def test_a_note_that_is_too_long_is_refused() -> None:
    by = person()

    with pytest.raises(Invalid, match="too long"):
        skip(sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=by), by, note="x" * 501)


def test_a_skip_taken_back_gives_the_task_and_the_draft_again() -> None:
    prompt, by = plant(), person()
    task = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by)
    tasks.save_draft(task_id=task.pk, content={"labels": {"spam": 0}}, revision=None, by=by, now=NOW)
    skip(task, by)

    again = tasks.unskip(task_id=task.pk, by=by, now=NOW)

    assert again is not None and again.assignee == by and again.status == Status.LEASED
    assert Draft.objects.get(task=again).content == {"labels": {"spam": 0}}
    assert fresh(prompt).emojis == {}
    assert Task.objects.get(pk=task.pk).skip_reason == SkipReason.TOO_HARD, "the reason stays on record"
    assert broken_promises() == []


def test_a_skip_is_taken_back_also_when_the_seat_is_gone() -> None:
    prompt, by = plant(), person()
    task = skip(sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by), by)
    for other in (person(), person()):
        sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=other)

    assert tasks.unskip(task_id=task.pk, by=by, now=NOW) is None
    assert fresh(prompt).emojis == {}


def test_what_was_not_skipped_can_not_be_taken_back() -> None:
    by = person()

    with pytest.raises(Conflict, match="not skipped"):
        tasks.unskip(task_id=sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=by).pk, by=by, now=NOW)


def test_an_expired_task_can_still_be_skipped_but_not_when_the_same_is_in_hand_again() -> None:
    prompt, by = plant(), person()
    first = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by)
    tasks.expire(task_id=first.pk, now=NOW + LEASE)
    second = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by, now=NOW + LEASE)

    with pytest.raises(Gone, match="time for this task is over"):
        skip(first, by)

    tasks.expire(task_id=second.pk, now=NOW + 2 * LEASE)
    assert skip(second, by).status == Status.SKIPPED


def test_a_ranking_is_not_given_back_when_the_replies_are_others_now() -> None:
    """A third ballot on the old two replies would be one too many, and the new reply would lack it."""
    prompt, boss, by = growing(), moderator(), person()
    first = accepted_answer(prompt)
    moderation.delete_message(message_id=first.pk, why="", by=boss, now=NOW)
    accepted_answer(prompt)
    accepted_answer(prompt)
    skipped = skip(sit(prompt, Kind.RANK_ASSISTANT_REPLIES, by=by), by)
    ballot(prompt)
    ballot(prompt)
    moderation.restore_message(message_id=first.pk, why="", by=boss, now=NOW)
    assert len(replies_to(prompt)) == 3

    assert tasks.unskip(task_id=skipped.pk, by=by, now=NOW) is None
    assert broken_promises() == []


def test_a_ranking_is_not_given_back_to_somebody_who_replied_meanwhile() -> None:
    prompt, boss, by = ranking(), moderator(), person()
    skipped = skip(sit(prompt, Kind.RANK_ASSISTANT_REPLIES, by=by), by)
    reply = replies_to(prompt)[0]
    moderation.edit_message(message_id=reply.pk, text="Other words", why="", by=boss, now=NOW)
    moderation.delete_message(message_id=reply.pk, why="", by=boss, now=NOW)
    moderation.halt_tree(tree_id=prompt.tree_id, why="", by=boss, now=NOW)
    moderation.resume_tree(tree_id=prompt.tree_id, why="", by=boss, now=NOW)
    own = Message.objects.get(parent=prompt, deleted=False)
    Message.objects.filter(pk=own.pk).update(author=by)

    assert tasks.unskip(task_id=skipped.pk, by=by, now=NOW) is None


def test_a_skip_of_many_stops_the_tree() -> None:
    policy(auto_mod_max_skip_reply=2)
    prompt = growing()
    for by in (person(), person()):
        skip(sit(prompt, Kind.ASSISTANT_REPLY, by=by), by)

    assert fresh(prompt).tree.state == "halted_by_moderator"
    assert broken_promises() == []


def test_time_passing_does_not_bring_a_skipped_task_back() -> None:
    prompt, by = plant(), person()
    skip(sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by), by)
    kinds = [Kind.LABEL_INITIAL_PROMPT]

    assert tasks.next_task(kinds=kinds, langs=["en"], by=by, now=NOW + timedelta(days=9), rng=Random(1)) is None
