"""What workers do on a real site, done here by one process at moments of the history's own clock."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from random import Random
from uuid import UUID

from oa.community import actions as community
from oa.rankings import actions as rankings
from oa.simulation.actions.history.board import Board
from oa.simulation.rules import rounds_of
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.trees.models import Tree
from oa.trees.rules import State

# More trees than are ever due at once.
ALL = 1_000_000
AT_WORK = (State.INITIAL_PROMPT_REVIEW, State.GROWING, State.RANKING, State.READY_FOR_SCORING)


class Rounds:
    """Looks after the site whenever enough has been done since the last time."""

    def __init__(self, board: Board, *, trees: int, dice: Random) -> None:
        self.board, self.dice, self.every = board, dice, rounds_of(trees)
        self.desks_at, self.booking_at = 0, self.every.booking
        self.to_book: deque[UUID] = deque()

    def run(self) -> bool:
        """Do one thing that is due by now; False when nothing is. The desks go first: people wait for them."""
        acts = self.board.total("acts")
        if acts >= self.desks_at:
            self.desks_at = acts + self.every.desks
            look_after_desks(now=self.board.now, rng=self.dice)
        elif self.to_book:
            community.book(tree_id=self.to_book.popleft(), now=self.board.now)
        elif acts >= self.booking_at:
            self.booking_at = acts + self.every.booking
            self.to_book.extend(due_and_at_rest())
        else:
            return False
        return True


def due_and_at_rest() -> list[UUID]:
    """Trees to be booked in which nobody does anything now: those at work would be booked again and again."""
    due = Tree.objects.filter(pk__in=community.trees_due(most=ALL))
    return list(due.exclude(state__in=AT_WORK).values_list("pk", flat=True))


def look_after_desks(*, now: datetime, rng: Random) -> None:
    """Expired leases, the lottery and the stock of prompts, trees that wait to be scored."""
    for task_id in list(Task.objects.expired(now).order_by("expires_at").values_list("pk", flat=True)):
        tasks.expire(task_id=task_id, now=now)
    for tree_id in list(Tree.objects.live().in_state(State.READY_FOR_SCORING).values_list("pk", flat=True)):
        rankings.score(tree_id=tree_id, now=now)
    for lang in tasks.languages_due(now):
        tasks.fill_language(lang=lang, now=now, rng=rng)


def look_after_all(board: Board, *, rng: Random) -> None:
    """The last round: nothing is left to be done but by people."""
    look_after_desks(now=board.now, rng=rng)
    for tree_id in community.trees_due(most=ALL):
        community.book(tree_id=tree_id, now=board.now)
