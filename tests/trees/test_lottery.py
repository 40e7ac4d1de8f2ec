"""Which prompts grow, and which trees come back from the backlog."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.actions import waiting_authors
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State, Why
from tests.builders import (
    NOW,
    answer,
    broken_promises,
    moderator,
    people,
    person,
    plant,
    policy,
    ranking,
    ready,
    replies_to,
    review_to_end,
    state_of,
)

pytestmark = pytest.mark.django_db


def waiting(by: User | None = None, lang: str = "en") -> Message:
    """A prompt in the lottery; most things in here are quicker with one review."""
    return review_to_end(plant(by=by, lang=lang))


def run_desk(lang: str = "en", seed: int = 1) -> None:
    tasks.fill_language(lang=lang, now=NOW, rng=Random(seed))


def grow(lang: str = "en") -> int:
    return Tree.objects.in_state(State.GROWING).filter(lang=lang).count()


def test_as_many_prompts_grow_as_there_is_room_for_in_each_language() -> None:
    policy(max_active_trees=2, num_reviews_initial_prompt=1)
    for _ in range(3):
        waiting()
    waiting(lang="de")

    for lang in ("en", "de", "en"):
        run_desk(lang)

    assert (grow(), grow("de")) == (2, 1)
    assert broken_promises() == []


def test_a_winner_is_written_down_and_can_be_worked_on() -> None:
    policy(num_reviews_initial_prompt=1)
    prompt = waiting()

    run_desk()

    event = TreeEvent.objects.filter(tree=prompt.tree_id).last()
    assert event is not None and (event.why, event.at) == (Why.WON_LOTTERY, NOW)
    assert Tree.objects.get(pk=prompt.tree_id).won_lottery_at == NOW


def test_an_author_is_drawn_before_a_prompt_so_that_writing_more_wins_no_more() -> None:
    policy(num_reviews_initial_prompt=1, max_active_trees=100, max_initial_prompt_review=0)
    busy, modest = people(2)
    for _ in range(8):
        waiting(busy)
    waiting(modest)

    won = Counter(author_drawn(seed) for seed in range(60))

    assert waiting_authors(lang="en", now=NOW) == {busy.pk: 1, modest.pk: 1}
    assert 15 < won[modest.pk] < 45, "eight prompts of one person against one of another"


def author_drawn(seed: int) -> object:
    """Whose prompt would win with these dice; nothing is kept of it."""
    with transaction.atomic():
        [tree] = trees.draw_winners(lang="en", places=1, now=NOW, rng=Random(seed))
        transaction.set_rollback(True)
    return Message.objects.get(pk=tree.pk).author_id


def test_whoever_wrote_the_best_replies_of_the_month_has_more_tickets() -> None:
    policy()
    prompt = ready()
    best = next(reply for reply in replies_to(prompt) if reply.rank == 0)
    assert best.author is not None
    waiting(best.author)
    modest = waiting().author_id

    assert waiting_authors(lang="en", now=NOW) == {best.author_id: 2, modest: 1}
    assert waiting_authors(lang="en", now=NOW + timedelta(days=31))[best.author_id] == 1


def test_prompts_of_disabled_people_are_not_drawn_and_leave_the_lottery() -> None:
    policy(num_reviews_initial_prompt=1)
    author = person()
    prompt = waiting(author)
    moderation.ban_person(person_id=author.pk, why="spam", by=moderator(), now=NOW)

    run_desk()
    assert state_of(prompt) == State.PROMPT_LOTTERY_WAITING

    assert moderation.halt_prompt_of_disabled(tree_id=prompt.tree_id, now=NOW) is True
    assert state_of(prompt) == State.HALTED_BY_MODERATOR
    assert moderation.halt_prompt_of_disabled(tree_id=prompt.tree_id, now=NOW) is False
    assert broken_promises() == []


def test_prompts_of_authors_nobody_knows_are_drawn_too() -> None:
    policy(num_reviews_initial_prompt=1)
    prompt = waiting()
    Message.objects.filter(pk=prompt.pk).update(author=None)

    run_desk()

    assert state_of(prompt) == State.GROWING


def backlog(prompt: Message) -> Message:
    """Only an import puts a tree there."""
    steps = [(State.HALTED_BY_MODERATOR, Why.HALTED), (State.BACKLOG_RANKING, Why.IMPORTED)]
    trees.move(trees.hold(tree_id=prompt.tree_id), steps, now=NOW)
    tasks.restock_tree(tree_id=prompt.tree_id, now=NOW)
    return prompt


def test_a_finished_tree_calls_one_from_the_backlog_as_often_as_the_policy_says() -> None:
    policy(p_activate_backlog_tree=1.0)
    waits = [backlog(ranking()) for _ in range(2)]
    run_desk()
    assert [state_of(prompt) for prompt in waits] == [State.BACKLOG_RANKING] * 2, "nothing was finished yet"
    ready()

    run_desk()
    run_desk()

    assert sorted(state_of(prompt) for prompt in waits) == [State.BACKLOG_RANKING, State.RANKING]
    assert broken_promises() == []


def test_the_backlog_is_called_upon_while_too_few_trees_are_ranked() -> None:
    policy(min_active_rankings_per_lang=1)
    prompt = backlog(ranking())

    run_desk()

    assert state_of(prompt) == State.RANKING


def test_a_backlog_tree_with_nothing_to_rank_ends() -> None:
    policy(min_active_rankings_per_lang=1)
    prompt = ranking()
    reply = replies_to(prompt)[0]
    backlog(prompt)
    moderation.delete_message(message_id=reply.pk, why="", by=moderator(), now=NOW)

    run_desk()

    assert state_of(prompt) == State.ABORTED_LOW_GRADE
    assert broken_promises() == []


def test_a_waiting_prompt_takes_no_replies_yet() -> None:
    policy()
    prompt = waiting()

    with pytest.raises(AssertionError, match="no open assistant_reply"):
        answer(prompt)
