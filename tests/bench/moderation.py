"""All 5,000 messages of one person in 500 trees: shown, deleted by two workers and brought back by them, on real
PostgreSQL, while two people at a time work in the same trees as fast as they can.

Workers and people are processes of their own. What people get done is counted in the same trees before the deletion,
while it goes on, and while it is undone.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.bench.figures import Figure

if TYPE_CHECKING:
    from oa.moderation.models import Batch

TREES, WORKERS, PEOPLE, PERSONS = 500, 2, 2, 10
ALONE_SECONDS = 20.0


def measure() -> Iterator[Figure]:
    """About ten minutes on two cores."""
    with tempfile.TemporaryDirectory(prefix="oa-bench-") as folder, _site(Path(folder)):
        yield from _flood_and_undo(Path(folder))


@contextmanager
def _site(folder: Path) -> Iterator[None]:
    """Servers of our own, empty, for as long as this lasts."""
    os.environ |= {"OA_DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "oa.settings"}
    import django
    from django.core.management import call_command
    from django.db import connections

    from oa import embedded

    tell("starting a site of its own")
    embedded.join()
    django.setup()
    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        connections.close_all()


def _flood_and_undo(folder: Path) -> Iterator[Figure]:
    from django.utils import timezone

    from oa.moderation import actions
    from oa.moderation.rules import BatchState, BatchVerb, Selection
    from tests import builders
    from tests.moderation.flood import flood, volunteers

    tell(f"writing {TREES} trees")
    troll, mona = flood(TREES, folder), builders.moderator()
    people = [one.pk for one in volunteers(PERSONS)]
    tell("people at work, nobody else")
    alone = _cycles_of_people(people, lambda: time.sleep(ALONE_SECONDS)) / ALONE_SECONDS
    began = time.perf_counter()
    wish = actions.Wish(BatchVerb.DELETE, reason="spam", why="A flood")
    batch = actions.choose(wish=wish, selection=Selection(person=troll.pk), by=mona, now=timezone.now())
    yield Figure("messages chosen", batch.total, "", f"in {batch.preview['trees']} trees")
    yield Figure("preview", time.perf_counter() - began, "s", "everything that would change; nothing else is written")
    for what, begin, done in (
        ("deleting", actions.run_batch, BatchState.DONE),
        ("undoing", actions.undo_batch, BatchState.UNDONE),
    ):
        begin(batch_id=batch.pk, by=mona, now=timezone.now())
        yield from _timed(what, batch, done, people, alone=alone)
    yield Figure("people alone", alone, "cycles/s", f"{PEOPLE} at a time")
    yield Figure("promises broken at the end", len(builders.broken_promises()), "", "0")


def _timed(what: str, batch: Batch, done: str, people: list[Any], *, alone: float) -> Iterator[Figure]:
    from oa.moderation.models import BatchItem

    tell(f"{what}, people at work")
    began = time.perf_counter()
    cycles = _cycles_of_people(people, lambda: _work_until(batch, done))
    seconds = time.perf_counter() - began
    counts = dict(BatchItem.objects.counts([batch.pk])[batch.pk])
    yield Figure(what, seconds, "s", f"{WORKERS} workers; {counts}")
    yield Figure(f"{what}: messages", batch.total / seconds, "messages/s")
    yield Figure(f"{what}: people meanwhile", cycles / seconds, "cycles/s", f"{alone:.3g} alone")


def _work_until(batch: Batch, done: str) -> None:
    """Workers, until the batch is done; says how far it is."""
    from oa.moderation.models import Batch, BatchItem

    with _crowd([_worker] * WORKERS):
        while Batch.objects.get(pk=batch.pk).state != done:
            tell(f"  {dict(BatchItem.objects.counts([batch.pk])[batch.pk])}")
            time.sleep(5)


def _cycles_of_people(people: list[Any], meanwhile: Callable[[], None]) -> int:
    """How much people get done while something happens."""
    with _crowd([lambda stop, share=people[n::PEOPLE]: _person(stop, share) for n in range(PEOPLE)]) as counts:  # type: ignore[misc]  # mypy can't tell the type of a default
        meanwhile()
        return sum(count.value for count in counts)


@contextmanager
def _crowd(acts: list[Callable[[Any], Iterator[int]]]) -> Iterator[list[Any]]:
    """Processes that do something until this is over; gives how often each has, as it goes on."""
    from django.db import connections

    connections.close_all()  # each process has its own
    forks = multiprocessing.get_context("fork")
    stop, counts = forks.Event(), [forks.Value("i", 0) for _ in acts]

    def run(act: Callable[[Any], Iterator[int]], count: Any) -> None:
        for times in act(stop):
            count.value += times

    processes = [forks.Process(target=run, args=pair) for pair in zip(acts, counts, strict=True)]
    for process in processes:
        process.start()
    try:
        yield counts
        if died := [process for process in processes if not process.is_alive()]:
            raise SystemExit(f"{len(died)} processes of the measurement have died: see above.")
    finally:
        stop.set()
        for process in processes:
            process.join(timeout=60)


def _worker(stop: Any) -> Iterator[int]:
    from django.utils import timezone

    from oa.moderation import actions

    while not stop.is_set():
        steps = actions.work_on_batches(clock=timezone.now, rng=Random())
        if not steps:
            time.sleep(0.2)
        yield steps


def _person(stop: Any, people: list[Any]) -> Iterator[int]:
    from oa.accounts.models import User
    from tests.moderation.flood import one_cycle

    dice = Random()
    while not stop.is_set():
        yield int(one_cycle(User.objects.get(pk=dice.choice(people)), dice))


def tell(what: str) -> None:
    sys.stderr.write(f"moderation: {what}\n")
