"""A random site, decisions about many of its messages at once, one upon the other: undone as wholes in the other order,
all is exactly as it was, and all promises hold after every step of the workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from oa.accounts.models import User
from oa.core.errors import Refusal
from oa.moderation import actions as moderation
from oa.moderation.models import Batch
from oa.moderation.rules import AT_WORK, BatchState, BatchVerb, ItemState, Selection
from oa.trees.models import Message
from tests.properties.site import DICE, LANGUAGES, POLICIES, Site, differences, snapshot
from tests.properties.test_undo import profile


def ticking(since: datetime) -> Callable[[], datetime]:
    moments: Iterator[int] = count()
    return lambda: since + timedelta(milliseconds=next(moments))


class Batches(Site):
    """Nobody works in between."""

    @initialize(policy=st.sampled_from(POLICIES), number=st.integers(4, 7), dice=DICE, cycles=st.integers(20, 80))
    def a_site_is_in_use(self, policy: dict[str, object], number: int, dice: Random, cycles: int) -> None:
        Site.a_site_is_in_use(self, policy, number, dice, cycles)
        self.ready_trees_are_ranked()
        self.some_texts_are_reported_and_scored(dice)
        self.was = snapshot()
        self.begun: list[Batch] = []

    @rule(verb=st.sampled_from(list(BatchVerb)), dice=DICE)
    def many_are_decided_about(self, verb: BatchVerb, dice: Random) -> None:
        self.now += timedelta(minutes=1)
        boss = User.objects.get(pk=self.boss.pk)
        wish = moderation.Wish(verb, why="Many", lang=dice.choice(LANGUAGES))
        try:
            batch = moderation.choose(wish=wish, selection=self.a_selection(dice), by=boss, now=self.now)
        except Refusal as refusal:
            assert refusal.code == "nothing_found", refusal.code
            return
        moderation.run_batch(batch_id=batch.pk, by=boss, now=self.now)
        steps = dice.choice([1, 3, 1000])  # some are undone while they are at work
        self.workers_go_on(batch, steps)
        self.begun.append(batch)
        if Batch.objects.get(pk=batch.pk).state in AT_WORK:
            self.all_is_undone()

    @rule()
    def all_is_undone(self) -> None:
        while self.begun:
            self.now += timedelta(minutes=1)
            batch = self.begun.pop()
            moderation.undo_batch(batch_id=batch.pk, by=User.objects.get(pk=self.boss.pk), now=self.now)
            self.workers_go_on(batch, 1000)
            batch.refresh_from_db()
            assert batch.state == BatchState.UNDONE
            assert list(batch.items.filter(state__in=[ItemState.STANDS, ItemState.DONE]).values_list("problem")) == []
        assert differences(self.was, snapshot()) == {}

    def workers_go_on(self, batch: Batch, steps: int) -> None:
        clock = ticking(self.now)
        for _ in range(steps):
            if not moderation.step(batch_id=batch.pk, clock=clock):
                break
            self.all_promises_hold()

    def a_selection(self, dice: Random) -> Selection:
        return Selection(**dice.choice([self._of_a_person, self._some, self._in_a_language])(dice))

    def _of_a_person(self, dice: Random) -> dict[str, Any]:
        return {"person": dice.choice(self.people).pk}

    def _some(self, dice: Random) -> dict[str, Any]:
        ids = list(Message.objects.order_by("pk").values_list("pk", flat=True))
        return {"ids": tuple(dice.sample(ids, min(len(ids), 6)))}

    def _in_a_language(self, dice: Random) -> dict[str, Any]:
        return {"lang": dice.choice(LANGUAGES), "role": dice.choice(["prompter", "assistant"])}


@pytest.mark.slow
@pytest.mark.django_db
def test_batches_that_are_undone_leave_no_trace() -> None:
    run_state_machine_as_test(Batches, settings=profile(4, 8))
