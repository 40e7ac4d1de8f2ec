"""Who gets which task: never twice the same, never their own, in their languages, drawn by weight."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from oa.accounts.models import User
from oa.core.errors import Forbidden, Invalid, TooMany
from oa.tasks import actions as tasks
from oa.tasks.models import LanguageDesk, Task
from oa.tasks.rules import Kind
from tests.builders import (
    NOW,
    accepted_answer,
    answer,
    broken_promises,
    growing,
    hand_in,
    person,
    plant,
    policy,
    ranking,
    replies_to,
    review,
)

pytestmark = pytest.mark.django_db


def ask(by: User, *kinds: Kind, langs: tuple[str, ...] = ("en",), seed: int = 1) -> Task | None:
    return tasks.next_task(kinds=list(kinds or Kind), langs=langs, by=by, now=NOW, rng=Random(seed))


def test_a_task_is_handed_out_for_a_while() -> None:
    policy(lease_minutes_judge=20)
    plant()
    by = person()

    task = ask(by, Kind.LABEL_INITIAL_PROMPT)

    assert task is not None and task.expires_at is not None
    assert (task.assignee, task.leased_at, (task.expires_at - NOW).seconds) == (by, NOW, 20 * 60)


def test_nobody_reviews_their_own_message() -> None:
    policy()
    author = person()
    plant(by=author)

    assert ask(author, Kind.LABEL_INITIAL_PROMPT) is None
    assert ask(person(), Kind.LABEL_INITIAL_PROMPT) is not None


def test_nobody_ranks_a_group_that_holds_their_own_reply() -> None:
    policy()
    author = person()
    ranking(authors=(author, None))

    assert ask(author, Kind.RANK_ASSISTANT_REPLIES) is None
    assert ask(person(), Kind.RANK_ASSISTANT_REPLIES) is not None


def test_nobody_replies_twice_to_the_same_message_but_may_answer_themselves() -> None:
    policy()
    author = person()
    prompt = growing(by=author)
    answer(prompt, by=author)

    assert ask(author, Kind.ASSISTANT_REPLY) is None
    assert ask(person(), Kind.ASSISTANT_REPLY) is not None


def test_nobody_meets_a_message_twice_for_the_same_work() -> None:
    policy(num_reviews_initial_prompt=5)
    prompt, by = plant(), person()
    review(prompt, by=by)

    assert ask(by, Kind.LABEL_INITIAL_PROMPT) is None


def test_nobody_is_asked_for_a_message_they_have_in_hand_already() -> None:
    policy(num_reviews_initial_prompt=5)
    plant()
    by = person()
    first = ask(by, Kind.LABEL_INITIAL_PROMPT)

    assert first is not None and ask(by, Kind.LABEL_INITIAL_PROMPT) is None


def test_nobody_holds_more_than_the_policy_says() -> None:
    policy(max_pending_tasks_per_user=2)
    by = person()
    for _ in range(3):
        plant()
    ask(by, Kind.LABEL_INITIAL_PROMPT), ask(by, Kind.LABEL_INITIAL_PROMPT)

    with pytest.raises(TooMany) as refused:
        ask(by, Kind.LABEL_INITIAL_PROMPT)
    assert refused.value.extra == {"limit": 2}


@pytest.mark.parametrize(("field", "value"), [("is_active", False), ("terms_version", None)])
def test_tasks_are_for_enabled_people_who_accepted_the_terms(field: str, value: Any) -> None:
    policy()
    plant()

    with pytest.raises(Forbidden):
        ask(person(**{field: value}), Kind.LABEL_INITIAL_PROMPT)


def test_people_get_tasks_in_their_languages_only() -> None:
    policy()
    plant(lang="de")
    reader = person(languages=["de"], writing_languages=["en"])

    assert ask(person(), Kind.LABEL_INITIAL_PROMPT) is None
    task = ask(reader, Kind.LABEL_INITIAL_PROMPT, langs=("de", "en"))
    assert task is not None and task.lang == "de"
    with pytest.raises(Invalid) as refused:
        ask(reader, Kind.LABEL_INITIAL_PROMPT, langs=("fr",))
    assert refused.value.code == "not_your_languages"


def test_of_several_messages_each_has_its_chance() -> None:
    """Five prompts, asked for by 100 fresh people one after another, each of whom lets go at once.

    What is let go comes back as a new row with a new lot: with the old one a prompt could stay unlucky for good.
    """
    policy(num_reviews_initial_prompt=1)
    prompts = [plant() for _ in range(5)]
    met: Counter[object] = Counter()
    for seed in range(100):
        reader = person()
        task = ask(reader, Kind.LABEL_INITIAL_PROMPT, seed=seed)
        assert task is not None
        met[task.message_id] += 1
        tasks.release_all(person=reader, now=NOW)

    assert set(met) == {prompt.pk for prompt in prompts}
    assert max(met.values()) < 75


def test_a_lonely_parent_is_answered_first_when_the_policy_says_so() -> None:
    policy(p_lonely_child_extension=1.0)
    lonely, other = growing(), growing()
    accepted_answer(lonely)

    assert {task.message_id for task in (ask(person(), Kind.ASSISTANT_REPLY, seed=s) for s in range(1)) if task} == {
        lonely.pk
    }
    second = ask(person(), Kind.ASSISTANT_REPLY, seed=2)
    assert second is not None and second.message_id == other.pk, "then anybody"


def test_kinds_with_more_weight_are_handed_out_first() -> None:
    policy(weight_rank=1000.0, weight_label_prompt=0.0, weight_label_reply=0.0, weight_reply=0.0)
    ranking(), plant(), growing()

    task = ask(person())

    assert task is not None and task.kind == Kind.RANK_ASSISTANT_REPLIES


def test_rankers_are_shown_the_replies_in_an_order_of_their_own_that_is_kept() -> None:
    policy(num_required_rankings=30, max_children_count=4, goal_tree_size=5, num_reviews_reply=1)
    prompt = growing()
    for _ in range(4):
        accepted_answer(prompt)
    orders = {tuple(task.shown["order"]) for _ in range(20) if (task := ask(person(), seed=_)) and task.shown}

    assert len(orders) > 5
    assert {frozenset(order) for order in orders} == {frozenset(str(reply.pk) for reply in replies_to(prompt))}


def test_reviewers_get_the_form_that_was_drawn_and_are_held_to_it() -> None:
    policy(p_full_labeling_review_prompt=0.0)
    plant()
    by = person()
    task = ask(by, Kind.LABEL_INITIAL_PROMPT)

    assert task is not None and task.shown == {"mode": "simple"}
    with pytest.raises(Invalid, match="not labelled with: humor"):
        hand_in(task, by=by, labels={"spam": 0, "humor": 1})


def test_the_first_person_of_a_language_finds_a_desk() -> None:
    policy()
    by = person(writing_languages=["sw"])

    task = ask(by, Kind.INITIAL_PROMPT, langs=("sw",))

    assert task is not None and task.lang == "sw"
    assert broken_promises() == []


def test_a_profile_full_of_languages_nobody_speaks_opens_one_desk_at_a_time() -> None:
    """Each desk is stocked with prompts to write: twenty at once would be thousands of rows for one request."""
    policy()
    strange = ["qaa", "qab", "qac"]
    by = person(languages=strange, writing_languages=strange)

    assert ask(by, Kind.INITIAL_PROMPT, langs=tuple(strange)) is not None

    assert LanguageDesk.objects.count() == 1
