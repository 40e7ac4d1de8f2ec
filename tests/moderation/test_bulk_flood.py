"""All messages of one person are deleted and brought back by several workers while people go on working."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from oa.accounts.models import User
from oa.moderation import actions
from oa.moderation.models import Batch, BatchItem, Decision
from oa.moderation.rules import BatchState, BatchVerb, ItemState, Selection, Verb
from oa.trees.models import Message
from tests import builders
from tests.builders import broken_promises
from tests.moderation.flood import PER_TREE, flood, one_cycle, volunteers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TREES, WORKERS, PEOPLE = 30, 2, 2
# Of so many looks at how far it is, one also asks whether all promises hold.
LOOKS = 10


def until(over: Event, act: Callable[[], object]) -> Callable[[], int]:
    """Do something again and again, on a connection of one's own; gives how often."""

    def run() -> int:
        times = 0
        with closing(connection):
            while not over.is_set():
                times += bool(act())
        return times

    return run


def a_worker() -> int:
    return actions.work_on_batches(clock=timezone.now, rng=Random())


def broken_at_one_moment() -> list[str]:
    """The promises of rows that change while they are read, as they all were at one moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return broken_promises()


def while_people_work(batch: Batch, people: list[User], done: BatchState) -> list[int]:
    """Workers and people do what they do until the batch is done; what progress was shown, and what held, meanwhile."""
    over, shown = Event(), []
    acts = [until(over, a_worker) for _ in range(WORKERS)]
    acts += [until(over, lambda by=one: one_cycle(by, Random())) for one in people]  # type: ignore[misc]  # mypy takes the default for None
    with ThreadPoolExecutor(len(acts)) as crowd:
        busy = [crowd.submit(act) for act in acts]
        try:
            while Batch.objects.get(pk=batch.pk).state != done and not any(one.done() for one in busy):
                counts = BatchItem.objects.counts([batch.pk])[batch.pk]
                shown.append(counts[ItemState.WAITING] + counts[ItemState.DONE] * (done == BatchState.UNDONE))
                assert len(shown) % LOOKS or broken_at_one_moment() == []
                time.sleep(0.2)
        finally:
            over.set()
        times = [one.result(timeout=180) for one in busy]
    assert min(times) > 0, "everybody had something to do"
    return shown


def test_a_flood_is_taken_away_and_brought_back_while_people_work(tmp_path: Path) -> None:
    troll, people, mona = flood(TREES, tmp_path), volunteers(PEOPLE), builders.moderator()
    wish = actions.Wish(BatchVerb.DELETE, reason="spam", why="A flood")
    batch = actions.choose(wish=wish, selection=Selection(person=troll.pk), by=mona, now=timezone.now())
    assert (batch.total, batch.preview["trees"]) == (TREES * PER_TREE, TREES)
    theirs = Message.objects.filter(author=troll)

    actions.run_batch(batch_id=batch.pk, by=mona, now=timezone.now())
    shown = while_people_work(batch, people, BatchState.DONE)

    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) > 3, "progress is seen"
    assert not theirs.filter(deleted=False).exists()
    assert BatchItem.objects.counts([batch.pk])[batch.pk] == {ItemState.DONE: batch.total}
    once = Decision.objects.filter(batch=batch, verb=Verb.DELETE).values_list("message", flat=True)
    assert len(set(once)) == len(once), "nothing is decided twice"
    assert broken_promises() == []

    actions.undo_batch(batch_id=batch.pk, by=mona, now=timezone.now())
    shown = while_people_work(batch, people, BatchState.UNDONE)

    assert len(set(shown)) > 3
    assert not theirs.filter(deleted=True).exists()
    assert BatchItem.objects.counts([batch.pk])[batch.pk] == {ItemState.UNDONE: batch.total}
    assert broken_promises() == []
