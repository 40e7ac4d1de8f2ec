"""What the policy says is too toxic is kept from people until a moderator has looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableSequence
from random import Random
from typing import Any

import pytest

from oa.celery import app
from oa.core.errors import Conflict, Forbidden, Gone
from oa.moderation import actions as moderation
from oa.moderation import jobs
from oa.moderation.models import Decision, policies_in_force, to_look_at, to_withhold
from oa.moderation.rules import Triage, Verb
from oa.rankings import actions as rankings
from oa.tasks.models import Task
from oa.tasks.rules import Kind, Status
from oa.trees import actions as trees
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests.builders import (
    FAIR,
    NOW,
    accepted_answer,
    answer,
    broken_promises,
    fresh,
    growing,
    hand_in,
    moderator,
    person,
    plant,
    policy,
    ranking,
    ready,
    review_to_end,
    scored,
    sit,
    state_of,
    stock_of,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def toxic_texts_are_withheld() -> None:
    policy(toxicity_hides=True, toxicity_hide_above=0.95)


@pytest.fixture
def at_once() -> Iterator[None]:
    """Jobs are run where they are sent."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


def a_round() -> list[Message]:
    """What the round of the workers finds and keeps back."""
    found = list(to_withhold(policies_in_force()))
    assert all([moderation.withhold(message_id=message.pk, now=NOW) for message in found])
    return found


def look(message: Message) -> Decision:
    return moderation.look(message_id=message.pk, why="a quotation", by=moderator(), now=NOW)


# What is withheld


def test_only_from_the_top_threshold_on() -> None:
    above, below = scored(plant(), 0.95), scored(plant(), 0.94)

    assert a_round() == [above]
    assert [fresh(above).withheld, fresh(below).withheld] == [True, False]
    assert broken_promises() == []


def test_only_where_the_policy_of_its_language_says_so() -> None:
    policy("fr", toxicity_hides=True, toxicity_hide_above=0.5)
    policy("es", toxicity_hides=False)
    policy("it", toxicity_hides=True, toxicity_hide_above=1.0)
    french = [scored(plant(lang="fr"), peak) for peak in (0.49, 0.5)]
    scored(plant(lang="es"), 1.0)
    scored(plant(lang="it"), 0.99)
    scored(plant(lang="fr-CA"), 0.9)

    assert a_round() == [french[1]]


def test_by_default_nothing_is() -> None:
    policy()
    scored(plant(), 1.0)
    assert a_round() == []


def test_nothing_is_in_a_tree_at_which_nobody_works() -> None:
    finished, halted, archived = scored(ready(), 1.0), scored(plant(), 1.0), scored(plant(), 1.0)
    moderation.halt_tree(tree_id=halted.tree_id, why="", by=moderator(), now=NOW)
    Tree.objects.filter(pk=archived.tree_id).update(archived=True)

    assert a_round() == []
    assert moderation.withhold(message_id=finished.pk, now=NOW) is False

    moderation.resume_tree(tree_id=halted.tree_id, why="", by=moderator(), now=NOW)
    assert a_round() == [halted]


def test_neither_what_is_deleted_nor_what_was_looked_at_nor_what_is_scored_no_more() -> None:
    deleted, seen, edited = (scored(plant(), 1.0) for _ in range(3))
    moderation.delete_message(message_id=deleted.pk, why="", by=moderator(), now=NOW)
    look(seen)
    moderation.edit_message(message_id=edited.pk, text=words(), why="", by=moderator(), now=NOW)

    assert a_round() == []
    for message in (deleted, seen, edited):
        assert moderation.withhold(message_id=message.pk, now=NOW) is False


def test_it_is_written_down_as_a_decision_of_the_system_once() -> None:
    message = scored(plant(), 0.98)
    a_round()

    assert a_round() == []
    assert moderation.withhold(message_id=message.pk, now=NOW) is False
    [decision] = Decision.objects.filter(message=message)
    assert (decision.verb, decision.by, decision.at) == (Verb.WITHHOLD, None, NOW)
    assert (decision.details["version"], decision.details["peak"]) == (1, 0.98)


def test_workers_find_it_by_themselves(at_once: None) -> None:
    message = scored(plant(), 0.98)
    jobs.withhold_the_worst()
    assert fresh(message).withheld


# What that means for people


def test_it_is_in_no_task_nor_is_anything_below_it() -> None:
    policy(toxicity_hides=True, goal_tree_size=6, max_tree_depth=2, max_children_count=2)
    prompt = growing()
    bad, good = accepted_answer(prompt), accepted_answer(prompt)
    answer(bad)
    scored(bad, 1.0)
    a_round()

    assert {task.message_id for task in stock_of(prompt)} == {good.pk}
    assert broken_promises() == []


def test_a_withheld_reply_keeps_its_group_from_being_ranked() -> None:
    prompt = ranking()
    reply = Message.objects.filter(parent=prompt).order_by("id")[0]
    scored(reply, 1.0)
    a_round()
    assert stock_of(prompt) == []
    assert broken_promises() == []

    look(reply)
    assert {task.kind for task in stock_of(prompt)} == {Kind.RANK_ASSISTANT_REPLIES}
    assert broken_promises() == []


def test_a_withheld_prompt_is_not_drawn() -> None:
    prompt = scored(review_to_end(plant()), 1.0)
    a_round()
    assert trees.draw_winners(lang="en", places=5, now=NOW, rng=FAIR) == []

    look(prompt)
    assert [tree.pk for tree in trees.draw_winners(lang="en", places=5, now=NOW, rng=FAIR)] == [prompt.pk]


def test_a_prompt_that_is_withheld_while_lots_are_drawn_is_not_drawn() -> None:
    prompt = scored(review_to_end(plant()), 1.0)

    class Meanwhile(Random):
        """Lots are cast between finding the prompts that wait and holding one of them."""

        def shuffle(self, x: MutableSequence[Any]) -> None:
            a_round()
            super().shuffle(x)

    assert trees.draw_winners(lang="en", places=5, now=NOW, rng=Meanwhile(1)) == []
    assert fresh(prompt).withheld


def test_whoever_has_a_task_about_it_is_told_that_it_is_over() -> None:
    prompt, bob = scored(plant(), 1.0), person()
    task = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=bob)
    a_round()

    assert Task.objects.get(pk=task.pk).status == Status.WITHDRAWN
    with pytest.raises(Gone) as refusal:
        hand_in(task, by=bob, labels={"spam": 0})
    assert refusal.value.code == "task_withdrawn"


def test_whoever_writes_below_a_sibling_goes_on() -> None:
    """Only what is withheld is taken from people, not its tree."""
    policy(toxicity_hides=True, goal_tree_size=6, max_tree_depth=2, max_children_count=3)
    prompt, bob = growing(), person()
    bad, good = accepted_answer(prompt), accepted_answer(prompt)
    task = sit(good, Kind.PROMPTER_REPLY, by=bob)
    scored(bad, 1.0)
    a_round()

    assert hand_in(task, by=bob, text=words()).status == Status.DONE
    assert broken_promises() == []


def test_a_tree_may_end_with_something_withheld_in_it() -> None:
    """A reply that needs nothing more keeps nobody waiting; it stays on the list."""
    policy(toxicity_hides=True, goal_tree_size=2, max_children_count=1)
    reply = scored(answer(growing()), 1.0)
    review_to_end(reply)
    assert state_of(reply) == State.READY_FOR_SCORING
    assert a_round() == [reply]

    rankings.score(tree_id=reply.tree_id, now=NOW)
    assert state_of(reply) == State.READY_FOR_EXPORT
    assert list(to_look_at(Triage.WITHHELD, policies_in_force())) == [reply]
    assert broken_promises() == []


# How it ends


def test_a_look_gives_it_back_and_taking_the_look_back_withholds_it_again() -> None:
    prompt = scored(plant(), 1.0)
    before = len(stock_of(prompt))
    a_round()
    assert stock_of(prompt) == []

    decision = look(prompt)
    assert (decision.verb, decision.why, decision.details) == (
        Verb.LOOK,
        "a quotation",
        {"version": 1, "withheld": True},
    )
    assert (fresh(prompt).withheld, len(stock_of(prompt)), a_round()) == (False, before, [])

    undone = moderation.unlook(message_id=prompt.pk, by=moderator(), now=NOW)
    assert (undone.verb, undone.details) == (Verb.UNLOOK, {"version": 1, "withheld": True})
    assert (fresh(prompt).withheld, stock_of(prompt)) == (True, [])
    assert broken_promises() == []


def test_an_edit_gives_it_back_and_the_new_text_may_be_withheld_again() -> None:
    prompt = scored(plant(), 1.0)
    a_round()

    moderation.edit_message(message_id=prompt.pk, text=words(), why="", by=moderator(), now=NOW)
    assert not fresh(prompt).withheld
    assert stock_of(prompt) != []

    scored(prompt, 0.99)
    assert a_round() == [prompt]
    assert broken_promises() == []


def test_what_is_withheld_stays_so_when_the_policy_is_switched_off() -> None:
    """Nobody has looked at it yet, and people would meet it at once."""
    prompt = scored(plant(), 1.0)
    a_round()
    policy(toxicity_hides=False)

    assert fresh(prompt).withheld
    assert list(to_look_at(Triage.WITHHELD, policies_in_force())) == [prompt]

    look(prompt)
    moderation.unlook(message_id=prompt.pk, by=moderator(), now=NOW)
    assert not fresh(prompt).withheld


def test_what_is_deleted_and_restored_is_withheld_as_before() -> None:
    prompt, mona = scored(plant(), 1.0), moderator()
    a_round()
    moderation.delete_message(message_id=prompt.pk, why="", by=mona, now=NOW)
    assert list(to_look_at(Triage.WITHHELD, policies_in_force())) == []

    moderation.restore_message(message_id=prompt.pk, why="", by=mona, now=NOW)
    assert list(to_look_at(Triage.WITHHELD, policies_in_force())) == [prompt]
    assert stock_of(prompt) == []
    assert broken_promises() == []


# What is refused


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((Conflict, Forbidden)) as refusal:
        act()
    return refusal.value.code


def test_looks_that_are_refused() -> None:
    boss, prompt = moderator(), scored(plant(), 0.9)

    def act(verb: Callable[..., Decision], message: Message = prompt, **more: object) -> str:
        return refused(lambda: verb(message_id=message.pk, **{"by": boss, "now": NOW, **more}))

    assert act(moderation.look, by=person()) == "moderators_only"
    assert act(moderation.unlook) == "not_looked"
    assert act(moderation.look, version=2) == "message_changed"
    look(prompt)
    assert act(moderation.look) == "already_looked"
    assert act(moderation.look, plant()) == "not_scored"
    moderation.delete_message(message_id=prompt.pk, why="", by=boss, now=NOW)
    assert act(moderation.look) == "already_deleted"
    archived = scored(plant(), 0.9)
    Tree.objects.filter(pk=archived.tree_id).update(archived=True)
    assert act(moderation.look, archived) == "tree_is_archived"
    assert Decision.objects.filter(verb=Verb.LOOK).count() == 1
