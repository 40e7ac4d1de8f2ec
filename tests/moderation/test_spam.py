"""A moderator may reject a message as spam, whatever its reviewers say."""

from __future__ import annotations

import pytest

from oa.core.errors import Conflict, Forbidden
from oa.moderation import actions as moderation
from oa.moderation.models import Decision, Report
from oa.moderation.rules import ReportReason, Verb
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, Tree
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
    replies_to,
    review,
    sit,
    state_of,
    stock_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy(goal_tree_size=4, max_tree_depth=2)


def spam(message: Message) -> Decision:
    return moderation.mark_spam(message_id=message.pk, why="an advert", reason="spam", by=moderator(), now=NOW)


def undo(decision: Decision) -> Decision:
    return moderation.undo(decision_id=decision.pk, by=moderator(), now=LATER)


def test_spam_is_rejected_and_the_log_says_how_it_was() -> None:
    prompt = plant()
    review(prompt)

    decision = spam(prompt)

    assert fresh(prompt).review_result is False
    assert (decision.verb, decision.reason, decision.why) == (Verb.SPAM, "spam", "an advert")
    assert decision.before["messages"] == {str(prompt.pk): {"review_result": None}}
    assert decision.after["messages"] == {str(prompt.pk): {"review_result": False}}
    assert broken_promises() == []


def test_a_tree_whose_prompt_is_spam_ends_and_nobody_works_on_it() -> None:
    prompt = growing()
    taken = sit(prompt, Kind.ASSISTANT_REPLY, by=person())

    decision = spam(prompt)

    assert state_of(prompt) == State.ABORTED_LOW_GRADE
    assert (stock_of(prompt), Task.objects.get(pk=taken.pk).status) == ([], "withdrawn")
    assert decision.before["tree"]["state"] == State.GROWING
    assert broken_promises() == []


def test_nothing_below_spam_counts_and_its_place_is_free_again() -> None:
    prompt = growing()
    reply = accepted_answer(prompt)
    answer(reply)

    spam(reply)

    assert Tree.objects.get(pk=prompt.tree_id).shape().size() == 1
    assert {task.message_id for task in stock_of(prompt)} == {prompt.pk}
    accepted_answer(prompt), accepted_answer(prompt)
    assert broken_promises() == []


def test_who_reported_it_has_their_answer() -> None:
    prompt = plant()
    moderation.report(message_id=prompt.pk, reason=ReportReason.SPAM, note="", by=person(), now=NOW)

    spam(prompt)

    assert not Report.objects.filter(handled_at=None).exists()


def test_what_is_rejected_or_deleted_is_not_marked_again() -> None:
    prompt = plant()
    spam(prompt)
    with pytest.raises(Conflict) as refused:
        spam(prompt)
    assert refused.value.code == "already_rejected"

    other = plant()
    moderation.delete_message(message_id=other.pk, why="", by=moderator(), now=NOW)
    with pytest.raises(Conflict) as refused:
        spam(other)
    assert refused.value.code == "already_deleted"


def test_only_moderators_mark_and_only_in_live_trees() -> None:
    prompt = plant()
    with pytest.raises(Forbidden):
        moderation.mark_spam(message_id=prompt.pk, why="", by=person(), now=NOW)
    Tree.objects.filter(pk=prompt.tree_id).update(archived=True)
    with pytest.raises(Conflict, match="archived"):
        spam(prompt)


def test_undone_it_counts_again_with_all_below_it() -> None:
    prompt = growing()
    reply = accepted_answer(prompt)
    below = answer(reply)
    stock = sorted((task.kind, str(task.message_id)) for task in stock_of(prompt))

    undo(spam(reply))

    assert (fresh(reply).review_result, fresh(below).review_result) == (True, None)
    assert sorted((task.kind, str(task.message_id)) for task in stock_of(prompt)) == stock
    assert broken_promises() == []


def test_undone_a_prompt_goes_back_to_where_its_tree_was() -> None:
    prompt = growing()
    decision = spam(prompt)

    undone = undo(decision)

    assert (state_of(prompt), fresh(prompt).review_result) == (State.GROWING, True)
    assert undone.after["tree"]["state"] == State.GROWING
    assert broken_promises() == []


def test_undone_in_a_tree_that_was_ready_the_ranks_are_those_it_had() -> None:
    policy(goal_tree_size=3, max_tree_depth=1)
    prompt = ready()
    ranks = {reply.pk: reply.rank for reply in replies_to(prompt)}
    decision = spam(replies_to(prompt)[0])
    assert state_of(prompt) != State.READY_FOR_EXPORT

    undo(decision)

    assert state_of(prompt) == State.READY_FOR_EXPORT
    assert {reply.pk: reply.rank for reply in replies_to(prompt)} == ranks
    assert broken_promises() == []
