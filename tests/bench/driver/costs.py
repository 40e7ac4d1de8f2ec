"""Who computed how much, and how much memory it takes, from /proc: for each program with all that it started."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(roots: Mapping[str, int]) -> dict[str, float]:
    """By name, what a process and its descendants have computed so far; those that have ended are in their parents'."""
    parents, ticks = _processes()
    children: dict[int, list[int]] = defaultdict(list)
    for pid, parent in parents.items():
        children[parent].append(pid)
    return {name: sum(ticks.get(pid, 0) for pid in _below(root, children)) / TICKS for name, root in roots.items()}


def memory(roots: Mapping[str, int]) -> dict[str, float]:
    """By name, megabytes: what is shared between processes counts once, in parts."""
    parents, _ticks = _processes()
    children: dict[int, list[int]] = defaultdict(list)
    for pid, parent in parents.items():
        children[parent].append(pid)
    return {name: sum(map(_share, _below(root, children))) / 1e3 for name, root in roots.items()}


def children_of(pid: int) -> list[int]:
    return [child for child, parent in _processes()[0].items() if parent == pid]


def _processes() -> tuple[dict[int, int], dict[int, int]]:
    """The parent of each process, and its clock ticks with those of the children that it has buried."""
    parents, ticks = {}, {}
    for pid in (int(name) for name in os.listdir(PROC) if name.isdigit()):
        try:
            fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        parents[pid], ticks[pid] = int(fields[1]), sum(map(int, fields[11:15]))
    return parents, ticks


def _below(root: int, children: Mapping[int, list[int]]) -> Iterator[int]:
    yield root
    for child in children.get(root, ()):
        yield from _below(child, children)


def _share(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
