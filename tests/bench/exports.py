"""Everything that the site has, exported with its labels, beside a plain COPY of the same columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.driver.run import Run
from tests.bench.figures import Figure, Goal

ALL_SECONDS, ALL_MEGABYTES = 15, 150
THEIRS = {"all": ("480", "2,400", "66,007"), "ready": ("42", "769", "10,854")}


def measure(run: Run) -> Iterator[Figure]:
    out = run.site.site.folder / "export"
    plain = export(run, "copy", "all", out)
    yield Figure("limit: COPY of the exported columns", plain["seconds"], "s", f"{plain['bytes'] / 1e6:,.0f} MB")
    for which, what in (("all", "all trees with labels"), ("ready", "trees that are ready, with labels")):
        run.tell(f"export of {what}")
        theirs = THEIRS[which] if run.is_oasst else ("", "", "")
        found = export(run, "trees", which, file_of_all(run) if which == "all" else out.with_suffix(".jsonl"))
        judged = which == "all" and run.is_oasst
        goal = Goal(f"{run.size}: export of all", most=ALL_SECONDS) if judged else None
        shares = f"{found['trees']:,} trees; its own {found['cpu']:.1f} s, the server's {found['server']:.1f} s"
        yield Figure(f"{what}: time", found["seconds"], "s", shares, theirs=theirs[0], goal=goal)
        goal = Goal(f"{run.size}: memory of an export of all", most=ALL_MEGABYTES) if judged else None
        loaded = f"{found['loaded']:,.0f} of it once the program is loaded"
        yield Figure(f"{what}: memory at most", found["memory"], "MB", loaded, theirs=theirs[1], goal=goal)
        yield Figure(f"{what}: statements", found["statements"], "", theirs=theirs[2])
        if which == "all":
            yield Figure(f"{what} / COPY", found["seconds"] / plain["seconds"], "x")


def file_of_all(run: Run) -> Path:
    """Where all trees with labels lie once they have been exported, until the next population."""
    return run.site.site.folder / "all.trees.jsonl"


def export(run: Run, what: str, which: str, out: Path) -> dict[str, Any]:
    """An export in a process of its own; what it has to say of itself."""
    found: dict[str, Any] = json.loads(run.site.run("-m", "tests.bench.exporter", what, which, str(out)))
    return found
