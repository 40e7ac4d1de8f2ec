"""The query that leaves out trees which plainly rest leaves out none that the rules would move."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from oa.core.promises import Tally
from oa.trees.models import Message, Tree
from oa.trees.promises import MOVING, P5, P8, shapes_in
from oa.trees.rules import Role, State, facts_of, next_move
from tests import builders as b

pytestmark = pytest.mark.django_db

ROUNDS = 120
CHANGES: list[dict[str, Any]] = [
    {"deleted": True}, {"review_result": False}, {"review_result": None}, {"rank": None}, {"rank": 0}, {"rank": 1},
    {"rank": 2}, {"ranking_count": 0}, {"ranking_count": 5}, {"review_result": True}, {"deleted": False},
]  # fmt: skip


def moved_by_the_rules() -> set[str]:
    return {str(tree.pk) for tree, shape in shapes_in(*MOVING) if next_move(State(tree.state), facts_of(shape))}


def ranked_wrongly() -> set[str]:
    found = set()
    for tree, shape in shapes_in(State.READY_FOR_EXPORT):
        for _parent, replies in shape.sibling_groups():
            ranks = [reply.rank for reply in replies]
            if replies[0].role is Role.ASSISTANT and set(ranks) != set(range(len(ranks))):
                found.add(str(tree.pk))
    return found


def told(check: list[str]) -> set[str]:
    return {breach.split()[1].rstrip(":") for breach in check}


def test_every_tree_that_the_rules_would_move_is_told_and_no_other() -> None:
    b.policy()
    roots = [b.ready() for _ in range(4)]
    for root in roots[1:]:
        Tree.objects.filter(pk=root.pk).update(state=State.READY_FOR_EXPORT)
    waiting = [b.plant() for _ in range(2)]
    Tree.objects.filter(pk=waiting[0].pk).update(state=State.PROMPT_LOTTERY_WAITING)
    Tree.objects.filter(pk=waiting[1].pk).update(state=State.BACKLOG_RANKING)
    messages = list(Message.objects.order_by("id").values_list("pk", flat=True))
    before = {pk: Message.objects.filter(pk=pk).values(*"deleted review_result rank ranking_count".split()).get()
              for pk in messages}  # fmt: skip
    dice, seen = Random(3), 0

    for _ in range(ROUNDS):
        changed = dice.sample(messages, 2)
        for pk in changed:
            Message.objects.filter(pk=pk).update(**dice.choice(CHANGES))
        wrong = moved_by_the_rules()
        seen += len(wrong)
        assert told(list(P5[0].run(Tally()))) == wrong
        assert told(list(P8[0].run(Tally()))) == ranked_wrongly()
        if dice.random() < 0.7:
            for pk in changed:
                Message.objects.filter(pk=pk).update(**before[pk])
    assert seen > ROUNDS
