"""Random people do random things, and after every one of them all promises hold.

The machine knows nothing of the rules: it tries whatever a person, a moderator, a worker or the
clock could do next, and takes a refusal for an answer. What it must never meet is a breach of a
promise or an exception that is no refusal.
"""

from __future__ import annotations

import os
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from oa.community import actions as community
from oa.community.rules import Emoji
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind, SkipReason, Status
from oa.trees import actions as trees
from oa.trees.models import Message, PolicyVersion, Tree
from oa.trees.rules import State, Why
from tests.builders import book, scored
from tests.properties.site import DECISIONS, DICE, PLACE, Site, refusals


class RandomPeople(Site):
    """Everything anybody could do, in any order."""

    @rule(dice=DICE, cycles=st.integers(1, 25))
    def a_busy_hour(self, dice: Random, cycles: int) -> None:
        self.work_goes_on(dice, cycles)

    # What volunteers do.

    @rule(who=PLACE, dice=DICE, kind=st.sampled_from([None, None, None, *Kind]))
    def somebody_asks(self, who: int, dice: Random, kind: Kind | None) -> None:
        by = self.somebody(who)
        with refusals():
            found = tasks.next_task(kinds=[kind] if kind else list(Kind), langs=["en"], by=by, now=self.now, rng=dice)
            if found is None:
                tasks.wait(kinds=list(Kind), langs=["en"], by=by, now=self.now)

    @rule(which=PLACE, dice=DICE, spam=st.integers(0, 5))
    def somebody_hands_in(self, which: int, dice: Random, spam: int) -> None:
        self.hand_in(self.pick(Task.objects.leased(), which), dice, spam=float(spam == 0))

    @rule(which=PLACE, dice=DICE)
    def somebody_hands_in_what_is_closed(self, which: int, dice: Random) -> None:
        self.hand_in(self.pick(Task.objects.exclude(assignee=None), which), dice)

    @rule(which=PLACE, reason=st.sampled_from(SkipReason))
    def somebody_skips(self, which: int, reason: SkipReason) -> None:
        task = self.pick(Task.objects.filter(status__in=[Status.LEASED, Status.EXPIRED, Status.DONE]), which)
        if task is not None and task.assignee is not None:
            with refusals():
                tasks.skip(task_id=task.pk, reason=reason, by=task.assignee, now=self.now)

    @rule(which=PLACE)
    def somebody_takes_a_skip_back(self, which: int) -> None:
        task = self.pick(Task.objects.filter(status=Status.SKIPPED), which)
        if task is not None and task.assignee is not None:
            with refusals():
                tasks.unskip(task_id=task.pk, by=task.assignee, now=self.now)

    @rule(which=PLACE)
    def somebody_asks_for_more_time(self, which: int) -> None:
        task = self.pick(Task.objects.filter(assignee__isnull=False), which)
        if task is not None and task.assignee is not None:
            with refusals():
                tasks.extend(task_id=task.pk, by=task.assignee, now=self.now)

    @rule(which=PLACE, dice=DICE, then=st.sampled_from(["skip", "extend", "hand in", "nothing"]))
    def somebody_is_too_slow_and_asks_again(self, which: int, dice: Random, then: str) -> None:
        """They may come upon the same text a second time, with the first still open in another tab."""
        task = self.pick(Task.objects.leased(), which)
        if task is None or task.assignee is None or task.expires_at is None:
            return
        self.now, by = max(self.now, task.expires_at), task.assignee
        tasks.expire(task_id=task.pk, now=self.now)
        for _ in range(2):
            with refusals():
                tasks.next_task(kinds=[Kind(task.kind)], langs=["en"], by=by, now=self.now, rng=dice)
        with refusals():
            if then == "skip":
                tasks.skip(task_id=task.pk, reason=SkipReason.OTHER, by=by, now=self.now)
            elif then == "extend":
                tasks.extend(task_id=task.pk, by=by, now=self.now)
            elif then == "hand in":
                self.hand_in(task, dice)

    @rule(who=PLACE, which=PLACE, emoji=st.sampled_from(Emoji), back=st.booleans())
    def somebody_reacts(self, who: int, which: int, emoji: Emoji, back: bool) -> None:
        if message := self.pick(Message.objects.all(), which):
            with refusals():
                act = community.unreact if back else community.react
                act(message_id=message.pk, emoji=emoji, by=self.somebody(who), now=self.now)

    @rule(who=PLACE, shown=st.booleans())
    def somebody_leaves_the_boards_or_comes_back(self, who: int, shown: bool) -> None:
        with refusals():
            community.change_preferences(by=self.somebody(who), show_on_boards=shown, now=self.now)

    @rule(which=PLACE, revision=st.sampled_from([None, 1, 2]))
    def somebody_types(self, which: int, revision: int | None) -> None:
        task = self.pick(Task.objects.filter(assignee__isnull=False), which)
        if task is not None and task.assignee is not None:
            with refusals():
                tasks.save_draft(task_id=task.pk, content="…", revision=revision, by=task.assignee, now=self.now)

    # What moderators do.

    @rule(what=st.sampled_from(sorted(DECISIONS)), dice=DICE)
    def a_moderator_decides(self, what: str, dice: Random) -> None:
        self.decide(what, dice)

    @rule(dice=DICE, number=st.integers(1, 5))
    def moderators_are_busy(self, dice: Random, number: int) -> None:
        for _ in range(number):
            self.decide(dice.choice(sorted(DECISIONS)), dice)

    @rule(dice=DICE)
    def texts_are_reported_and_scored(self, dice: Random) -> None:
        self.some_texts_are_reported_and_scored(dice)

    @rule(which=PLACE)
    def a_decision_is_undone(self, which: int) -> None:
        """Whatever has happened since."""
        if decision := self.pick(Decision.objects.filter(undone_by=None), which):
            with refusals():
                moderation.undo(decision_id=decision.pk, by=self.boss, now=self.now)

    @rule()
    def the_last_decisions_are_undone(self) -> None:
        for decision in Decision.objects.filter(undone_by=None).order_by("-at", "-id")[:4]:
            with refusals():
                moderation.undo(decision_id=decision.pk, by=self.boss, now=self.now)

    @rule(which=PLACE)
    def a_moderator_looks(self, which: int) -> None:
        """Rather at what is withheld: of the rest few are scored."""
        withheld = Message.objects.filter(withheld=True)
        if message := self.pick(withheld if withheld else Message.objects.all(), which):
            with refusals():
                moderation.look(message_id=message.pk, by=self.boss, now=self.now)

    @rule(hides=st.booleans())
    def the_policy_changes_its_mind_about_toxic_texts(self, hides: bool) -> None:
        values = PolicyVersion.objects.in_force("en").values
        PolicyVersion.objects.create(values={**values, "toxicity_hides": hides}, at=self.now)

    # What workers and the clock do.

    @rule(which=PLACE, peak=st.sampled_from([0.1, 0.99]))
    def a_text_is_scored(self, which: int, peak: float) -> None:
        if message := self.pick(Message.objects.all(), which):
            scored(message, peak)

    @rule()
    def the_worst_is_withheld(self) -> None:
        self.the_worst_is_kept_back()

    @rule(which=PLACE)
    def something_else_is_withheld_if_it_must(self, which: int) -> None:
        """Jobs may come late, and about anything."""
        if message := self.pick(Message.objects.all(), which):
            with refusals():
                moderation.withhold(message_id=message.pk, now=self.now)

    @rule(dice=DICE)
    def the_desk_is_run(self, dice: Random) -> None:
        self.now += timedelta(minutes=2)
        tasks.fill_language(lang="en", now=self.now, rng=dice)

    @rule()
    def ready_trees_are_scored(self) -> None:
        self.ready_trees_are_ranked()

    @rule(which=PLACE)
    def one_tree_is_booked(self, which: int) -> None:
        if tree := self.pick(Tree.objects.all(), which):
            community.book_trees(tree_ids=[tree.pk], now=self.now)

    @rule()
    def points_are_booked(self) -> None:
        book(self.now)

    @rule(minutes=st.sampled_from([1, 25, 90]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def leases_run_out(self) -> None:
        for task in Task.objects.expired(self.now):
            tasks.expire(task_id=task.pk, now=self.now)

    @rule(dice=DICE)
    def those_who_wait_are_served(self, dice: Random) -> None:
        for by in self.people:
            tasks.assign(person_id=by.pk, now=self.now, rng=dice)

    @rule()
    def prompts_of_the_disabled_are_halted(self) -> None:
        for tree in Tree.objects.in_state(State.PROMPT_LOTTERY_WAITING):
            moderation.halt_prompt_of_disabled(tree_id=tree.pk, now=self.now)

    @rule(which=PLACE)
    def a_tree_goes_to_the_backlog(self, which: int) -> None:
        """Only imports do so in life; here it gives the backlog something to call."""
        found = self.pick(Tree.objects.in_state(State.RANKING), which)
        if found is not None:
            tree = trees.hold(tree_id=found.pk)
            trees.move(
                tree, [(State.HALTED_BY_MODERATOR, Why.HALTED), (State.BACKLOG_RANKING, Why.RESUMED)], now=self.now
            )
            tasks.restock(tree, now=self.now)

    @rule(which=PLACE)
    def a_tree_is_stocked_again(self, which: int) -> None:
        if tree := self.pick(Tree.objects.all(), which):
            tasks.restock_tree(tree_id=tree.pk, now=self.now)


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_people_do_all_promises_hold() -> None:
    """A taste of it in every run of the suite; `OA_LONG_EXAMPLES=200 OA_LONG_STEPS=80` searches for an hour.

    Nothing is shrunk: ids and lots are drawn by the clock and the database, so no two runs are quite alike.
    """
    profile = settings(
        max_examples=int(os.environ.get("OA_LONG_EXAMPLES", "5")),
        stateful_step_count=int(os.environ.get("OA_LONG_STEPS", "20")),
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(RandomPeople, settings=profile)
