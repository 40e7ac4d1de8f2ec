"""`python -m tests.bench [NAME …] [--json FILE]`: run all measurements, or those named, and print one table."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.bench import datasets, moderation, toxicity
from tests.bench.figures import Figure, table

MEASUREMENTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "toxicity": toxicity.measure,
    "moderation": moderation.measure,
    "datasets": datasets.measure,
}
# Too long to be run by the way: only when they are named.
LONG: dict[str, Callable[[], Iterator[Figure]]] = {"million": datasets.measure_million}
EVERY = MEASUREMENTS | LONG


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(EVERY)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures for programs")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(EVERY):
        parser.error(f"there is no measurement {', '.join(sorted(unknown))}, but {', '.join(EVERY)}")
    found = {name: list(EVERY[name]()) for name in asked.names or MEASUREMENTS}
    for name, figures in found.items():
        sys.stdout.write(f"\n{name}\n{table(figures)}\n")
    if asked.json:
        plain = {name: [asdict(one) for one in figures] for name, figures in found.items()}
        asked.json.write_text(json.dumps(plain, indent=2) + "\n")


if __name__ == "__main__":
    main()
