"""Random people at work, some of whom take what they wrote back from data sets and give it again: all promises hold."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from oa.accounts.models import User
from oa.datasets import actions
from oa.tasks.models import Task
from oa.trees.models import Message, Tree
from tests.properties.site import PLACE, refusals
from tests.properties.test_random_people import RandomPeople


class WithdrawingPeople(RandomPeople):
    """The same, with what authors may do to keep their words out of data sets."""

    @rule(which=PLACE, prompts=st.booleans())
    def somebody_takes_a_message_back(self, which: int, prompts: bool) -> None:
        own = Message.objects.filter(author__imported=False, withdrawn=False)
        if message := self.pick(own.filter(depth=0) if prompts else own, which):
            with refusals():
                actions.withdraw(message_id=message.pk, by=author_of(message), now=self.now)
            self.rounds_settle(message.tree_id)

    @rule(which=PLACE)
    def somebody_gives_a_message_again(self, which: int) -> None:
        if message := self.pick(Message.objects.filter(withdrawn=True), which):
            with refusals():
                actions.give_back(message_id=message.pk, by=author_of(message), now=self.now)

    @rule(who=PLACE, back=st.booleans())
    def somebody_takes_everything_back_or_gives_it_again(self, who: int, back: bool) -> None:
        by = self.somebody(who)
        with refusals():
            act = actions.withdraw_everything if back else actions.give_everything_back
            act(by=by, now=self.now)

    @rule()
    def the_round_settles_trees(self) -> None:
        for tree_id in actions.trees_to_settle():
            actions.settle_withdrawn(tree_id=tree_id, now=self.now)
        assert actions.trees_to_settle() == []

    def rounds_settle(self, tree_id: object) -> None:
        assert tree_id not in actions.trees_to_settle()

    @invariant()
    def nobody_works_on_what_its_author_took_back_by_itself(self) -> None:
        taken = Message.objects.filter(depth=0, withdrawn=True)
        due = actions.trees_to_settle()  # what a moderator has set going again meanwhile, until the next round
        working = Tree.objects.live().filter(pk__in=taken.values("pk")).exclude(pk__in=due)
        assert not Task.objects.stock().filter(tree__in=working).exists()


def author_of(message: Message) -> User:
    assert message.author is not None
    return message.author


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_authors_take_back_all_promises_hold() -> None:
    """A taste of it in every run, as for random people."""
    profile = settings(
        max_examples=int(os.environ.get("OA_LONG_EXAMPLES", "3")),
        stateful_step_count=int(os.environ.get("OA_LONG_STEPS", "20")),
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(WithdrawingPeople, settings=profile)
