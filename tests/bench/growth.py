"""What changes with the size of a site: the largest that was measured against the smallest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.bench.figures import Figure, Goal

COMPARED = {"buffer blocks a cycle", "data statements a cycle", "CPU a cycle: database", "to ask: buffer blocks"}
FLAT = {"cycle: median", "buffer blocks a cycle"}
MOST = 1.2


def between(parts: Mapping[str, Sequence[Figure]], sizes: Sequence[int]) -> list[Figure]:
    """How many times a cycle's figures at the largest size are those at the smallest; nothing for a single size."""
    if len(set(sizes)) < 2:
        return []
    small, large = min(sizes), max(sizes)
    few, many = _cycles_at(parts, small), _cycles_at(parts, large)
    return [
        Figure(
            what, many[what, case] / few[what, case], "x", f"{large:,} trees against {small:,}", case=case,
            goal=Goal(f"{large:,} trees / {small:,}, {case} at work: {what}", most=MOST) if what in FLAT else None,
        )
        for what, case in few
        if (what in COMPARED or what.endswith(": median")) and few[what, case] and (what, case) in many
    ]  # fmt: skip


def _cycles_at(parts: Mapping[str, Sequence[Figure]], trees: int) -> dict[tuple[str, str], float]:
    names = [name for name in parts if name.startswith(f"cycles, {trees:,} trees")]
    return {(one.what, one.case): one.figure for name in names for one in parts[name]}
