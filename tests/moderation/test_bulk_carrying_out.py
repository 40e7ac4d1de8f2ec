"""Workers carry a decision about many messages out, one at a time, and undo it as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

import pytest
from django.db.models import Sum

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.community.models import Entry
from oa.core.errors import Refusal
from oa.moderation import actions
from oa.moderation.models import Batch, Decision
from oa.moderation.rules import BatchState, BatchVerb, ItemState, Selection, Verb
from oa.reviews.models import Review
from oa.tasks.models import Task
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests import builders
from tests.builders import LATER, NOW, broken_promises, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    builders.policy()


@pytest.fixture
def mona() -> User:
    return builders.moderator()


def ticking(since: datetime = LATER) -> Iterator[datetime]:
    return (since + timedelta(milliseconds=number) for number in count())


def chosen(mona: User, verb: BatchVerb = BatchVerb.DELETE, to: str = "", **asked: Any) -> Batch:
    wish = actions.Wish(verb, reason="spam", why="Advertising", lang=to)
    return actions.choose(wish=wish, selection=Selection(**asked), by=mona, now=LATER)


def work(since: datetime = LATER) -> int:
    """Rounds of workers until nothing is at work; how many steps they took."""
    clock, steps = ticking(since), 0
    while Batch.objects.at_work().exists():
        taken = actions.work_on_batches(clock=lambda: next(clock), rng=Random(1))
        assert taken, "what is at work goes on"
        steps += taken
    return steps


def run(batch: Batch) -> Batch:
    actions.run_batch(batch_id=batch.pk, by=batch.by, now=LATER)
    work()
    return Batch.objects.get(pk=batch.pk)


def undo(batch: Batch, by: User) -> Batch:
    actions.undo_batch(batch_id=batch.pk, why="Too much", by=by, now=LATER + timedelta(hours=1))
    work(LATER + timedelta(hours=1))
    return Batch.objects.get(pk=batch.pk)


def items(batch: Batch) -> list[tuple[str, str]]:
    return list(batch.items.order_by("id").values_list("state", "problem"))


def snapshot() -> dict[str, list[Any]]:
    """Everything that counts of trees: not their history, and not which rows their seats are."""
    seats = Task.objects.stock().order_by("message", "kind", "version", "author")
    return {
        "trees": list(Tree.objects.order_by("pk").values("id", "state", "lang", "moderated", "won_lottery_at")),
        "messages": list(Message.objects.order_by("pk").values()),
        "reviews": list(Review.objects.order_by("pk").values("id", "counts")),
        "seats": list(seats.values("message", "kind", "version", "lang", "author")),
    }


def a_few_trees(author: User | None = None) -> list[Message]:
    """Three trees at different ages; one with a reply below a reply."""
    young, old = builders.plant(by=author), builders.ready()
    grown = builders.growing(by=author)
    builders.answer(grown)
    Tree.objects.update(unbooked=True)  # prompts of tests are no task's
    builders.book()
    return [young, old, grown]


# --- done -------------------------------------------------------------------------------------------------------------


def test_every_message_gets_its_own_decision(mona: User) -> None:
    prompts = [builders.plant() for _ in range(3)]

    batch = run(chosen(mona, ids=tuple(prompt.pk for prompt in prompts)))

    assert batch.state == BatchState.DONE
    assert all(fresh(prompt).deleted for prompt in prompts)
    decisions = Decision.objects.filter(batch=batch, verb=Verb.DELETE)
    assert {decision.message_id for decision in decisions} == {prompt.pk for prompt in prompts}
    assert {(one.by, one.why, one.reason) for one in decisions} == {(mona, "Advertising", "spam")}
    assert Decision.objects.get(verb=Verb.BATCH).batch == batch
    assert broken_promises() == []


def test_the_words_that_were_looked_for_stand_in_the_batch_and_not_in_the_log(mona: User) -> None:
    builders.plant(text="Mia lives at 3 Hidden Lane")
    batch = run(chosen(mona, regex="Hidden Lane", lang="en"))

    begun = Decision.objects.get(verb=Verb.BATCH)
    assert batch.selection["regex"] == "Hidden Lane"
    assert begun.details["selection"] == {
        "regex": len("Hidden Lane"), "match_case": False, "lang": "en", "deleted": False,
    }  # fmt: skip


def test_what_the_preview_said_is_what_happens(mona: User) -> None:
    a_few_trees()
    total = Entry.objects.aggregate(sum=Sum("points"))["sum"]
    seats = Task.objects.stock().count()
    batch = chosen(mona, lang="en")

    run(batch)
    builders.book()

    assert float(total - Entry.objects.aggregate(sum=Sum("points"))["sum"]) == pytest.approx(batch.preview["points"])
    assert batch.preview["points"] > 0
    assert Message.objects.filter(deleted=True).count() == batch.preview["with_subtrees"]
    assert Task.objects.stock().count() == seats - batch.preview["tasks_open"] - batch.preview["tasks_in_hand"]


def test_what_goes_with_a_message_above_it_counts_as_done(mona: User) -> None:
    prompt = builders.growing()
    reply = builders.accepted_answer(prompt)

    batch = run(chosen(mona, ids=(reply.pk, prompt.pk)))

    assert items(batch) == [(ItemState.DONE, ""), (ItemState.DONE, "already_deleted")]
    assert Decision.objects.filter(verb=Verb.DELETE).count() == 1
    assert broken_promises() == []


def test_what_somebody_else_did_meanwhile_is_refused_and_the_rest_goes_on(mona: User) -> None:
    first, second = builders.plant(), builders.plant()
    batch = chosen(mona, ids=(first.pk, second.pk))
    actions.delete_message(message_id=first.pk, why="Me first", by=builders.moderator(), now=LATER)

    batch = run(batch)

    assert sorted(items(batch)) == [(ItemState.DONE, ""), (ItemState.REFUSED, "already_deleted")]
    assert batch.state == BatchState.DONE


@pytest.mark.parametrize(
    ("verb", "lang"),
    [
        (BatchVerb.DELETE, ""), (BatchVerb.SPAM, ""), (BatchVerb.HALT, ""), (BatchVerb.MOVE, "de"),
    ],
)  # fmt: skip
def test_done_and_undone_all_is_as_it_was(mona: User, verb: BatchVerb, lang: str) -> None:
    a_few_trees()
    before = snapshot()

    batch = run(chosen(mona, verb, lang, lang="en"))

    assert snapshot() != before
    assert broken_promises() == []
    other = builders.moderator()
    batch = undo(batch, other)
    assert {state for state, _ in items(batch)} == {ItemState.UNDONE}
    assert (batch.state, batch.undo_by) == (BatchState.UNDONE, other)
    assert snapshot() == before
    assert broken_promises() == []


def test_what_was_deleted_is_restored_and_deleted_again(mona: User) -> None:
    prompts = a_few_trees()
    run(chosen(mona, ids=tuple(prompt.pk for prompt in prompts)))
    deleted = snapshot()

    batch = run(chosen(mona, BatchVerb.RESTORE, ids=tuple(prompt.pk for prompt in prompts)))

    assert not any(fresh(prompt).deleted for prompt in prompts)
    assert broken_promises() == []
    undo(batch, mona)
    assert snapshot() == deleted


def test_halted_trees_are_resumed_together(mona: User) -> None:
    prompts = [builders.growing(), builders.plant()]
    ids = tuple(prompt.pk for prompt in prompts)
    before = snapshot()
    run(chosen(mona, BatchVerb.HALT, ids=ids))
    assert {builders.state_of(prompt) for prompt in prompts} == {State.HALTED_BY_MODERATOR}

    run(chosen(mona, BatchVerb.RESUME, ids=ids))

    assert [row["state"] for row in snapshot()["trees"]] == [row["state"] for row in before["trees"]]
    assert broken_promises() == []


def test_reported_messages_are_left_as_they_are_together(mona: User) -> None:
    reported, quiet = builders.plant(), builders.plant()
    actions.report(message_id=reported.pk, reason="spam", note="", by=builders.person(), now=NOW)  # type: ignore[arg-type]  # as it is sent

    batch = run(chosen(mona, BatchVerb.DISMISS, ids=(reported.pk, quiet.pk)))

    assert sorted(items(batch)) == [(ItemState.DONE, ""), (ItemState.REFUSED, "nothing_to_dismiss")]
    assert reported.reports.get().handled_at is not None


# --- undone -----------------------------------------------------------------------------------------------------------


def test_points_come_back(mona: User) -> None:
    troll = builders.person()
    a_few_trees(troll)
    had = points_of(troll)
    batch = chosen(mona, person=troll.pk)

    run(batch)
    builders.book()

    assert float(had - points_of(troll)) > 0
    undo(batch, mona)
    builders.book()
    assert points_of(troll) == had
    assert broken_promises("P10") == []


def points_of(person: User) -> Decimal:
    return Entry.objects.filter(person=person).aggregate(sum=Sum("points"))["sum"] or Decimal()


def test_what_was_decided_since_stands_and_the_rest_is_undone(mona: User) -> None:
    first, second = builders.plant(), builders.plant()
    batch = run(chosen(mona, ids=(first.pk, second.pk)))
    actions.restore_message(message_id=first.pk, why="It is fine", by=mona, now=LATER + timedelta(minutes=5))

    batch = undo(batch, mona)

    assert sorted(items(batch)) == [(ItemState.STANDS, "decided_since"), (ItemState.UNDONE, "")]
    assert not fresh(second).deleted
    assert broken_promises() == []


def test_what_was_undone_by_itself_counts_as_undone(mona: User) -> None:
    prompt = builders.plant()
    batch = run(chosen(mona, ids=(prompt.pk,)))
    actions.undo(decision_id=Decision.objects.get(verb=Verb.DELETE).pk, by=mona, now=LATER + timedelta(minutes=5))

    batch = undo(batch, mona)

    assert items(batch) == [(ItemState.UNDONE, "already_undone")]
    assert not fresh(prompt).deleted


def test_undoing_what_is_at_work_stops_it(mona: User) -> None:
    prompts = [builders.plant() for _ in range(4)]
    before = snapshot()
    batch = chosen(mona, ids=tuple(prompt.pk for prompt in prompts))
    actions.run_batch(batch_id=batch.pk, by=mona, now=LATER)
    clock = ticking()
    for _ in range(2):
        actions.step(batch_id=batch.pk, clock=lambda: next(clock))
    assert sum(fresh(prompt).deleted for prompt in prompts) == 2

    batch = undo(batch, mona)

    assert sorted(items(batch)) == 2 * [(ItemState.UNDONE, "")] + 2 * [(ItemState.WAITING, "")]
    assert batch.state == BatchState.UNDONE
    assert snapshot() == before


@pytest.mark.parametrize(
    ("when", "code"),
    [("before it began", "not_begun"), ("twice", "already_undone"), ("after a month", "too_old")],
)
def test_when_it_can_not_be_undone(mona: User, when: str, code: str) -> None:
    prompt = builders.plant()
    batch = chosen(mona, ids=(prompt.pk,))
    if when != "before it began":
        batch = run(batch)
    if when == "twice":
        undo(batch, mona)
    late = LATER + timedelta(days=31 if when == "after a month" else 1)

    with pytest.raises(Refusal) as refused:
        actions.undo_batch(batch_id=batch.pk, by=mona, now=late)

    assert refused.value.code == code


# --- who wanted it may not any more -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"role": Role.VOLUNTEER}, {"is_active": False}, {"muted_until": datetime(2027, 1, 1, tzinfo=UTC)}],
)
def test_it_stops_when_whoever_wanted_it_may_decide_no_more(mona: User, change: dict[str, Any]) -> None:
    prompts = [builders.plant() for _ in range(3)]
    before = snapshot()
    batch = chosen(mona, ids=tuple(prompt.pk for prompt in prompts))
    actions.run_batch(batch_id=batch.pk, by=mona, now=LATER)
    clock = ticking()
    actions.step(batch_id=batch.pk, clock=lambda: next(clock))
    User.objects.filter(pk=mona.pk).update(**change)

    work()

    batch.refresh_from_db()
    assert batch.state == BatchState.STOPPED
    assert sum(fresh(prompt).deleted for prompt in prompts) == 1
    undo(batch, builders.moderator())
    assert snapshot() == before


def test_two_batches_go_on_side_by_side(mona: User) -> None:
    english, german = builders.plant(), builders.plant(lang="de")
    one, other = chosen(mona, lang="en"), chosen(mona, BatchVerb.HALT, lang="de")
    for batch in (one, other):
        actions.run_batch(batch_id=batch.pk, by=mona, now=LATER)

    work()

    assert {one.state for one in Batch.objects.all()} == {BatchState.DONE}
    assert fresh(english).deleted
    assert builders.state_of(german) == State.HALTED_BY_MODERATOR
