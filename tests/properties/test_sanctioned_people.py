"""Random people at work, some of them muted, shut out for a while, checked twice or erased: all promises hold."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.moderation import actions as moderation
from oa.moderation.models import Appeal, Decision, Purge, people_whose_time_is_over, told_to
from oa.tasks.models import Task
from oa.trees.models import Message
from tests.builders import person
from tests.properties.site import PLACE, refusals
from tests.properties.test_random_people import RandomPeople

HOURS = st.integers(1, 48).map(lambda hours: timedelta(hours=hours))


class SanctionedPeople(RandomPeople):
    """The same, with all that moderators do to people."""

    @rule(who=PLACE, how_long=HOURS)
    def somebody_is_muted(self, who: int, how_long: timedelta) -> None:
        with refusals():
            until = self.now + how_long
            moderation.mute(person_id=self.somebody(who).pk, until=until, why="", by=self.boss, now=self.now)

    @rule(who=PLACE)
    def somebody_may_write_again(self, who: int) -> None:
        with refusals():
            moderation.unmute(person_id=self.somebody(who).pk, why="", by=self.boss, now=self.now)

    @rule(who=PLACE, how_long=HOURS)
    def somebody_is_shut_out_for_a_while(self, who: int, how_long: timedelta) -> None:
        with refusals():
            until = self.now + how_long
            moderation.ban_person(person_id=self.somebody(who).pk, until=until, why="", by=self.boss, now=self.now)

    @rule(who=PLACE)
    def somebody_is_checked_twice_or_not_any_more(self, who: int) -> None:
        with refusals():
            found = self.somebody(who)
            act = moderation.unwatch if found.watched else moderation.watch
            act(person_id=found.pk, why="", by=self.boss, now=self.now)

    @rule(how_long=HOURS)
    def the_time_of_some_is_over(self, how_long: timedelta) -> None:
        self.now += how_long
        for pk in people_whose_time_is_over(self.now):
            moderation.end_what_is_over(person_id=pk, now=self.now)
        assert people_whose_time_is_over(self.now) == []

    @rule(which=PLACE)
    def what_was_decided_about_somebody_is_undone(self, which: int) -> None:
        about_people = Decision.objects.filter(person__isnull=False, tree=None, undone_by=None)
        if decision := self.pick(about_people, which):
            with refusals():
                moderation.undo(decision_id=decision.pk, why="", by=self.boss, now=self.now)

    @rule(who=PLACE, which=PLACE)
    def somebody_appeals(self, who: int, which: int) -> None:
        by = self.somebody(who)
        if decision := self.pick(Decision.objects.filter(pk__in=told_to(by.pk)), which):
            with refusals():
                moderation.appeal(decision_id=decision.pk, text="No", by=by, now=self.now)

    @rule(which=PLACE, stands=st.booleans())
    def an_appeal_is_decided(self, which: int, stands: bool) -> None:
        if found := self.pick(Appeal.objects.filter(outcome=""), which):
            with refusals():
                act = moderation.uphold if stands else moderation.grant
                act(appeal_id=found.pk, why="", by=self.other_boss, now=self.now)

    @rule(which=PLACE)
    def a_message_is_erased(self, which: int) -> None:
        if message := self.pick(Message.objects.filter(erased=False), which):
            with refusals():
                wish = moderation.ask_purge(message_id=message.pk, why="", by=self.boss, now=self.now)
                moderation.confirm_purge(purge_id=wish.pk, by=self.other_boss, now=self.now)
            self.workers_erase()

    @rule(who=PLACE)
    def a_person_is_erased(self, who: int) -> None:
        if len(self.people) > 3:
            gone = self.people.pop(who % len(self.people))
            with refusals():
                wish = moderation.ask_purge(person_id=gone.pk, why="", by=self.boss, now=self.now)
                moderation.confirm_purge(purge_id=wish.pk, by=self.other_boss, now=self.now)
            self.workers_erase()

    def workers_erase(self) -> None:
        for wish in Purge.objects.filter(confirmed_at__isnull=False, done_at=None):
            moderation.erase_trees(purge_id=wish.pk, most=1000, now=self.now)

    @property
    def other_boss(self) -> User:
        return User.objects.filter(role=Role.ADMIN).exclude(pk=self.boss.pk).first() or person(role=Role.ADMIN)

    @invariant()
    def nobody_who_is_kept_out_has_anything_in_hand(self) -> None:
        kept_out = Q(assignee__is_active=False) | Q(assignee__muted_until__gt=self.now)
        assert not Task.objects.leased().filter(kept_out).exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_moderators_do_to_people_all_promises_hold() -> None:
    """A taste of it in every run, as for random people."""
    profile = settings(
        max_examples=int(os.environ.get("OA_LONG_EXAMPLES", "5")),
        stateful_step_count=int(os.environ.get("OA_LONG_STEPS", "20")),
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(SanctionedPeople, settings=profile)
