"""Two web processes, two workers, moderators and an impatient clock on one database: nothing is lost, no deadlock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from oa.core.errors import Refusal
from oa.moderation import actions as moderation
from oa.moderation.actions.messages import Said
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.trees.models import Message, Tree
from tests import builders as b
from tests.scale import work

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("a whole site")]

VOLUNTEERS, CYCLES, SECONDS = 12, 250, 12.0
FINE = {"200", "201", "204", "409", "410", "429"}


def test_nothing_is_lost_and_nobody_deadlocks(tmp_path: Path) -> None:
    work.populated(trees=100, growing=30)
    before, deadlocks = Task.objects.filter(status="done").count(), work.deadlocks()

    with work.at_work(tmp_path, webs=2, workers=2, database=work.here()) as site:
        crowd = site.crowd(volunteers=VOLUNTEERS, cycles=CYCLES, seconds=SECONDS)
        with beside(moderators_at_work, leases_that_end, two_beats):
            told = work.told_by(crowd)
        work.until_booked()
        said = site.said()

    assert told["cycles"] > VOLUNTEERS
    assert set(told["statuses"]) <= FINE, told["statuses"]
    assert not told["gone"]
    assert work.deadlocks() == deadlocks
    assert "Traceback" not in said, said[-3000:]
    # Each that was told it is done, is; those that were under way when the crowd was stopped were not counted by it.
    done = Task.objects.filter(status="done").count() - before
    assert told["cycles"] <= done <= told["cycles"] + 2 * VOLUNTEERS
    assert b.broken_promises() == []


@contextmanager
def beside(*acts: Callable[[Random], None]) -> Iterator[None]:
    """These go on in threads of their own for as long as this lasts; what goes wrong in them is raised at its end."""
    over = Event()

    def again_and_again(act: Callable[[Random], None], seed: int) -> int:
        dice, times = Random(seed), 0
        try:
            while not over.wait(0.05):
                try:
                    act(dice)
                    times += 1
                except Refusal:
                    continue  # somebody was faster
        finally:
            connection.close()
        return times

    with ThreadPoolExecutor(len(acts)) as threads:
        futures = [threads.submit(again_and_again, act, seed) for seed, act in enumerate(acts)]
        try:
            yield
        finally:
            over.set()
        for future in futures:
            assert future.result(timeout=60) > 0


def moderators_at_work(dice: Random) -> None:
    """Each deletes something people work on and brings it back, or stops a tree and lets it go on."""
    mona = b.moderator()
    message = Message.objects.filter(tree__state="growing", deleted=False).order_by("?").select_related("tree").first()
    assert message
    said: Said = {"why": "a test", "by": mona, "now": timezone.now()}
    if message.depth and dice.random() < 0.7:
        moderation.delete_message(message_id=message.pk, **said)
        time.sleep(0.05)
        moderation.restore_message(message_id=message.pk, **said)
    else:
        moderation.halt_tree(tree_id=message.tree_id, **said)
        time.sleep(0.05)
        moderation.resume_tree(tree_id=message.tree_id, **said)


def leases_that_end(_dice: Random) -> None:
    """Somebody's time is over at once."""
    held = Task.objects.leased().order_by("?").values_list("pk", flat=True).first()
    if held:
        tasks.expire(task_id=held, now=timezone.now() + timedelta(days=1))


def two_beats(_dice: Random) -> None:
    work.send_rounds()
    work.send_rounds()
    assert Tree.objects.exists()
    time.sleep(0.5)
