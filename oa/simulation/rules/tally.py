"""What was done, how fast, and when it is enough."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

READY = "ready_for_export"
# Trees by language, then by state.
Trees = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Goal:
    """When a simulation is over: after so many cycles, or with so many more trees ready."""

    cycles: int | None
    ready: int | None
    langs: tuple[str, ...]

    def is_reached(self, newly_ready: Mapping[str, int]) -> bool:
        """Enough trees in all, and at least one in each language."""
        if self.ready is None:
            return False
        return sum(newly_ready.values()) >= self.ready and all(newly_ready.get(lang, 0) for lang in self.langs)


def newly_ready(before: Trees, now: Trees) -> dict[str, int]:
    """How many more trees are ready, by language."""
    gained = {lang: states.get(READY, 0) - before.get(lang, {}).get(READY, 0) for lang, states in now.items()}
    return {lang: number for lang, number in sorted(gained.items()) if number > 0}


def by_state(trees: Trees) -> dict[str, int]:
    """Trees of all languages together."""
    total: Counter[str] = Counter()
    for states in trees.values():
        total.update(states)
    return {state: number for state, number in sorted(total.items()) if number}


@dataclass(slots=True)
class Tally:
    """Counts of one run. A cycle is one answer that was accepted."""

    cycles: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    drafts: int = 0
    extended: int = 0
    replayed: int = 0
    people: int = 0
    retries: int = 0
    throttled: int = 0
    empty: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def done(self) -> int:
        return self.cycles.total()

    def latency(self) -> dict[str, object]:
        """Median, p95 and p99 in milliseconds of every answered request, and by what it was for."""
        everything = [second for seconds in self.seconds.values() for second in seconds]
        kinds = {what: quantiles(seconds) for what, seconds in sorted(self.seconds.items())}
        return {**quantiles(everything), "by_kind": kinds}

    def as_json(self, *, seconds: float) -> dict[str, object]:
        return {
            "cycles": self.done,
            "by_kind": dict(sorted(self.cycles.items())),
            "seconds": round(seconds, 1),
            "cycles_per_second": round(self.done / seconds, 2) if seconds else 0.0,
            "latency_ms": self.latency(),
            "people_signed_in": self.people,
            "skipped": self.skipped,
            "drafts": self.drafts,
            "extended": self.extended,
            "nothing_to_do": self.empty,
            "replayed": self.replayed,
            "retries": self.retries,
            "throttled": self.throttled,
            "refused": dict(sorted(self.refused.items())),
            "errors": self.errors.total(),
            "errors_by_code": dict(sorted(self.errors.items())),
        }


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """Median, p95 and p99 in milliseconds, by nearest rank; empty for nothing."""
    if not seconds:
        return {}
    ordered = sorted(seconds)
    ranks = {"median": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: round(ordered[math.ceil(share * len(ordered)) - 1] * 1000, 1) for name, share in ranks.items()}
