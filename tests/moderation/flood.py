"""One person's messages all over many trees, and people who go on working there meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from django.db.models import Count
from django.utils import timezone

from oa.accounts.models import User
from oa.core.errors import Gone
from oa.tasks import actions as tasks
from oa.tasks.rules import Kind
from tests import builders
from tests.datasets.files import Row, answer, message, new_id, take, tree, write
from tests.properties.site import an_answer

# Each tree has so many messages of that person.
PER_TREE = 10
ROOMY: dict[str, Any] = {"goal_tree_size": 40, "max_tree_depth": 4, "max_children_count": 5, "num_reviews_reply": 2}
KINDS = [Kind.ASSISTANT_REPLY, Kind.PROMPTER_REPLY, Kind.LABEL_ASSISTANT_REPLY, Kind.LABEL_PROMPTER_REPLY]


def flood(trees: int, folder: Path) -> User:
    """Growing trees in which somebody has written ten messages each: in most of them none below the other, in every
    tenth the prompt too, with which all the others go."""
    builders.policy(**ROOMY)
    troll = new_id()
    report = take(write(folder / "flood", (_tree(troll, whole=n % 10 == 0) for n in range(trees))), live=True)
    assert not report.refused
    return User.objects.alias(written=Count("messages")).get(written=trees * PER_TREE)


def _tree(troll: str, *, whole: bool) -> Row:
    answers = [answer(text=builders.words(), replies=_below(troll)) for _ in range(3)]
    if whole:
        return tree(*answers, state="growing", text=builders.words(), user_id=troll)
    return tree(*answers, answer(text=builders.words(), user_id=troll), state="growing", text=builders.words())


def _below(troll: str) -> list[Row]:
    theirs = [message(text=builders.words(), replies=[answer(text=builders.words(), user_id=troll)]) for _ in range(2)]
    return _under_their_parents([*theirs, message(text=builders.words(), user_id=troll)])


def _under_their_parents(rows: list[Row]) -> list[Row]:
    for row in rows:
        for reply in row["replies"]:
            reply["parent_id"] = row["message_id"]
    return rows


def volunteers(number: int) -> list[User]:
    return [builders.person(languages=["en"], writing_languages=["en"]) for _ in range(number)]


def one_cycle(by: User, dice: Random) -> bool:
    """Ask for a task and hand it in; whether there was one, and it was not taken away by a decision meanwhile."""
    task = tasks.next_task(kinds=KINDS, langs=["en"], by=by, now=timezone.now(), rng=dice)
    if task is None:
        return False
    given = an_answer(task, dice, 0.0)
    if given.text:  # processes that began as one would count the same words
        given = replace(given, text=f"{given.text} {dice.getrandbits(64):x}")
    try:
        tasks.submit(task_id=task.pk, answer=given, by=by, now=timezone.now(), rng=dice)
    except Gone:
        return False
    return True
