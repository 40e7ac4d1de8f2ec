"""What all volunteers of one run share: what texts are worth, what was done, whether it is enough."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

from oa.simulation.rules import Goal, Tally, Trees, Truth, newly_ready, truth_of_stranger

STILL_SECONDS = 60.0


@dataclass(slots=True)
class World:
    """The state of a run. `journal` takes a line for every answer the site has accepted, at once."""

    goal: Goal
    journal: IO[str] | None = None
    tally: Tally = field(default_factory=Tally)
    truths: dict[str, Truth] = field(default_factory=dict)
    begun: int = 0
    over: str = ""
    """Why it ended; empty while it goes on."""
    trees_before: Trees = field(default_factory=dict)
    trees: Trees = field(default_factory=dict)
    started_at: float = field(default_factory=time.monotonic)
    moved_at: float = field(default_factory=time.monotonic)
    """When the last answer was accepted."""

    def start(self) -> None:
        """From now on it counts: the trees of this moment were there before."""
        self.trees_before = self.trees
        self.started_at = self.moved_at = time.monotonic()

    def begin(self) -> bool:
        """Take one of the cycles that are left; False when there is none."""
        if self.over or (self.goal.cycles is not None and self.begun >= self.goal.cycles):
            return False
        self.begun += 1
        return True

    def give_back(self) -> None:
        """A cycle came to nothing: somebody else may have it."""
        self.begun -= 1

    def record(self, *, kind: str, task_id: str, email: str, body: Mapping[str, object]) -> None:
        """The site has accepted an answer."""
        self.tally.cycles[kind] += 1
        self.tally.replayed += bool(body.get("replayed"))
        self.moved_at = time.monotonic()
        if self.journal is not None:
            line = {"task": task_id, "kind": kind, "email": email, "result": body["result"]}
            self.journal.write(json.dumps(line) + "\n")
            self.journal.flush()
        if self.goal.cycles is not None and self.tally.done >= self.goal.cycles:
            self.over = self.over or "all cycles are done"

    def look_at(self, trees: Trees) -> None:
        """Take note of the trees as the site shows them, and of whether they are enough."""
        self.trees = trees
        if self.goal.is_reached(self.newly_ready):
            self.over = self.over or "enough trees are ready"

    def look_at_the_clock(self) -> None:
        if time.monotonic() - self.moved_at > STILL_SECONDS:
            self.over = self.over or f"nothing happened for {STILL_SECONDS:.0f} seconds"

    @property
    def newly_ready(self) -> dict[str, int]:
        return newly_ready(self.trees_before, self.trees)

    @property
    def succeeded(self) -> bool:
        goal = self.goal
        enough = goal.cycles is not None and self.tally.done >= goal.cycles
        return enough or goal.is_reached(self.newly_ready)

    @property
    def seconds(self) -> float:
        """How long it took, or has taken so far."""
        return (self.moved_at if self.over else time.monotonic()) - self.started_at

    def truth(self, message_id: str) -> Truth:
        return self.truths.get(message_id) or truth_of_stranger(message_id)
