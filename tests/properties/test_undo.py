"""Random decisions of random moderators: undone in the other order they leave no trace but in history.

The first machine has nobody at work in between, so all must be exactly as it was. In the second people go on working:
there each decision is either undone or refused with a reason, and all promises hold after every step.
"""

from __future__ import annotations

import os
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from oa.accounts.models import User
from oa.core.errors import Refusal
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from tests.properties.site import DECISIONS, DICE, POLICIES, Site, differences, snapshot

A_WHILE = timedelta(seconds=30)


class Moderated(Site):
    """Decisions, and what the system decides by itself."""

    @initialize(policy=st.sampled_from(POLICIES), number=st.integers(4, 7), dice=DICE, cycles=st.integers(20, 80))
    def a_site_is_in_use(self, policy: dict[str, object], number: int, dice: Random, cycles: int) -> None:
        Site.a_site_is_in_use(self, policy, number, dice, cycles)
        self.ready_trees_are_ranked()
        self.some_texts_are_reported_and_scored(dice)
        self.made: list[Decision] = []

    @rule(what=st.sampled_from(sorted(DECISIONS)), dice=DICE)
    def one_moderator_decides(self, what: str, dice: Random) -> None:
        self.a_moderator_decides(what, dice)

    def a_moderator_decides(self, what: str, dice: Random) -> None:
        self.now += A_WHILE
        made = self.decide(what, dice)
        if made is not None and made.changed_something:
            self.made.append(made)

    @rule(dice=DICE, number=st.integers(2, 6))
    def moderators_are_busy(self, dice: Random, number: int) -> None:
        for _ in range(number):
            self.a_moderator_decides(dice.choice(sorted(DECISIONS)), dice)
            self.all_promises_hold()

    @rule()
    def the_worst_is_withheld(self) -> None:
        self.now += A_WHILE
        self.made += self.the_worst_is_kept_back()

    @rule()
    def ranks_are_worked_out(self) -> None:
        self.ready_trees_are_ranked()

    def take_back(self, decision: Decision) -> Decision:
        self.now += A_WHILE
        boss = User.objects.get(pk=self.boss.pk)
        made = moderation.undo(decision_id=decision.pk, by=boss, now=self.now)
        self.all_promises_hold()
        return made


class Undone(Moderated):
    """Nobody works in between."""

    @initialize(policy=st.sampled_from(POLICIES), number=st.integers(4, 7), dice=DICE, cycles=st.integers(20, 80))
    def a_site_is_in_use(self, policy: dict[str, object], number: int, dice: Random, cycles: int) -> None:
        super().a_site_is_in_use(policy, number, dice, cycles)
        self.was = snapshot()

    @rule()
    def all_is_undone(self) -> None:
        self.undo_all()

    def undo_all(self) -> None:
        done = [decision.verb for decision in self.made]
        while self.made:
            self.take_back(self.made.pop())
        assert (done, differences(self.was, snapshot())) == (done, {})


class UndoneAmongPeople(Moderated):
    """People go on working: what they did meanwhile stays as far as it can."""

    @rule(dice=DICE, cycles=st.integers(1, 15))
    def work_goes_on_meanwhile(self, dice: Random, cycles: int) -> None:
        self.now += A_WHILE
        self.work_goes_on(dice, cycles)

    @rule(which=st.integers(0, 100))
    def one_decision_is_undone(self, which: int) -> None:
        if self.made:
            self.try_to_take_back(self.made.pop(which % len(self.made)))

    @rule()
    def all_is_undone(self) -> None:
        while self.made:
            self.try_to_take_back(self.made.pop())

    def try_to_take_back(self, decision: Decision) -> None:
        try:
            self.take_back(decision)
        except Refusal as refusal:
            assert refusal.code in REASONS, refusal.code


REASONS = {"decided_since", "already_undone", "author_replied_again", "parent_is_deleted"}


def profile(examples: int, steps: int) -> settings:
    """A taste of it in every run of the suite; `OA_LONG_EXAMPLES=200 OA_LONG_STEPS=40` searches for an hour."""
    return settings(
        max_examples=int(os.environ.get("OA_LONG_EXAMPLES", examples)),
        stateful_step_count=int(os.environ.get("OA_LONG_STEPS", steps)),
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        print_blob=False,
    )


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("machine", [Undone, UndoneAmongPeople])
def test_what_is_undone_is_as_it_was(machine: type[RuleBasedStateMachine]) -> None:
    run_state_machine_as_test(machine, settings=profile(4, 15))
