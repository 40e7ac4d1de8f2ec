"""What the processes of one history tell each other: counts in shared memory, from which the clock is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from multiprocessing import get_context

from oa.simulation.rules import A_CYCLE

# Forked, the processes have the whole population and all modules at once, and share their memory.
FORK = get_context("fork")
COUNTED = ("acts", "cycles", "prompts", "joined", "skipped", "walked_off", "empty", "refused", "deadlocks")


class Board:
    """Counts of each process, written by it alone and read by all."""

    def __init__(self, *, workers: int, began: datetime, trees: int, people: int) -> None:
        self.began, self.trees_before, self.people_before = began, trees, people
        self.stop = FORK.Event()
        self._counts = {name: FORK.RawArray("q", workers) for name in COUNTED}

    def counter(self, number: int) -> Callable[[str], None]:
        """How one of the processes counts something."""
        counts = self._counts

        def count(name: str) -> None:
            counts[name][number] += 1

        return count

    def total(self, name: str) -> int:
        return sum(self._counts[name])

    @property
    def now(self) -> datetime:
        """The clock of the history: it moves on with everything that anybody does."""
        return self.began + self.total("acts") * A_CYCLE

    @property
    def trees(self) -> int:
        return self.trees_before + self.total("prompts")

    @property
    def people(self) -> int:
        return self.people_before + self.total("joined")

    def as_json(self) -> dict[str, int]:
        """All counts of this run."""
        return {name: self.total(name) for name in COUNTED}
