"""What rules decide by themselves: red flags on replies, stops of trees. Each is a decision that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from oa.celery import app
from oa.community import actions as community
from oa.community.rules import Emoji
from oa.moderation import actions as moderation
from oa.moderation import jobs
from oa.moderation.models import Case, Decision
from oa.moderation.rules import CaseVerb, Verb
from oa.tasks import actions as tasks
from oa.tasks.rules import SkipReason
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State
from tests.builders import (
    LATER,
    NOW,
    accepted_answer,
    answer,
    broken_promises,
    fresh,
    growing,
    moderator,
    person,
    plant,
    policy,
    ready,
    reply_kind,
    sit,
    state_of,
)

pytestmark = pytest.mark.django_db
LATEST = LATER + timedelta(hours=1)


@pytest.fixture(autouse=True)
def small_trees(db: None) -> None:
    policy(auto_mod_red_flags_reply=3, auto_mod_red_flags=3, auto_mod_max_skip_reply=2)


@pytest.fixture
def at_once() -> Iterator[None]:
    """Jobs are run where they are sent."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


def flag(message: Message, times: int) -> Message:
    for _ in range(times):
        community.react(message_id=message.pk, emoji=Emoji.RED_FLAG, by=person(), now=NOW)
    return message


def a_round() -> list[Message]:
    """What the rule finds and deletes."""
    while moderation.consider_doubts(now=NOW):
        pass
    found = moderation.red_flagged_replies(now=NOW)
    assert all([moderation.delete_red_flagged(message_id=pk, now=NOW) for pk in found])
    return list(Message.objects.filter(pk__in=found))


# Red flags on replies


def test_a_reply_with_too_many_red_flags_is_deleted_with_all_below_it() -> None:
    policy(max_tree_depth=2, goal_tree_size=9, auto_mod_red_flags_reply=3)
    prompt = growing()
    reply, innocent = accepted_answer(prompt), accepted_answer(prompt)
    below = answer(reply)
    flag(reply, 3)
    flag(innocent, 2)

    assert a_round() == [reply]

    assert [fresh(message).deleted for message in (reply, below, innocent)] == [True, True, False]
    decision = Decision.objects.get(verb=Verb.DELETE)
    assert (decision.by, decision.message, decision.details["red_flags"]) == (None, reply, 3)
    assert decision.details["messages"] == [str(reply.pk), str(below.pk)]
    assert a_round() == []
    assert not Case.objects.open().filter(message=reply).exists()
    assert broken_promises() == []


def test_a_moderator_undoes_it_and_it_is_not_done_again() -> None:
    reply = flag(accepted_answer(growing()), 3)
    a_round()
    moderation.undo(decision_id=Decision.objects.get(verb=Verb.DELETE).pk, by=moderator(), now=LATER)
    assert not fresh(reply).deleted

    flag(reply, 5)
    a_round_finds_nothing()
    assert not fresh(reply).deleted
    assert broken_promises() == []


def a_round_finds_nothing() -> None:
    while moderation.consider_doubts(now=LATEST):
        pass
    for pk in moderation.red_flagged_replies(now=LATEST):
        assert moderation.delete_red_flagged(message_id=pk, now=LATEST) is False


@pytest.mark.parametrize("how", ["restored", "restored above", "left as it is", "tree resumed"])
def test_what_a_moderator_has_decided_a_rule_leaves_alone(how: str) -> None:
    prompt = growing()
    reply, mona = accepted_answer(prompt), moderator()
    if how == "restored":
        moderation.delete_message(message_id=reply.pk, why="", by=mona, now=NOW)
        moderation.restore_message(message_id=reply.pk, why="", by=mona, now=NOW)
    elif how == "restored above":
        moderation.delete_message(message_id=prompt.pk, why="", by=mona, now=NOW)
        moderation.restore_message(message_id=prompt.pk, why="", by=mona, now=NOW)
    elif how == "tree resumed":
        moderation.halt_tree(tree_id=prompt.tree_id, why="", by=mona, now=NOW)
        moderation.resume_tree(tree_id=prompt.tree_id, why="", by=mona, now=NOW)
    flag(reply, 3)
    if how == "left as it is":
        moderation.consider_doubts(now=NOW)
        given = moderation.Answer(CaseVerb.DISMISS, why="A quotation")
        moderation.decide(case_id=Case.objects.get().pk, answer=given, by=mona, now=NOW)
        flag(reply, 3)

    a_round_finds_nothing()

    assert not fresh(reply).deleted


def test_what_somebody_has_in_hand_is_theirs_to_decide() -> None:
    reply = flag(accepted_answer(growing()), 3)
    moderation.consider_doubts(now=NOW)
    moderation.claim(case_id=Case.objects.get().pk, by=moderator(), now=NOW)
    assert moderation.red_flagged_replies(now=NOW) == []
    assert moderation.delete_red_flagged(message_id=reply.pk, now=NOW) is False

    assert moderation.red_flagged_replies(now=NOW + timedelta(minutes=10)) == [reply.pk]


def test_not_where_the_policy_says_no_nor_where_nobody_works() -> None:
    done = Message.objects.filter(tree=ready().tree_id, depth=1).first()
    assert done is not None
    flag(done, 9)
    policy(auto_mod_enabled=False)
    allowed = flag(accepted_answer(growing()), 9)

    a_round_finds_nothing()
    assert not fresh(allowed).deleted
    assert not fresh(done).deleted


# Stops that trees make by themselves


def stopped_by_flags() -> Message:
    prompt = flag(plant(), 3)
    tasks.restock_tree(tree_id=prompt.tree_id, now=NOW)
    assert state_of(prompt) == State.ABORTED_LOW_GRADE
    return prompt


def stopped_by_skips() -> Message:
    prompt = growing()
    for _ in range(2):
        by = person()
        task = sit(prompt, reply_kind(prompt), by=by)
        tasks.skip(task_id=task.pk, reason=SkipReason.UNCLEAR, by=by, now=NOW)
    tasks.restock_tree(tree_id=prompt.tree_id, now=NOW)
    assert state_of(prompt) == State.HALTED_BY_MODERATOR
    return prompt


def record() -> list[Decision]:
    for event_id in moderation.stops_to_record():
        assert moderation.record_stop(event_id=event_id, now=LATER)
    return list(Decision.objects.filter(verb=Verb.STOP))


@pytest.mark.parametrize(
    ("stop", "noted"), [(stopped_by_flags, {"red_flags": 3}), (stopped_by_skips, {"skips": 2})]
)  # fmt: skip
def test_a_stop_is_written_down_once_and_undone(stop: object, noted: dict[str, int]) -> None:
    before = stop()  # type: ignore[operator]  # one of the two above
    event = TreeEvent.objects.filter(tree=before.tree_id).order_by("-id")[0]

    [decision] = record()

    assert (decision.by, decision.at, decision.message, decision.tree_id) == (None, NOW, before, before.tree_id)
    assert decision.details == {"event": event.pk, **noted}
    assert decision.before["tree"]["state"] == event.before
    assert moderation.stops_to_record() == []
    assert moderation.record_stop(event_id=event.pk, now=LATER) is False

    moderation.undo(decision_id=decision.pk, by=moderator(), now=LATEST)

    assert state_of(before) == event.before
    assert Tree.objects.get(pk=before.tree_id).moderated
    tasks.restock_tree(tree_id=before.tree_id, now=LATEST)
    assert state_of(before) == event.before
    assert record() == [decision]
    assert broken_promises() == []


def test_a_second_stop_is_a_second_line() -> None:
    prompt = stopped_by_flags()
    record()
    moderation.resume_tree(tree_id=prompt.tree_id, why="", by=moderator(), now=LATER)
    Tree.objects.filter(pk=prompt.tree_id).update(moderated=False)
    tasks.restock_tree(tree_id=prompt.tree_id, now=LATEST)
    assert len(record()) == 2


def test_other_ends_are_not_stops_by_rules() -> None:
    halted = plant()
    moderation.halt_tree(tree_id=halted.tree_id, why="", by=moderator(), now=NOW)
    moderation.delete_message(message_id=plant().pk, why="", by=moderator(), now=NOW)
    assert moderation.stops_to_record() == []


def test_a_round_does_both(at_once: None) -> None:
    reply = flag(accepted_answer(growing()), 3)
    stopped_by_flags()
    jobs.consider_doubts()
    jobs.follow_the_rules()
    jobs.follow_the_rules()
    assert fresh(reply).deleted
    assert sorted(Decision.objects.values_list("verb", flat=True)) == ["delete", "stop"]
