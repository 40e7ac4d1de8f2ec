"""Policies: what may be set, what is refused, and which one a tree follows."""

from __future__ import annotations

import pytest

from oa.core.errors import Invalid
from oa.trees.actions import start_tree
from oa.trees.models import PolicyVersion, Tree
from oa.trees.rules import Policy
from tests.builders import FAIR, NOW, growing, person, policy, stock_of


def test_the_defaults_are_those_of_the_original() -> None:
    assert (Policy().goal_tree_size, Policy().max_tree_depth, Policy().max_children_count) == (12, 3, 3)
    assert (Policy().num_reviews_reply, Policy().num_required_rankings, Policy().max_active_trees) == (3, 3, 10)
    assert (Policy().weight_rank, Policy().weight_initial_prompt) == (10.0, 0.01)


def test_what_is_stored_comes_back() -> None:
    changed = Policy(goal_tree_size=7, rank_prompter_replies=True)

    assert Policy.of(changed.as_values()) == changed
    assert Policy.of({"goal_tree_size": 7}).max_tree_depth == 3


@pytest.mark.parametrize(
    "values",
    [
        {"goal_size": 3}, {"goal_tree_size": 0}, {"goal_tree_size": 4}, {"goal_tree_size": "9"},
        {"goal_tree_size": 2.5}, {"goal_tree_size": True}, {"max_tree_depth": -1}, {"num_reviews_reply": 0},
        {"num_required_rankings": 0}, {"lease_minutes_write": 0}, {"p_lonely_child_extension": 1.5},
        {"acceptance_threshold_reply": -0.1}, {"rank_prompter_replies": 1}, {"weight_rank": float("nan")},
        {"weight_rank": float("inf")},
    ],
)  # fmt: skip
def test_what_would_make_trees_impossible_is_refused(values: dict[str, object]) -> None:
    """A goal of 4 is below the smallest goal of 5."""
    with pytest.raises(Invalid):
        Policy.of(values)


@pytest.mark.django_db
def test_a_language_of_its_own_goes_before_everybodys() -> None:
    policy("", goal_tree_size=9)
    policy("de", goal_tree_size=6)

    assert PolicyVersion.objects.in_force("de").policy.goal_tree_size == 6
    assert PolicyVersion.objects.in_force("fr").policy.goal_tree_size == 9


@pytest.mark.django_db
def test_without_any_policy_the_defaults_are_put_in_force() -> None:
    assert PolicyVersion.objects.in_force("en").policy == Policy()


@pytest.mark.django_db
def test_a_tree_keeps_the_policy_it_started_with() -> None:
    policy(goal_tree_size=3, num_reviews_reply=2)
    prompt = growing()
    policy(goal_tree_size=12, num_reviews_reply=5, max_children_count=6)

    tree = Tree.objects.get(pk=prompt.tree_id)
    assert (tree.goal_size, tree.max_children, tree.policy.policy.num_reviews_reply) == (3, 2, 2)
    assert len(stock_of(prompt)) == 2


@pytest.mark.django_db
def test_goals_are_drawn_between_the_smallest_and_the_usual_when_asked_for() -> None:
    policy(random_goal_tree_size=True, min_goal_tree_size=2, goal_tree_size=4)
    by = person()
    goals = [start_tree(text=f"No {i}", lang="en", by=by, now=NOW, rng=FAIR).tree.goal_size for i in range(25)]

    assert set(goals) == {2, 3, 4}
