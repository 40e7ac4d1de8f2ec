"""Taking decisions back: what they changed is as it was, and that is a decision too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.community.models import Notice
from oa.core.errors import Conflict, Forbidden, Missing, Refusal
from oa.core.ids import new_id
from oa.moderation import actions as moderation
from oa.moderation.models import Decision, Report
from oa.moderation.rules import ReportReason, Verb
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State, Why
from tests.builders import (
    LATER,
    NOW,
    accepted_answer,
    admin,
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
    review_to_end,
    sit,
    state_of,
    stock_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy(goal_tree_size=4, max_tree_depth=2)


def delete(message: Message) -> Decision:
    return moderation.delete_message(message_id=message.pk, why="", by=moderator(), now=NOW)


def undo(decision: Decision, *, by: User | None = None, **more: object) -> Decision:
    given = {"why": "a mistake", "now": LATER, **more}
    return moderation.undo(decision_id=decision.pk, by=by or moderator(), **given)  # type: ignore[arg-type]


def refused(decision: Decision, **more: object) -> Refusal:
    with pytest.raises(Refusal) as found:
        undo(decision, **more)  # type: ignore[arg-type]
    assert broken_promises() == []
    return found.value


def stock(prompt: Message) -> list[tuple[str, object]]:
    return sorted((task.kind, str(task.message_id)) for task in stock_of(prompt))


# Deletions


def test_a_deleted_branch_comes_back_and_the_log_says_who_undid_what_and_why() -> None:
    prompt = growing()
    reply = accepted_answer(prompt)
    below, there = answer(reply), stock(prompt)
    boss, decision = moderator(), delete(reply)

    undone = undo(decision, by=boss)

    assert [fresh(m).deleted for m in (reply, below)] == [False, False]
    assert fresh(prompt).children_count == 1
    assert (undone.verb, undone.undoes, undone.by, undone.why) == (Verb.UNDO, decision, boss, "a mistake")
    assert undone.before["messages"] == decision.after["messages"]
    assert undone.after["messages"] == decision.before["messages"]
    assert stock(prompt) == there
    assert broken_promises() == []


def test_a_tree_whose_prompt_was_deleted_goes_on_where_it_was() -> None:
    policy()
    prompt = ready()
    ranks = {m.pk: m.rank for m in replies_to(prompt)}

    undo(delete(prompt))

    assert state_of(prompt) == State.READY_FOR_EXPORT
    assert {m.pk: m.rank for m in replies_to(prompt)} == ranks
    last = TreeEvent.objects.filter(tree=prompt.tree_id).latest("id")
    assert (last.before, last.after, last.why) == (State.HALTED_BY_MODERATOR, State.READY_FOR_EXPORT, Why.UNDONE)
    assert broken_promises() == []


def test_undoing_a_restoration_deletes_what_was_written_below_meanwhile() -> None:
    prompt = growing()
    reply = accepted_answer(prompt)
    delete(reply)
    decision = moderation.restore_message(message_id=reply.pk, why="", by=moderator(), now=NOW)
    below = answer(reply)

    undo(decision)

    assert [fresh(m).deleted for m in (reply, below)] == [True, True]
    assert broken_promises() == []


def test_a_reply_does_not_come_back_beside_a_newer_one_of_its_author() -> None:
    prompt, author = growing(), person()
    first = answer(prompt, by=author)
    decision = delete(first)
    moderation.edit_message(message_id=prompt.pk, text="Another question", why="", by=moderator(), now=NOW)
    review_to_end(prompt)
    answer(prompt, by=author)

    assert refused(decision).code == "author_replied_again"


def test_nothing_comes_back_below_what_was_deleted_since() -> None:
    prompt = growing()
    reply = accepted_answer(prompt)
    below = answer(reply)
    first = delete(below)
    delete(reply)

    assert refused(first).code == "parent_is_deleted"


def test_reports_that_a_decision_closed_are_open_again() -> None:
    prompt = plant()
    moderation.report(message_id=prompt.pk, reason=ReportReason.SPAM, note="", by=person(), now=NOW)
    decision = delete(prompt)
    assert not Report.objects.filter(handled_at=None).exists()

    undo(decision)

    assert Report.objects.filter(handled_at=None).count() == 1


# Trees


def test_a_halted_tree_goes_on_and_a_resumed_one_stands_still_again() -> None:
    prompt = growing()
    halted = moderation.halt_tree(tree_id=prompt.tree_id, why="", by=moderator(), now=NOW)
    undo(halted)
    assert (state_of(prompt), Tree.objects.get(pk=prompt.tree_id).moderated) == (State.GROWING, False)

    moderation.halt_tree(tree_id=prompt.tree_id, why="", by=moderator(), now=NOW)
    resumed = moderation.resume_tree(tree_id=prompt.tree_id, why="", by=moderator(), now=NOW)
    undo(resumed)
    assert state_of(prompt) == State.HALTED_BY_MODERATOR
    assert not Tree.objects.get(pk=prompt.tree_id).moderated, "the automatic stops speak again"
    assert broken_promises() == []


def test_a_tree_halted_since_stays_halted_when_an_earlier_deletion_is_undone() -> None:
    prompt = growing()
    reply = accepted_answer(prompt)
    decision = delete(reply)
    moderation.halt_tree(tree_id=prompt.tree_id, why="", by=moderator(), now=NOW)

    undo(decision)

    assert (state_of(prompt), fresh(reply).deleted) == (State.HALTED_BY_MODERATOR, False)
    assert broken_promises() == []


def test_a_prompt_that_is_gone_again_comes_back_with_its_tree() -> None:
    """Why it stands still is not forgotten over the undoing."""
    prompt = growing()
    delete(prompt)
    restored = moderation.restore_message(message_id=prompt.pk, why="", by=moderator(), now=NOW)
    undo(restored)
    assert state_of(prompt) == State.HALTED_BY_MODERATOR

    moderation.restore_message(message_id=prompt.pk, why="", by=moderator(), now=LATER)

    assert state_of(prompt) == State.GROWING
    assert broken_promises() == []


def test_a_tree_that_has_gone_further_meanwhile_is_not_thrown_back() -> None:
    policy()
    prompt = growing()
    first = accepted_answer(prompt)
    decision = delete(first)
    accepted_answer(prompt), accepted_answer(prompt)
    assert state_of(prompt) == State.RANKING

    undo(decision)

    assert (state_of(prompt), len(replies_to(prompt))) == (State.RANKING, 3)
    assert broken_promises() == []


# What can't be undone


def test_a_decision_is_undone_once() -> None:
    decision = delete(answer(growing()))
    undo(decision)

    assert refused(decision).code == "already_undone"


def test_undoing_is_not_undone_nor_is_what_changed_nothing() -> None:
    decision = delete(answer(growing()))
    undone = undo(decision)
    cleared = moderation.clear(person_id=person().pk, why="", by=moderator(), now=NOW)

    assert refused(undone).code == "not_undoable"
    assert refused(cleared).code == "not_undoable"


def test_after_thirty_days_it_stands() -> None:
    decision = delete(answer(growing()))

    assert refused(decision, now=NOW + timedelta(days=30, seconds=1)).code == "too_old"
    undo(decision, now=NOW + timedelta(days=30))


def test_what_something_else_was_decided_about_since_is_not_undone() -> None:
    reply = answer(growing())
    spam = moderation.mark_spam(message_id=reply.pk, why="", by=moderator(), now=NOW)
    later = delete(reply)

    found = refused(spam)
    assert (found.code, found.extra["decision"], found.extra["verb"]) == ("decided_since", str(later.pk), Verb.DELETE)

    undo(later), undo(spam)
    assert (fresh(reply).deleted, fresh(reply).review_result) == (False, None)
    assert broken_promises() == []


def test_what_was_decided_about_other_messages_of_the_tree_does_not_matter() -> None:
    prompt = growing()
    one, other = accepted_answer(prompt), accepted_answer(prompt)
    first = delete(one)
    moderation.mark_spam(message_id=other.pk, why="", by=moderator(), now=NOW)

    undo(first)

    assert not fresh(one).deleted
    assert broken_promises() == []


def test_an_archived_tree_is_not_changed() -> None:
    prompt = growing()
    decision = delete(answer(prompt))
    Tree.objects.filter(pk=prompt.tree_id).update(archived=True)

    with pytest.raises(Conflict, match="archived"):
        undo(decision)


def test_only_moderators_undo_and_only_what_is_there() -> None:
    decision = delete(answer(growing()))

    with pytest.raises(Forbidden):
        undo(decision, by=person())
    with pytest.raises(Missing):
        moderation.undo(decision_id=new_id(), by=moderator(), now=NOW)


# People


def test_what_a_decision_changed_of_a_person_is_as_it_was() -> None:
    target, boss = person(), admin()
    until = NOW + timedelta(days=3)
    told: dict[str, Any] = {"why": "", "by": boss, "now": NOW}
    made = [
        moderation.watch(person_id=target.pk, **told),
        moderation.mute(person_id=target.pk, until=until, **told),
        moderation.ban_person(person_id=target.pk, until=until, **told),
        moderation.lift_ban(person_id=target.pk, **told),
        moderation.unmute(person_id=target.pk, **told),
        moderation.set_role(person_id=target.pk, role=Role.MODERATOR, **told),
    ]
    found = []
    for decision in reversed(made):
        undo(decision, by=boss)
        now = User.objects.get(pk=target.pk)
        found.append((now.role, now.is_active, now.banned_until, now.muted_until, now.watched))

    assert found == [
        ("volunteer", True, None, None, True),
        ("volunteer", True, None, until, True),
        ("volunteer", False, until, until, True),
        ("volunteer", True, None, until, True),
        ("volunteer", True, None, None, True),
        ("volunteer", True, None, None, False),
    ]
    assert broken_promises() == []


def test_whoever_is_shut_out_again_holds_nothing_any_more() -> None:
    target = person()
    moderation.ban_person(person_id=target.pk, why="", by=moderator(), now=NOW)
    lifted = moderation.lift_ban(person_id=target.pk, why="", by=moderator(), now=NOW)
    taken = sit(growing(), Kind.ASSISTANT_REPLY, by=target)

    undo(lifted)

    assert not User.objects.get(pk=target.pk).is_active
    assert Task.objects.get(pk=taken.pk).status == "expired"
    assert broken_promises() == []


def test_a_mute_is_undone_though_a_ban_came_after_it() -> None:
    """They change different things: whoever appeals against one is not told to wait for the other."""
    target = person()
    muted = moderation.mute(person_id=target.pk, until=NOW + timedelta(days=3), why="", by=moderator(), now=NOW)
    moderation.ban_person(person_id=target.pk, why="", by=moderator(), now=NOW)

    undo(muted)

    assert (User.objects.get(pk=target.pk).muted_until, User.objects.get(pk=target.pk).is_active) == (None, False)


def test_a_role_given_since_stands_in_the_way() -> None:
    target, boss = person(), admin()
    first = moderation.set_role(person_id=target.pk, role=Role.MODERATOR, why="", by=boss, now=NOW)
    moderation.set_role(person_id=target.pk, role=Role.ADMIN, why="", by=boss, now=NOW)

    assert refused(first, by=boss).code == "decided_since"


def test_a_warning_can_be_taken_back() -> None:
    warned = moderation.warn(person_id=person().pk, why="", by=moderator(), now=NOW)

    assert undo(warned).undoes == warned


def test_nobody_undoes_what_is_about_a_superior_or_themselves_or_grants_more_than_they_hold() -> None:
    boss, one = admin(), moderator()
    banned = moderation.ban_person(person_id=one.pk, why="", by=boss, now=NOW)
    assert refused(banned).code == "not_above_them"
    undo(banned, by=boss)

    watched = moderation.watch(person_id=one.pk, why="", by=boss, now=NOW)
    assert refused(watched, by=User.objects.get(pk=one.pk)).code == "not_above_them"

    demoted = moderation.set_role(person_id=one.pk, role=Role.VOLUNTEER, why="", by=boss, now=NOW)
    assert refused(demoted).code == "admins_only"
    undo(demoted, by=boss)
    assert User.objects.get(pk=one.pk).role == Role.MODERATOR


def test_what_ended_by_itself_is_not_undone() -> None:
    target = person()
    until = NOW + timedelta(hours=1)
    moderation.ban_person(person_id=target.pk, until=until, why="", by=moderator(), now=NOW)
    ended = moderation.end_what_is_over(person_id=target.pk, now=until)[0]

    assert refused(ended, now=until).code == "not_undoable"


def test_nobody_is_brought_back_who_has_left() -> None:
    target = person()
    banned = moderation.ban_person(person_id=target.pk, why="", by=moderator(), now=NOW)
    User.objects.filter(pk=target.pk).update(left_at=NOW)

    assert refused(banned).code == "has_left"


# Who is told


def test_the_author_is_told_of_it_and_not_of_what_they_were_not_told() -> None:
    reply = answer(growing())
    undo(delete(reply))
    verbs = [notice.data["verb"] for notice in Notice.objects.filter(person=reply.author).order_by("id")]
    assert verbs == [Verb.DELETE, Verb.UNDO]

    watched = moderation.watch(person_id=reply.author_id, why="", by=moderator(), now=NOW)  # type: ignore[arg-type]
    undo(watched)
    assert Notice.objects.filter(person=reply.author).count() == 2
