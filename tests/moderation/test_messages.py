"""Moderators delete, restore and edit messages: each act leaves who, when and why, and the tree in order."""

from __future__ import annotations

import pytest

from oa.core.errors import Conflict, Forbidden, Missing
from oa.core.ids import new_id
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.rankings import actions as rankings
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, MessageRevision, Tree
from oa.trees.rules import State
from tests.builders import (
    NOW,
    accepted_answer,
    answer,
    ballot,
    broken_promises,
    fresh,
    growing,
    moderator,
    person,
    plant,
    policy,
    ranking,
    ready,
    replies_to,
    review,
    review_to_end,
    sit,
    state_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def delete(message: Message) -> Decision:
    return moderation.delete_message(message_id=message.pk, why="spam", by=moderator(), now=NOW)


def restore(message: Message) -> Decision:
    return moderation.restore_message(message_id=message.pk, why="a mistake", by=moderator(), now=NOW)


def edit(message: Message, text: str = "Other words") -> Decision:
    return moderation.edit_message(message_id=message.pk, text=text, why="a name in it", by=moderator(), now=NOW)


def score(message: Message) -> None:
    rankings.score(tree_id=message.tree_id, now=NOW)


# Deleting and restoring


def test_a_decision_says_who_what_when_and_why() -> None:
    boss, reply = moderator(), answer(growing())

    decision = moderation.delete_message(message_id=reply.pk, why="an advertisement", by=boss, now=NOW)

    assert (decision.by, decision.verb, decision.at, decision.why) == (boss, Verb.DELETE, NOW, "an advertisement")
    assert (decision.message, decision.tree_id, decision.details) == (
        reply,
        reply.tree_id,
        {"messages": [str(reply.pk)]},
    )


def test_a_message_goes_with_everything_below_it_and_comes_back_with_it() -> None:
    policy(goal_tree_size=4, max_tree_depth=2)
    prompt = growing()
    reply = accepted_answer(prompt)
    below = answer(reply)

    delete(reply)
    assert [fresh(m).deleted for m in (prompt, reply, below)] == [False, True, True]
    assert broken_promises() == []

    restore(reply)
    assert [fresh(m).deleted for m in (prompt, reply, below)] == [False, False, False]
    assert broken_promises() == []


def test_what_was_deleted_before_stays_deleted_when_the_rest_comes_back() -> None:
    policy(goal_tree_size=4, max_tree_depth=2)
    prompt = growing()
    reply = accepted_answer(prompt)
    below = answer(reply)
    delete(below), delete(reply)

    restore(reply)

    assert [fresh(m).deleted for m in (reply, below)] == [False, True]


def test_nothing_comes_back_below_what_is_deleted() -> None:
    policy(goal_tree_size=4, max_tree_depth=2)
    reply = accepted_answer(growing())
    below = answer(reply)
    delete(reply)

    with pytest.raises(Conflict, match="The message it answers is deleted"):
        restore(below)


def test_a_reply_does_not_come_back_beside_a_newer_one_of_its_author() -> None:
    prompt, author = growing(), person()
    first = answer(prompt, by=author)
    delete(first)
    Message.objects.filter(pk=answer(prompt).pk).update(author=author)

    with pytest.raises(Conflict, match="another reply to the same message"):
        restore(first)


def test_what_was_handed_out_at_a_deleted_message_is_withdrawn() -> None:
    prompt = growing()
    taken = sit(prompt, Kind.ASSISTANT_REPLY, by=person())

    delete(prompt)

    assert Task.objects.get(pk=taken.pk).status == "withdrawn"
    assert not Task.objects.stock().filter(tree=prompt.tree_id).exists()


def test_a_tree_without_its_prompt_stands_still_and_goes_on_when_it_comes_back() -> None:
    prompt = growing()

    delete(prompt)
    assert state_of(prompt) == State.HALTED_BY_MODERATOR

    restore(prompt)
    assert state_of(prompt) == State.GROWING
    assert broken_promises() == []


def test_a_tree_that_was_halted_on_purpose_does_not_go_on_when_its_prompt_comes_back() -> None:
    prompt = growing()
    moderation.halt_tree(tree_id=prompt.tree_id, why="", by=moderator(), now=NOW)
    delete(prompt), restore(prompt)

    assert state_of(prompt) == State.HALTED_BY_MODERATOR


def test_ranks_are_worked_out_again_when_a_ranked_reply_is_deleted_and_when_it_comes_back() -> None:
    policy(goal_tree_size=4, max_children_count=3)
    prompt = ranking(authors=(None, None, None))
    while state_of(prompt) == State.RANKING:
        ballot(prompt)
    score(prompt)
    best = next(reply for reply in replies_to(prompt) if reply.rank == 0)

    delete(best)
    assert state_of(prompt) == State.READY_FOR_SCORING
    score(prompt)
    assert sorted(reply.rank or 0 for reply in replies_to(prompt)) == [0, 1]
    assert fresh(best).rank is None
    assert broken_promises() == []

    restore(best)
    score(prompt)
    assert sorted(reply.rank or 0 for reply in replies_to(prompt)) == [0, 1, 2]
    assert fresh(best).rank == 0
    assert broken_promises() == []


def test_a_group_that_loses_all_but_one_is_ranked_no_more() -> None:
    prompt = ready()
    first, second = replies_to(prompt)

    delete(first)
    score(prompt)

    assert state_of(prompt) == State.READY_FOR_EXPORT
    assert fresh(second).rank is None


def test_a_reply_that_comes_back_without_ballots_is_ranked_first() -> None:
    prompt = growing()
    early = accepted_answer(prompt)
    delete(early)
    for _ in range(2):
        accepted_answer(prompt)
    while state_of(prompt) == State.RANKING:
        ballot(prompt)
    score(prompt)

    restore(early)

    assert state_of(prompt) == State.RANKING
    assert broken_promises() == []


# Editing


def test_an_edit_keeps_the_old_words_and_says_who_and_why() -> None:
    prompt, boss = plant(text="Call me on 555-1234"), moderator()

    decision = moderation.edit_message(message_id=prompt.pk, text="Call me", why="a number", by=boss, now=NOW)

    revision = MessageRevision.objects.get(message=prompt)
    assert (revision.text, revision.version, revision.by, revision.why) == ("Call me on 555-1234", 1, boss, "a number")
    assert (fresh(prompt).text, fresh(prompt).version) == ("Call me", 2)
    assert (decision.details["revision"], decision.details["version"]) == (str(revision.pk), 2)
    assert broken_promises() == []


def test_reviews_of_the_old_words_are_kept_and_no_longer_count() -> None:
    prompt = plant()
    reviewer = person()
    review(prompt, by=reviewer, spam=1)

    edit(prompt)

    assert Review.objects.of(prompt.pk).count() == 1 and not Review.objects.counting().of(prompt.pk).exists()
    assert (fresh(prompt).review_count, fresh(prompt).label_sums) == (0, {})
    review(prompt, by=reviewer)
    assert fresh(prompt).review_count == 1, "who reviewed the old words may review the new ones"
    assert broken_promises() == []


def test_an_accepted_reply_is_reviewed_again_and_its_group_ranked_again() -> None:
    prompt = ready()
    reply = replies_to(prompt)[0]

    edit(reply)
    assert state_of(prompt) == State.GROWING
    assert not Ballot.objects.counting().of(prompt.pk).exists()
    assert [m.ranking_count for m in Message.objects.filter(parent=prompt)] == [0, 0]
    assert broken_promises() == []

    review_to_end(reply)
    assert state_of(prompt) == State.RANKING
    while state_of(prompt) == State.RANKING:
        ballot(prompt)
    score(prompt)
    assert state_of(prompt) == State.READY_FOR_EXPORT
    assert broken_promises() == []


def test_who_ranked_the_old_words_of_a_reply_may_rank_the_new_ones() -> None:
    """In a small community nobody else may be left."""
    prompt = ranking()
    ranker = person()
    ballot(prompt, by=ranker)
    reply = replies_to(prompt)[0]

    edit(reply)
    review_to_end(reply)

    assert state_of(prompt) == State.RANKING
    task = ballot(prompt, by=ranker)
    assert task.result is not None
    assert broken_promises() == []


def test_the_order_of_the_replies_to_other_words_no_longer_counts() -> None:
    """Who ranked them may rank them again: the question is another one."""
    prompt = ranking()
    ranker = person()
    ballot(prompt, by=ranker)

    edit(prompt)
    review_to_end(prompt)

    assert state_of(prompt) == State.RANKING
    assert not Ballot.objects.counting().of(prompt.pk).exists()
    ballot(prompt, by=ranker)
    assert broken_promises() == []


def test_what_an_import_said_of_the_old_words_no_longer_counts() -> None:
    prompt = ranking()
    one, other = replies_to(prompt)
    for rank, reply in enumerate((one, other)):
        brought = {"rank": rank, "rankings": 2, "review_count": 3, "labels": {"spam": {"value": 0.0, "count": 3}}}
        Message.objects.filter(pk=reply.pk).update(baseline=brought, review_count=5, ranking_count=2)
    assert broken_promises("P4") == []

    edit(one)

    assert "rankings" not in (fresh(other).baseline or {})
    assert (fresh(one).baseline or {})["superseded"].keys() == {"rank", "rankings", "review_count", "labels"}
    assert (fresh(other).baseline or {})["review_count"] == 3, "nobody touched its words"
    assert broken_promises("P4", "P5", "P6") == []


def test_a_waiting_prompt_goes_back_to_its_reviewers() -> None:
    prompt = review_to_end(plant())

    edit(prompt)

    assert state_of(prompt) == State.INITIAL_PROMPT_REVIEW
    assert broken_promises() == []


def test_the_same_words_are_no_edit() -> None:
    prompt = plant(text="As it was")

    with pytest.raises(Conflict, match="same as before"):
        edit(prompt, "As it was ")


# Who may, and on what


@pytest.mark.parametrize("act", [delete, restore, edit])
def test_an_archived_tree_is_never_changed(act: object) -> None:
    prompt = plant()
    Tree.objects.filter(pk=prompt.tree_id).update(archived=True)

    with pytest.raises(Conflict, match="archived"):
        act(prompt)  # type: ignore[operator]  # one of the three


def test_only_moderators_decide() -> None:
    prompt, nobody = plant(), person()

    for act in (moderation.delete_message, moderation.restore_message):
        with pytest.raises(Forbidden):
            act(message_id=prompt.pk, why="", by=nobody, now=NOW)
    with pytest.raises(Forbidden):
        moderation.edit_message(message_id=prompt.pk, text="Mine", why="", by=nobody, now=NOW)
    retired = moderator()
    retired.is_active = False
    with pytest.raises(Forbidden):
        moderation.delete_message(message_id=prompt.pk, why="", by=retired, now=NOW)
    assert not Decision.objects.exists()


def test_there_is_nothing_to_decide_about_what_is_not_there() -> None:
    with pytest.raises(Missing):
        moderation.delete_message(message_id=new_id(), why="", by=moderator(), now=NOW)


def test_deleting_twice_and_restoring_what_is_there_are_refused() -> None:
    reply = answer(growing())

    with pytest.raises(Conflict):
        restore(reply)
    delete(reply)
    with pytest.raises(Conflict):
        delete(reply)
