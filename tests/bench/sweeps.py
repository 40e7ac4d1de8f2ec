"""What workers do again and again: bring a tree's stock up to date, draw lots, end leases, book points.

The work is done by a process of its own, `python -m tests.bench.sweeps`, through the actions that the jobs call; while
it works no worker does, so that there is something left to do. The statements of `book` and `expire` are those of one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from tests.bench.driver import statements
from tests.bench.driver.run import Run
from tests.bench.figures import Figure

if TYPE_CHECKING:
    from datetime import datetime

    from oa.tasks.actions import Answer
    from oa.tasks.models import Task
    from tests.bench.driver.answers import Pen

T = TypeVar("T")
TREES, CYCLES, LEASES = 300, 300, 200
PERSONS = 60
TITLES = {
    "restock": "advance and restock a tree",
    "due": "which languages have something to do",
    "fill": "a language's desk: lottery, backlog, prompts",
    "book": "book what happened in a tree",
    "idle": "look for something to book, when there is nothing",
    "expire": "end a lease",
}


def measure(run: Run) -> Iterator[Figure]:
    for line in run.site.run("-m", "tests.bench.sweeps").splitlines():
        told = json.loads(line)
        title, times = TITLES[told["what"]], max(told["times"], 1)
        yield Figure(title, told["seconds"] * 1000 / times, "", f"{told['times']:,} times", case="ms")
        yield Figure(title, told["statements"] / times, "", case="statements")
        yield Figure(title, told["blocks"] / times, "", case="blocks")


def main() -> None:
    from oa import embedded

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
    embedded.join()
    import django

    django.setup()
    from django.utils import timezone

    for what, work in _sweeps(timezone.now(), Random(11)):
        sys.stdout.write(json.dumps({"what": what, **_measured(work)}) + "\n")


def _measured(work: Callable[[], int]) -> dict[str, Any]:
    from django.db import connection

    connection.ensure_connection()
    driver = connection.connection
    before, began = statements.asked(driver, driver.info.dbname), time.perf_counter()
    times = work()
    seconds, after = time.perf_counter() - began, statements.asked(driver, driver.info.dbname)
    counts = {name: getattr(after, name) - getattr(before, name) for name in ("statements", "blocks")}
    return {"times": times, "seconds": seconds, **counts}


def _sweeps(now: datetime, dice: Random) -> Iterator[tuple[str, Callable[[], int]]]:
    from oa.community import actions as community
    from oa.tasks import actions as tasks

    yield "restock", lambda: _each(_working_trees(), lambda pk: tasks.restock_tree(tree_id=pk, now=now))
    yield "due", lambda: _each(range(10), lambda _turn: tasks.languages_due(now))
    langs = tasks.languages_due(now + timedelta(minutes=10))  # all of them: none has been looked at for so long
    yield "fill", lambda: _each(langs, lambda lang: tasks.fill_language(lang=lang, now=now, rng=dice))
    _book_all(now, dice)
    _work(CYCLES, now, dice, hand_in=True)
    yield "book", lambda: _book_all(now, dice)
    yield "idle", lambda: _each(range(10), lambda _turn: community.book_due(most=20, now=now, rng=dice))
    _work(LEASES, now, dice, hand_in=False)
    late = now + timedelta(days=30)
    yield "expire", lambda: _each(_over(late), lambda pk: tasks.expire(task_id=pk, now=late))


def _each(things: Iterable[T], do: Callable[[T], object]) -> int:
    times = 0
    for thing in things:
        do(thing)
        times += 1
    return times


def _working_trees() -> list[Any]:
    from oa.trees.models import Tree
    from oa.trees.rules import State

    working = Tree.objects.live().filter(state__in=[State.GROWING, State.RANKING, State.INITIAL_PROMPT_REVIEW])
    return list(working.order_by("-id").values_list("pk", flat=True)[:TREES])


def _over(late: datetime) -> list[Any]:
    from oa.tasks.models import Task

    return list(Task.objects.expired(late).order_by("expires_at").values_list("pk", flat=True)[:LEASES])


def _book_all(now: datetime, dice: Random) -> int:
    """Until nothing is left; how many trees that were."""
    from oa.community import actions as community

    booked = 0
    while some := community.book_due(most=20, now=now, rng=dice):
        booked += some
    return booked


def _work(times: int, now: datetime, dice: Random, *, hand_in: bool) -> None:
    """People take tasks, as far as there are any for them; they hand them in, or keep them."""
    from oa.core.errors import TooMany
    from oa.tasks import actions as tasks
    from oa.tasks.rules import Kind
    from tests.bench.driver.answers import Pen
    from tests.bench.driver.sign_in import workers

    people, pen = workers(PERSONS), Pen(dice.getrandbits(32))
    for turn in range(times):
        by = people[turn % len(people)]
        try:
            task = tasks.next_task(kinds=list(Kind), langs=by.languages, by=by, now=now, rng=dice)
        except TooMany:  # of each crowd before this they may have kept a task
            continue
        if task is not None and hand_in:
            tasks.submit(task_id=task.pk, answer=_answer(task, pen), by=by, now=now, rng=dice)


def _answer(task: Task, pen: Pen) -> Answer:
    from oa.rankings.rules import Vote
    from oa.tasks.actions import Answer
    from oa.tasks.rules import LABELS, RANKINGS

    if task.kind in LABELS:
        return Answer(labels={"spam": 0, "lang_mismatch": 0, "quality": 0.75})
    if task.kind in RANKINGS:
        order = [UUID(pk) for pk in (task.shown or {})["order"]]
        pen.dice.shuffle(order)
        return Answer(vote=Vote(tuple((pk,) for pk in order)))
    return Answer(text=pen.write(task.lang, asks=False))


if __name__ == "__main__":
    main()
