"""`make bench-compare A=FILE B=FILE`: what two runs measured alike, and how many times A's figure B's is."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tests.bench.figures import in_columns, short

Key = tuple[str, str, str, str]


def compared(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Both runs side by side, as lines of text."""
    old, new = _figures(before), _figures(after)
    rows = [("part", "what", "case", "before", "after", "unit", "after / before")]
    for key in [key for key in old if key in new]:
        part, what, case, unit = key
        ratio = f"{new[key] / old[key]:.3g} x" if old[key] else ""
        rows.append((part, what, case, short(old[key]), short(new[key]), unit, ratio))
    lone = len(old.keys() ^ new.keys())
    said = f"\n{lone} figures are in one of them only." if lone else ""
    told = f"before: {_name(before)}\nafter:  {_name(after)}\n\n"
    return f"{told}{in_columns(rows, numbers=(3, 4, 6))}\n{_goals(before, after)}{said}"


def _figures(run: dict[str, Any]) -> dict[Key, float]:
    return {
        (part, one["what"], one.get("case", ""), one["unit"]): one["figure"]
        for part, figures in run["parts"].items()
        for one in figures
    }


def _goals(before: dict[str, Any], after: dict[str, Any]) -> str:
    old = {goal["name"]: goal["met"] for goal in before["goals"]}
    changed = [goal for goal in after["goals"] if old.get(goal["name"], goal["met"]) is not goal["met"]]
    lines = [f"goal {'now met' if goal['met'] else 'met no longer'}: {goal['name']}" for goal in changed]
    return "".join(f"{line}\n" for line in lines)


def _name(run: dict[str, Any]) -> str:
    return f"{run['at']} {run['commit']}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.compare", description=__doc__)
    parser.add_argument("before", type=Path, metavar="A")
    parser.add_argument("after", type=Path, metavar="B")
    asked = parser.parse_args()
    runs = [json.loads(path.read_text()) for path in (asked.before, asked.after)]
    sys.stdout.write(compared(*runs) + "\n")


if __name__ == "__main__":
    main()
