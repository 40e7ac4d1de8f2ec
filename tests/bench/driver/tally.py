"""What a crowd has counted and timed while it was watched."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

OK = range(200, 300)
QUANTILES = {"median": 0.5, "p95": 0.95, "p99": 0.99}


@dataclass(slots=True)
class Tally:
    """Times by what was asked; refusals by their code. Nothing is counted before `open` or after `closed`."""

    open: bool = False
    milliseconds: dict[str, array[float]] = field(default_factory=lambda: defaultdict(lambda: array("f")))
    statuses: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    empty: int = 0

    def note(self, what: str, seconds: float, status: int) -> None:
        if self.open:
            self.milliseconds[what].append(seconds * 1000)
            self.statuses[str(status)] += 1

    def refuse(self, what: str, status: int, body: bytes) -> str:
        """Counts an answer that is no success; returns its stable code."""
        code = code_of(status, body)
        if self.open:
            self.refused[f"{what} {code}"] += 1
        return code

    def nothing(self) -> None:
        self.empty += self.open


def code_of(status: int, body: bytes) -> str:
    if not status:
        return "connection_lost"
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return f"http_{status}"
    return str(said.get("code", f"http_{status}")) if isinstance(said, dict) else f"http_{status}"


def times(milliseconds: Iterable[float]) -> dict[str, Any]:
    """How long these took: number, mean, median, p95, p99 and the worst; exact, not from buckets."""
    sorted_ = sorted(milliseconds)
    if not sorted_:
        return {"n": 0}
    found = {name: round(sorted_[min(int(len(sorted_) * q), len(sorted_) - 1)], 3) for name, q in QUANTILES.items()}
    return {"n": len(sorted_), "mean": round(sum(sorted_) / len(sorted_), 3), **found, "most": round(sorted_[-1], 3)}
