"""The processes of a history: forked, watched, and gone with whoever started them."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from random import Random

from django.db import connection, connections

from oa.simulation.actions.history.board import FORK, Board
from oa.simulation.actions.history.founding import Plan
from oa.simulation.actions.history.rounds import Rounds
from oa.simulation.actions.history.worker import Worker
from oa.simulation.rules import PEOPLE_AT_ONCE, person_id

LOOKS_UP_EVERY = 50
# Nobody has found anything to do for so long that nobody will.
STUCK_AFTER = 20_000
IDLE_SECONDS = 0.005


class Workers:
    """All processes of one run."""

    def __init__(self, plan: Plan, board: Board) -> None:
        self.board = board
        connections.close_all()  # none of them may be shared
        gc.freeze()  # what is there already is never looked through again, and stays shared with the children
        parent = os.getpid()
        self.processes = [
            FORK.Process(target=_work, args=(plan, board, number, parent), daemon=True)
            for number in range(plan.workers)
        ]
        self.processes.append(FORK.Process(target=_look_after, args=(plan, board, parent), daemon=True))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """They work inside, and have ended after it."""
        for process in self.processes:
            process.start()
        try:
            yield
        finally:
            self.board.stop.set()
            for process in self.processes:
                process.join()

    def wait(self, seconds: float) -> bool:
        """Give them time; False when all have ended."""
        running = [process for process in self.processes if process.is_alive()]
        wait([process.sentinel for process in running], seconds)
        if any(process.exitcode for process in self.processes):
            self.board.stop.set()  # one has failed: the others end what they are at
        return bool(running)

    @property
    def failed(self) -> bool:
        return any(process.exitcode != 0 for process in self.processes)


def _work(plan: Plan, board: Board, number: int, parent: int) -> None:
    """A share of the people, until all trees stand, somebody says stop, or whoever started this is gone."""
    gc.set_threshold(50_000, 20, 100)  # next to nothing that an answer leaves is in a cycle
    _no_flush_per_answer()
    share, everybody = plan.people[number :: plan.workers], {person_id(person): person for person in plan.people}
    at_once = max(PEOPLE_AT_ONCE // plan.workers, 1)
    worker = Worker(share, everybody, board, number=number, goal=plan.trees, at_once=at_once)
    looked = still = 0
    while not board.stop.is_set() and os.getppid() == parent:
        for _ in range(LOOKS_UP_EVERY):
            if board.trees >= plan.trees:
                board.stop.set()
                return
            worker.act()
        done = board.total("cycles")
        still, looked = (still + LOOKS_UP_EVERY if done == looked else 0), done
        if still > STUCK_AFTER:
            board.stop.set()


def _look_after(plan: Plan, board: Board, parent: int) -> None:
    """The rounds, for as long."""
    _no_flush_per_answer()
    rounds = Rounds(board, trees=plan.trees, dice=Random(f"rounds {plan.seed}"))
    while not board.stop.is_set() and os.getppid() == parent:
        if not rounds.run():
            board.stop.wait(IDLE_SECONDS)


def _no_flush_per_answer() -> None:
    """A power cut may take the last moments of a history, and leaves it whole: they are made again by going on."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
