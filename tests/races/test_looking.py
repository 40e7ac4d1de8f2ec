"""A moderator looks at a message at the moment at which others do something with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message
from oa.trees.rules import State
from tests.builders import (
    NOW,
    broken_promises,
    fresh,
    moderator,
    people,
    plant,
    policy,
    review,
    scored,
    sit,
    state_of,
    stock_of,
)
from tests.races.crowd import codes, granted, together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3


@pytest.fixture(autouse=True)
def toxic_texts_are_withheld() -> None:
    policy(toxicity_hides=True)


def look(message: Message) -> Callable[[], object]:
    return partial(moderation.look, message_id=message.pk, by=moderator(), now=NOW)


def withhold(message: Message) -> Callable[[], object]:
    return partial(moderation.withhold, message_id=message.pk, now=NOW)


def labels(task: Task) -> Callable[[], object]:
    answer = tasks.Answer(labels={"spam": 0})
    assert task.assignee is not None
    return partial(tasks.submit, task_id=task.pk, answer=answer, by=task.assignee, now=NOW, rng=Random(1))


def test_of_two_moderators_one_looks_and_the_other_is_told() -> None:
    for _ in range(ROUNDS):
        prompt = scored(plant(), 1.0)
        moderation.withhold(message_id=prompt.pk, now=NOW)

        results = together(look(prompt), look(prompt))

        assert (len(granted(results)), codes(results)) == (1, ["already_looked"])
        assert Decision.objects.filter(message=prompt, verb=Verb.LOOK).count() == 1
        assert not fresh(prompt).withheld
        assert broken_promises() == []


def test_what_is_looked_at_while_it_is_withheld_is_not_withheld_in_the_end() -> None:
    """Whichever comes first: a look gives back what is withheld, and what was looked at is not withheld."""
    for _ in range(ROUNDS):
        prompt = scored(plant(), 1.0)

        results = together(look(prompt), withhold(prompt))

        assert codes(results) == []
        assert not fresh(prompt).withheld
        assert len(stock_of(prompt)) == 2
        assert broken_promises() == []


def test_two_workers_withhold_once() -> None:
    for _ in range(ROUNDS):
        prompt = scored(plant(), 1.0)

        assert sorted(together(withhold(prompt), withhold(prompt)), key=bool) == [False, True]
        assert Decision.objects.filter(message=prompt, verb=Verb.WITHHOLD).count() == 1


def test_the_last_review_counts_or_is_told_that_its_task_is_over() -> None:
    for _ in range(ROUNDS):
        prompt = scored(plant(), 1.0)
        review(prompt)
        [last] = [sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by) for by in people(1)]

        results = together(labels(last), withhold(prompt))

        counted = fresh(prompt).review_count == 2
        assert codes(results) == ([] if counted else ["task_withdrawn"])
        assert state_of(prompt) == (State.PROMPT_LOTTERY_WAITING if counted else State.INITIAL_PROMPT_REVIEW)
        assert fresh(prompt).withheld
        assert stock_of(prompt) == []
        assert broken_promises() == []


def test_a_look_and_a_deletion_or_an_edit_come_one_after_the_other() -> None:
    for _ in range(ROUNDS):
        prompt, other = scored(plant(), 1.0), scored(plant(), 1.0)
        for message in (prompt, other):
            moderation.withhold(message_id=message.pk, now=NOW)
        delete = partial(moderation.delete_message, message_id=prompt.pk, why="", by=moderator(), now=NOW)
        edit = partial(moderation.edit_message, message_id=other.pk, text="Kind", why="", by=moderator(), now=NOW)

        assert codes(together(look(prompt), delete)) in ([], ["already_deleted"])
        seen = partial(moderation.look, message_id=other.pk, version=1, by=moderator(), now=NOW)

        assert codes(together(seen, edit)) in ([], ["message_changed"])

        assert (fresh(prompt).deleted, fresh(other).text, fresh(other).withheld) == (True, "Kind", False)
        assert broken_promises() == []
