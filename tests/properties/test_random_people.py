"""Random people do random things, and after every one of them all promises hold.

The machine knows nothing of the rules: it tries whatever a person, a moderator, a worker or the
clock could do next, and takes a refusal for an answer. What it must never meet is a breach of a
promise or an exception that is no refusal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.community import actions as community
from oa.community.rules import Emoji
from oa.core.errors import Refusal
from oa.moderation import actions as moderation
from oa.moderation.models import policies_in_force, to_withhold
from oa.rankings import actions as rankings
from oa.rankings.rules import Vote
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import LABELS, RANKINGS, Kind, SkipReason, Status
from oa.trees import actions as trees
from oa.trees.models import Message, PolicyVersion, Tree
from oa.trees.rules import State, Why
from tests.builders import NOW, book, broken_promises, person, scored, words

DICE = st.integers(0, 1 << 32).map(Random)
PLACE = st.integers(0, 10_000)
POLICIES = (
    # Two answers to a prompt, quickly decided.
    {"goal_tree_size": 3, "max_tree_depth": 1, "max_children_count": 2, "num_reviews_initial_prompt": 1,
     "num_reviews_reply": 1, "num_required_rankings": 1},
    # Deep and narrow, two reviews each, prompter's replies ranked too.
    {"goal_tree_size": 5, "max_tree_depth": 3, "max_children_count": 2, "num_reviews_initial_prompt": 2,
     "num_reviews_reply": 2, "num_required_rankings": 2, "num_prompter_replies": 2, "rank_prompter_replies": True},
    # Automatic stops at a touch.
    {"goal_tree_size": 4, "max_tree_depth": 2, "max_children_count": 3, "num_reviews_initial_prompt": 1,
     "num_reviews_reply": 1, "num_required_rankings": 2, "auto_mod_max_skip_reply": 2},
    # One message may be a tree.
    {"goal_tree_size": 3, "max_tree_depth": 2, "num_reviews_initial_prompt": 1, "num_reviews_reply": 2,
     "random_goal_tree_size": True},
)  # fmt: skip
COMMON = {
    "min_goal_tree_size": 1, "max_active_trees": 2, "max_initial_prompt_review": 2,
    "max_pending_tasks_per_user": 3, "p_activate_backlog_tree": 0.5, "weight_initial_prompt": 0.3,
    "toxicity_hides": True,
}  # fmt: skip


M = TypeVar("M", bound=Model)


class RandomPeople(RuleBasedStateMachine):
    """Everything anybody could do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.now = NOW
        self.people: list[User] = []

    def teardown(self) -> None:
        if not connection.needs_rollback:
            connection.check_constraints()  # deferred ones would only speak at the end of a transaction
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    @initialize(policy=st.sampled_from(POLICIES), number=st.integers(4, 7), dice=DICE, cycles=st.integers(0, 60))
    def a_site_is_in_use(self, policy: dict[str, object], number: int, dice: Random, cycles: int) -> None:
        """What is tried next is tried on trees at every stage."""
        PolicyVersion.objects.create(values={**COMMON, **policy}, at=NOW - timedelta(days=1))
        self.people = [person() for _ in range(number)]
        self.boss = person(role=Role.ADMIN)
        tasks.fill_language(lang="en", now=self.now, rng=dice)
        self.work_goes_on(dice, cycles)

    @rule(dice=DICE, cycles=st.integers(1, 25))
    def a_busy_hour(self, dice: Random, cycles: int) -> None:
        self.work_goes_on(dice, cycles)

    def work_goes_on(self, dice: Random, cycles: int) -> None:
        """Nobody interferes: people do what they are given, and workers do their rounds."""
        for cycle in range(cycles):
            with refusals():
                by = self.somebody(dice.randrange(100))
                found = tasks.next_task(kinds=list(Kind), langs=["en"], by=by, now=self.now, rng=dice)
                self.hand_in(found, dice, spam=float(dice.random() < 0.1))
            if cycle % 5 == 0:
                self.the_rounds_are_made(dice)

    def the_rounds_are_made(self, dice: Random) -> None:
        tasks.fill_language(lang="en", now=self.now, rng=dice)
        for tree in Tree.objects.in_state(State.READY_FOR_SCORING):
            rankings.score(tree_id=tree.pk, now=self.now)
        book(self.now)

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

    @rule(which=PLACE)
    def a_message_is_deleted(self, which: int) -> None:
        if message := self.pick(Message.objects.live(), which):
            with refusals():
                moderation.delete_message(message_id=message.pk, why="", by=self.boss, now=self.now)

    @rule(which=PLACE)
    def a_message_is_restored(self, which: int) -> None:
        if message := self.pick(Message.objects.filter(deleted=True), which):
            with refusals():
                moderation.restore_message(message_id=message.pk, why="", by=self.boss, now=self.now)

    @rule(which=PLACE)
    def a_text_is_edited(self, which: int) -> None:
        if message := self.pick(Message.objects.all(), which):
            with refusals():
                moderation.edit_message(message_id=message.pk, text=words(), why="", by=self.boss, now=self.now)

    @rule(which=PLACE)
    def a_tree_is_halted(self, which: int) -> None:
        if tree := self.pick(Tree.objects.all(), which):
            with refusals():
                moderation.halt_tree(tree_id=tree.pk, why="", by=self.boss, now=self.now)

    @rule(which=PLACE)
    def a_tree_is_resumed(self, which: int) -> None:
        stopped = Tree.objects.in_state(State.HALTED_BY_MODERATOR, State.ABORTED_LOW_GRADE)
        if tree := self.pick(stopped, which):
            with refusals():
                moderation.resume_tree(tree_id=tree.pk, why="", by=self.boss, now=self.now)

    @rule(who=PLACE)
    def a_person_is_disabled(self, who: int) -> None:
        with refusals():
            moderation.ban_person(person_id=self.somebody(who).pk, why="", by=self.boss, now=self.now)

    @rule(who=PLACE)
    def a_person_is_enabled(self, who: int) -> None:
        with refusals():
            moderation.lift_ban(person_id=self.somebody(who).pk, why="", by=self.boss, now=self.now)

    @rule(which=PLACE)
    def a_moderator_looks(self, which: int) -> None:
        """Rather at what is withheld: of the rest few are scored."""
        withheld = Message.objects.filter(withheld=True)
        if message := self.pick(withheld if withheld else Message.objects.all(), which):
            with refusals():
                moderation.look(message_id=message.pk, by=self.boss, now=self.now)

    @rule(which=PLACE)
    def a_look_is_taken_back(self, which: int) -> None:
        if message := self.pick(Message.objects.filter(toxicity_score__looked_version__gt=0), which):
            with refusals():
                moderation.unlook(message_id=message.pk, by=self.boss, now=self.now)

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
        for message in to_withhold(policies_in_force()):
            assert moderation.withhold(message_id=message.pk, now=self.now)

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
        for tree in Tree.objects.in_state(State.READY_FOR_SCORING):
            rankings.score(tree_id=tree.pk, now=self.now)

    @rule(which=PLACE)
    def one_tree_is_booked(self, which: int) -> None:
        if tree := self.pick(Tree.objects.all(), which):
            community.book(tree_id=tree.pk, now=self.now)

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

    @invariant()
    def all_promises_hold(self) -> None:
        if self.people:
            assert broken_promises() == []

    def somebody(self, who: int) -> User:
        pk = self.people[who % len(self.people)].pk
        return User.objects.get(pk=pk)

    def pick(self, rows: QuerySet[M], which: int) -> M | None:
        number = rows.count()
        return rows.order_by("pk")[which % number] if number else None

    def hand_in(self, task: Task | None, dice: Random, *, spam: float = 0) -> None:
        if task is None or task.assignee is None:
            return
        with refusals():
            tasks.submit(task_id=task.pk, answer=an_answer(task, dice, spam), by=task.assignee, now=self.now, rng=dice)


def an_answer(task: Task, dice: Random, spam: float) -> tasks.Answer:
    if task.kind in LABELS:
        return tasks.Answer(labels={"spam": spam, "quality": dice.choice([None, 0.25, 1])})
    if task.kind in RANKINGS:
        order = [UUID(pk) for pk in (task.shown or {})["order"]]
        dice.shuffle(order)
        return tasks.Answer(vote=Vote(tuple((pk,) for pk in order), not_rankable=dice.random() < 0.1))
    return tasks.Answer(text=words())


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal is an answer like any other; whoever gets one leaves no trace, which the promises see."""
    try:
        yield
    except Refusal:
        pass


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
