"""`python -m tests.bench [PART …]`: measure the parts named, and print a table of each and all goals.

With none named: cycles, reads, sweeps, exports, imports, integrity and toxicity. The others take ten minutes and more.
Parts of a site (the first six, and endurance) run one after the other on a site of each size, in a folder that is the
bench's own. What was measured is kept in bench-results/ as JSON. docs/scaling.md tells of all parts and goals.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from oa.embedded.places import PROJECT
from tests.bench import cycles, datasets, exports, growth, imports, integrity, moderation, reads, sweeps, toxicity
from tests.bench.driver.databases import fresh
from tests.bench.driver.run import Run
from tests.bench.driver.site import BenchSite
from tests.bench.figures import Figure, goal_table, goals_of, table

OF_A_SITE: dict[str, Callable[[Run], Iterator[Figure]]] = {
    "cycles": cycles.measure,
    "reads": reads.measure,
    "sweeps": sweeps.measure,
    "exports": exports.measure,
    "imports": imports.measure,
    "integrity": integrity.measure,
}
OTHERS: dict[str, Callable[[], Iterator[Figure]]] = {"toxicity": toxicity.measure}
# Ten minutes and more: only when they are named.
LONG_OF_A_SITE: dict[str, Callable[[Run], Iterator[Figure]]] = {"endurance": cycles.endure}
LONG: dict[str, Callable[[], Iterator[Figure]]] = {
    "moderation": moderation.measure,
    "datasets": datasets.measure,
    "million": datasets.measure_million,
}
SITE, OTHER = OF_A_SITE | LONG_OF_A_SITE, OTHERS | LONG
RESULTS = PROJECT / "bench-results"
Part = tuple[str, list[Figure]]  # its name, with the size of the site where it has one
Parts = dict[str, list[Figure]]


def main() -> None:
    asked = _asked()
    named = asked.parts or [*OF_A_SITE, *OTHERS]
    parts: Parts = {}
    began = datetime.now(UTC)
    try:
        for name, figures in _measured(named, asked):
            parts[name] = _shown(name, figures)
        if grown := growth.between(parts, asked.trees):
            parts["growth"] = _shown("growth", grown)
    finally:
        _keep(parts, asked, began)  # whatever there is, also when a later part fails


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    every = [*SITE, *OTHER]
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(every)}")
    parser.add_argument("--trees", type=_numbers, default=(66_000,), metavar="N[,N]", help="sizes of the site")
    parser.add_argument("--growing", type=int, metavar="N", help="so many of the trees grow at once")
    parser.add_argument("--volunteers", type=_numbers, default=(1, 4, 16, 64), metavar="N[,N]")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each crowd works")
    parser.add_argument("--web", type=int, default=1, metavar="N", help="processes of the web server")
    parser.add_argument("--data", type=Path, default=PROJECT / ".data" / "bench", help="the bench's own data folder")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FOLDER", help="where runs are kept")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the results there too")
    asked = parser.parse_args()
    asked.notes = {}
    if unknown := set(asked.parts) - set(every):
        parser.error(f"there is no part {', '.join(sorted(unknown))}, but {', '.join(every)}")
    return asked


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.replace("_", "").split(","))


def _measured(named: list[str], asked: argparse.Namespace) -> Iterator[Part]:
    if chosen := [name for name in named if name in SITE]:
        with BenchSite(asked.data) as site:
            for trees in asked.trees:
                yield from _of_a_size(site, trees, chosen, asked)
    for name in named:
        if name in OTHER:
            yield name, list(OTHER[name]())


def _of_a_size(site: BenchSite, trees: int, chosen: list[str], asked: argparse.Namespace) -> Iterator[Part]:
    run = Run(site, trees, asked.volunteers, asked.seconds, asked.web, asked.growing, notes=asked.notes)
    yield f"population, {run.size}", list(fresh(run))
    for name in chosen:
        run.tell(name)
        yield f"{name}, {run.size}", list(SITE[name](run))


def _shown(name: str, figures: list[Figure]) -> list[Figure]:
    """Printed as soon as it is measured."""
    sys.stdout.write(f"\n{name}\n{table(figures)}\n")
    sys.stdout.flush()
    return figures


def _keep(parts: Parts, asked: argparse.Namespace, began: datetime) -> None:
    goals = goals_of([one for figures in parts.values() for one in figures])
    sys.stdout.write(f"\n{goal_table(goals)}\n")
    commit = _commit()
    told = {
        "at": began.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - began).total_seconds(), 1),
        "commit": commit,
        "machine": _machine(),
        "asked": {
            name: value if isinstance(value, int | float | None) else str(value) for name, value in vars(asked).items()
        },
        "goals": goals,
        "notes": asked.notes,
        "parts": {name: [one.plain() for one in figures] for name, figures in parts.items()},
    }
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    asked.results.mkdir(exist_ok=True)
    kept = asked.results / f"{began:%Y%m%dT%H%M%SZ}-{commit}.json"
    for path in filter(None, (kept, asked.json)):
        path.write_text(text)
    sys.stderr.write(f"kept in {kept}\n")


def _commit() -> str:
    def git(*words: str) -> str:
        found = subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=False)
        return found.stdout.strip()

    commit = git("rev-parse", "--short", "HEAD") or "unknown"
    return f"{commit}-changed" if git("status", "--porcelain", "--untracked-files=no", "oa") else commit


def _machine() -> dict[str, Any]:
    names = [
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    load = os.getloadavg()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpu": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1e9, 1),
        "load_at_the_end": round(load[0], 2),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    main()
