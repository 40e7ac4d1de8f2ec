"""All promises checked on the whole site: how long that takes, and that they are kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

from tests.bench.driver.run import Run
from tests.bench.driver.site import Failed
from tests.bench.figures import Figure, Goal

SLOWEST = 5


def measure(run: Run) -> Iterator[Figure]:
    began = time.perf_counter()
    said = run.site.manage("check_integrity", "--json", check=False)  # it ends with 1 when a promise is broken
    if not said:
        raise Failed("check_integrity ended without a word.")
    found = json.loads(said)
    seconds = time.perf_counter() - began
    goal = Goal(f"{run.size}: check_integrity", most=300)
    yield Figure("check_integrity, every promise", seconds, "s", f"{len(found['promises'])} checks", goal=goal)
    breaches = [f"{report['promise']}: {report['first'][0]}" for report in found["promises"] if report["first"]]
    kept = Goal(f"{run.size}: promises broken", most=0)
    yield Figure("promises broken", found["breaches"], "", "; ".join(breaches[:3]), goal=kept)
    for report in sorted(found["promises"], key=lambda one: -one["seconds"])[:SLOWEST]:
        yield Figure(f"{report['promise']} {report['says']}", report["seconds"], "s", f"{report['checked']:,} checked")
