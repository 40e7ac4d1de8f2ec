"""What a rule decided by itself is undone like anything else, and the rule is silent from then on."""

from __future__ import annotations

import pytest

from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks
from oa.tasks.rules import Kind, SkipReason
from oa.trees.models import Tree
from oa.trees.rules import State
from tests.builders import LATER, NOW, broken_promises, growing, moderator, person, policy, sit, state_of, stock_of

pytestmark = pytest.mark.django_db


def test_a_tree_that_stopped_because_of_skips_goes_on_where_it_was_and_does_not_stop_again() -> None:
    policy(auto_mod_max_skip_reply=2)
    prompt = growing()

    def skip() -> None:
        by = person()
        task = sit(prompt, Kind.ASSISTANT_REPLY, by=by)
        tasks.skip(task_id=task.pk, reason=SkipReason.UNCLEAR, by=by, now=NOW)

    skip()
    skip()
    assert state_of(prompt) == State.HALTED_BY_MODERATOR
    for event_id in moderation.stops_to_record():
        assert moderation.record_stop(event_id=event_id, now=NOW)

    moderation.undo(decision_id=Decision.objects.get(verb=Verb.STOP).pk, by=moderator(), now=LATER)

    assert (state_of(prompt), Tree.objects.get(pk=prompt.tree_id).moderated) == (State.GROWING, True)
    assert stock_of(prompt)
    skip()
    assert state_of(prompt) == State.GROWING
    assert broken_promises() == []
