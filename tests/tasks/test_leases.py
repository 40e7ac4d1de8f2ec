"""A seat is somebody's for a while: they can ask for more time, lose it, and get it back."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from oa.core.errors import Conflict, Gone, Missing, TooMany
from oa.tasks import actions as tasks
from oa.tasks.models import Draft, Task
from oa.tasks.rules import Kind, Status
from tests.builders import (
    LEASE,
    NOW,
    accepted_answer,
    answer,
    broken_promises,
    growing,
    hand_in,
    person,
    plant,
    policy,
    sit,
)

pytestmark = pytest.mark.django_db
LATE = NOW + LEASE


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def test_an_expired_lease_opens_the_seat_again() -> None:
    prompt, by = growing(), person()
    task = sit(prompt, Kind.ASSISTANT_REPLY, by=by)

    assert tasks.expire(task_id=task.pk, now=LATE) is True

    task.refresh_from_db()
    assert (task.status, task.assignee) == (Status.EXPIRED, by)
    assert Task.objects.open().filter(message=prompt).count() == 2
    assert broken_promises() == []


def test_a_lease_whose_time_is_not_over_is_left_alone() -> None:
    task = sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=person())

    assert tasks.expire(task_id=task.pk, now=LATE - timedelta(seconds=1)) is False


def test_expiring_twice_changes_nothing() -> None:
    task = sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=person())

    assert [tasks.expire(task_id=task.pk, now=LATE) for _ in range(2)] == [True, False]
    assert broken_promises() == []


def test_asking_for_more_time_moves_the_end() -> None:
    by = person()
    task = sit(growing(), Kind.ASSISTANT_REPLY, by=by)

    extended = tasks.extend(task_id=task.pk, by=by, now=NOW + timedelta(minutes=50))

    assert extended.expires_at == NOW + timedelta(minutes=50 + 60)


def test_an_expired_task_comes_back_to_whoever_still_types_while_its_seat_is_free() -> None:
    prompt, by = growing(), person()
    task = sit(prompt, Kind.ASSISTANT_REPLY, by=by)
    tasks.expire(task_id=task.pk, now=LATE)

    tasks.extend(task_id=task.pk, by=by, now=LATE)

    assert Task.objects.stock().filter(message=prompt).count() == 2
    assert hand_in(task, by=by, now=LATE, text="What I wrote").status == Status.DONE
    assert broken_promises() == []


def test_an_expired_task_whose_seat_is_taken_is_gone() -> None:
    prompt, by = plant(), person()
    task = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by)
    tasks.expire(task_id=task.pk, now=LATE)
    for other in (person(), person()):
        sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=other)

    with pytest.raises(Gone) as refused:
        tasks.extend(task_id=task.pk, by=by, now=LATE)
    assert refused.value.code == "seat_taken"


def test_an_expired_task_does_not_come_back_into_full_hands() -> None:
    """Or whoever lets tasks expire and takes them back again could keep any number of them from others."""
    policy(max_pending_tasks_per_user=1)
    by = person()
    task = sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=by)
    tasks.expire(task_id=task.pk, now=LATE)
    sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=by, now=LATE)

    with pytest.raises(TooMany) as refused:
        tasks.extend(task_id=task.pk, by=by, now=LATE)

    assert refused.value.code == "too_many_in_hand"
    assert Task.objects.held_by(by.pk).count() == 1


def test_an_expired_task_does_not_come_back_to_somebody_who_has_done_the_same_since() -> None:
    prompt, by = growing(), person()
    task = sit(prompt, Kind.ASSISTANT_REPLY, by=by)
    tasks.expire(task_id=task.pk, now=LATE)
    answer(prompt, by=by, now=LATE)

    with pytest.raises(Gone):
        tasks.extend(task_id=task.pk, by=by, now=LATE)
    assert broken_promises() == []


def test_handing_in_too_late_is_refused_in_words_and_keeps_the_draft() -> None:
    by = person()
    task = sit(growing(), Kind.ASSISTANT_REPLY, by=by)
    tasks.save_draft(task_id=task.pk, content={"text": "half a th"}, revision=None, by=by, now=NOW)

    with pytest.raises(Gone) as refused:
        hand_in(task, by=by, now=LATE, text="half a thought")

    assert refused.value.code == "lease_expired"
    assert Draft.objects.get(task=task).content == {"text": "half a th"}


def test_a_draft_changed_on_another_device_is_not_overwritten() -> None:
    by = person()
    task = sit(growing(), Kind.ASSISTANT_REPLY, by=by)
    for revision, text in ((None, "one"), (1, "two")):
        tasks.save_draft(task_id=task.pk, content=text, revision=revision, by=by, now=NOW)

    with pytest.raises(Conflict) as refused:
        tasks.save_draft(task_id=task.pk, content="mine", revision=1, by=by, now=NOW)

    assert refused.value.extra == {"content": "two", "revision": 2}
    assert tasks.save_draft(task_id=task.pk, content="mine", revision=2, by=by, now=NOW).revision == 3


def test_a_draft_outlives_its_lease() -> None:
    by = person()
    task = sit(growing(), Kind.ASSISTANT_REPLY, by=by)
    tasks.expire(task_id=task.pk, now=LATE)

    assert tasks.save_draft(task_id=task.pk, content="late", revision=None, by=by, now=LATE).content == "late"


def test_nobody_touches_somebody_elses_task() -> None:
    task, other = sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=person()), person()

    with pytest.raises(Missing):
        tasks.extend(task_id=task.pk, by=other, now=NOW)
    with pytest.raises(Missing):
        hand_in(task, by=other, labels={"spam": 0})
    with pytest.raises(Missing):
        tasks.save_draft(task_id=task.pk, content="", revision=None, by=other, now=NOW)


def test_what_people_are_at_goes_before_what_is_only_open() -> None:
    """The goal leaves room for one reply more than there are places: the seat in hand is the one that stays."""
    policy(goal_tree_size=4, max_tree_depth=2, max_children_count=3)
    prompt = growing()
    taken = sit(prompt, Kind.ASSISTANT_REPLY, by=person())
    accepted_answer(prompt)
    accepted_answer(prompt)

    assert [task.pk for task in Task.objects.stock().filter(tree=prompt.tree_id)] == [taken.pk]
    assert broken_promises() == []


def test_the_waiting_list_gives_the_first_that_fits_to_whoever_waits_longest() -> None:
    early, late = person(), person()
    kinds = [Kind.LABEL_INITIAL_PROMPT]
    tasks.wait(kinds=kinds, langs=["en"], by=early, now=NOW)
    tasks.wait(kinds=kinds, langs=["en"], by=late, now=NOW + timedelta(minutes=1))
    assert tasks.assign(person_id=early.pk, now=NOW, rng=Random(1)) is None, "there is nothing yet"
    plant()

    given = tasks.assign(person_id=early.pk, now=NOW, rng=Random(1))

    assert given is not None and given.assignee == early
    assert tasks.assign(person_id=early.pk, now=NOW, rng=Random(1)) is None, "they wait no more"
    assert broken_promises() == []


def test_nobody_waits_for_longer_than_they_said() -> None:
    by = person()
    tasks.wait(kinds=[Kind.LABEL_INITIAL_PROMPT], langs=["en"], by=by, now=NOW)
    plant()

    assert tasks.assign(person_id=by.pk, now=NOW + timedelta(minutes=31), rng=Random(1)) is None


def test_somebody_disabled_meanwhile_waits_no_more() -> None:
    by = person()
    tasks.wait(kinds=[Kind.LABEL_INITIAL_PROMPT], langs=["en"], by=by, now=NOW)
    plant()
    by.is_active = False
    by.save()

    assert tasks.assign(person_id=by.pk, now=NOW, rng=Random(1)) is None
