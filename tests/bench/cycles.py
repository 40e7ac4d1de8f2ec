"""Volunteers at work over HTTP: how many cycles a second, how long each takes, what that costs, and what is left right.

A cycle is one request: an answer in, the next task out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.driver import limits
from tests.bench.driver.run import Run
from tests.bench.driver.site import House
from tests.bench.driver.statements import deadlocks
from tests.bench.figures import Figure, Goal

# The original's, on two cores with PostgreSQL 15; in brackets with the three indexes that it lacks. By trees, then
# volunteers. Its cycle is three requests: ask, acknowledge, answer.
THEIR_RATE = {66_000: {4: "2.0 (10.6)", 16: "2.3 (10.5)"}, 10_000: {4: "5.6", 16: "5.8"}}
THEIR_MEDIAN = {
    66_000: {1: "668 (125)", 16: "6,400 (1,800)"},
    10_000: {1: "287", 16: "2,500"},
    100: {1: "75"},
}
THEIR_COSTS = {66_000: ("61 (55)", "209,898 (25,616)", "618 (37)"), 10_000: ("61", "63,019", "172")}
OASST, CROWD = 66_000, 16
ASKERS = 32
PROMISED = ("P2", "P3", "P4", "P6")
# Done; or a conversation was changed meanwhile, a time was over, hands are full. All else should not happen.
FINE = {200, 201, 204, 409, 410, 429}
ENDURANCE, ENDURING = 100_000, 64
LONGEST = 3600.0


def measure(run: Run) -> Iterator[Figure]:
    """The numbers of volunteers one after the other on the same trees, then the limits, then whether all is right."""
    site, most = run.site, max(*run.volunteers, ASKERS)
    site.sign_in(most)
    before, mark = deadlocks(site.server, run.database), run.log_size()
    tolds = {}
    with site.open(web=run.web) as house:
        for number in run.volunteers:
            run.tell(f"{number} volunteers for {run.seconds:g} s")
            tolds[number] = site.crowd(house, "--volunteers", str(number), "--seconds", str(run.seconds))
        yield from _of_crowds(tolds, run)
        yield from _asking(house, run)
        rates = {number: told["cycles"] / told["seconds"] for number, told in tolds.items()}
        yield from _empty_view(house, rates, run)
    yield from _bare(rates, run)
    yield from _left_right(run, house, deadlocks_before=before, mark=mark)


def endure(run: Run) -> Iterator[Figure]:
    """A hundred thousand cycles by 64 volunteers: is anything collected too often, or does anything go wrong?"""
    site = run.site
    site.sign_in(ENDURING)
    before, mark = deadlocks(site.server, run.database), run.log_size()
    with site.open(web=run.web) as house:
        options = ["--volunteers", str(ENDURING), "--cycles", str(ENDURANCE), "--seconds", str(LONGEST)]
        told = site.crowd(house, *options)
    yield Figure(
        "cycles", told["cycles"], "", f"{ENDURANCE:,} wanted", goal=Goal("cycles of endurance", least=ENDURANCE)
    )
    yield from _of_crowds({ENDURING: told}, run)
    yield from _left_right(run, house, deadlocks_before=before, mark=mark)


def _of_crowds(tolds: Mapping[int, Mapping[str, Any]], run: Run) -> Iterator[Figure]:
    """Thing by thing, so that each is told of all crowds together."""
    for number, told in tolds.items():
        yield from _rates(told, number, run)
    for kind in sorted({kind for told in tolds.values() for kind in told["kinds"]}):
        for number, told in tolds.items():
            if times := told["kinds"].get(kind):
                yield from _times_of_a_kind(kind, times, number)
    for number, told in tolds.items():
        yield from _wrong(told, number)
    for number, told in tolds.items():
        run.notes[f"{run.size}, {number} volunteers"] = told["heaviest"]
        yield from _costs(told, number, run)


def _rates(told: Mapping[str, Any], number: int, run: Run) -> Iterator[Figure]:
    case, known = str(number), run.is_oasst
    rate, every = told["cycles"] / told["seconds"], told["all"]
    theirs = THEIR_RATE.get(run.trees, {}).get(number, "")
    wanted = Goal(f"{run.size}, 16 volunteers: cycles a second", least=300) if known and number == CROWD else None
    yield Figure("cycles", rate, "a second", case=case, theirs=theirs and f"{theirs} at {number}", goal=wanted)
    goals = {
        ("median", 1): Goal(f"{run.size}, 1 volunteer: median cycle", most=10),
        ("p95", CROWD): Goal(f"{run.size}, 16 volunteers: p95 of a cycle", most=150),
    }
    for name in ("median", "p95", "p99"):
        theirs = THEIR_MEDIAN.get(run.trees, {}).get(number, "") if name == "median" else ""
        goal = goals.get((name, number)) if known else None
        held = theirs and f"{theirs} at {number}"
        yield Figure(f"cycle: {name}", every.get(name, 0.0), "ms", case=case, theirs=held, goal=goal)


def _times_of_a_kind(kind: str, times: Mapping[str, float], number: int) -> Iterator[Figure]:
    for name in ("median", "p95", "p99"):
        beside = f"{times['n']:,}" if name == "median" else ""
        yield Figure(f"{kind}: {name}", times[name], "ms", beside, case=str(number))


def _wrong(told: Mapping[str, Any], number: int) -> Iterator[Figure]:
    case = str(number)
    broken = sum(times for status, times in told["statuses"].items() if int(status) and int(status) not in FINE)
    yield Figure("told that there is nothing", told["empty"], "times", case=case)
    refused = ", ".join(f"{times} {code}" for code, times in told["refused"].items())
    yield Figure("refused", sum(told["refused"].values()), "times", refused, case=case)
    errors = broken + len(told["gone"])
    goal = Goal(f"{number} volunteers: errors", most=0)
    yield Figure("errors", errors, "", ", ".join(sorted(set(told["gone"]))), case=case, goal=goal)


def _costs(told: Mapping[str, Any], number: int, run: Run) -> Iterator[Figure]:
    case, cycles, asked = str(number), max(told["cycles"], 1), told["asked"]
    theirs = THEIR_COSTS.get(run.trees, ("", "", ""))
    judged = number == run.judged
    goal = Goal(f"{run.size}: data statements a cycle", most=12) if judged else None
    yield Figure("data statements a cycle", asked.statements / cycles, "", case=case, theirs=theirs[0], goal=goal)
    goal = Goal(f"{run.size}: buffer blocks a cycle", most=300) if judged else None
    yield Figure("buffer blocks a cycle", asked.blocks / cycles, "", case=case, theirs=theirs[1], goal=goal)
    yield Figure("rows a cycle", asked.rows / cycles, "", case=case)
    yield Figure("time in SQL a cycle", asked.milliseconds / cycles, "ms", case=case, theirs=theirs[2])
    for name, seconds in _by_part(told["cpu_of"]).items():
        yield Figure(f"CPU a cycle: {name}", seconds * 1000 / cycles, "ms", case=case)
    yield Figure("CPU a cycle: load generator", told["cpu"] * 1000 / cycles, "ms", case=case)
    for name, megabytes in _by_part(told["memory_of"]).items():
        yield Figure(f"memory at most: {name}", megabytes, "MB", case=case)


def _by_part(by_program: Mapping[str, float]) -> dict[str, float]:
    workers = {"worker", "datasets", "beat"}
    found = {name: value for name, value in by_program.items() if name not in workers}
    return {**found, "workers": sum(by_program.get(name, 0.0) for name in workers)}


def _asking(house: House, run: Run) -> Iterator[Figure]:
    """What it costs to ask alone: each volunteer once, one after the other."""
    told = run.site.crowd(house, "--volunteers", str(ASKERS), "--ask-once")
    asked, times, case = told["asked"], told["kinds"]["ask"], str(run.judged)
    goal, beside = Goal(f"{run.size}: data statements to ask", most=6), f"{times['n']} people, one after the other"
    yield Figure("to ask: data statements", asked.statements / times["n"], "", beside, case=case, goal=goal)
    yield Figure("to ask: buffer blocks", asked.blocks / times["n"], "", case=case)
    yield Figure("to ask: median", times["median"], "ms", case=case)


def _empty_view(house: House, rates: Mapping[int, float], run: Run) -> Iterator[Figure]:
    run.tell("limit: an empty view")
    most = limits.empty_view(run.site, house.url, seconds=run.limit_seconds)
    case = str(run.judged)
    yield Figure("limit: an empty view", most, "a second", f"{limits.CLIENTS} connections", case=case)
    yield Figure("cycles / requests of an empty view", 100 * rates[run.judged] / most, "%", case=case)


def _bare(rates: Mapping[int, float], run: Run) -> Iterator[Figure]:
    run.tell("limit: bare SQL by pgbench")
    bare, case = limits.pgbench(run.site, seconds=max(1, round(run.limit_seconds))), str(run.judged)
    beside = f"pgbench, {bare.clients} clients, {bare.milliseconds:.3g} ms each; the site closed"
    yield Figure("limit: bare cycles in SQL", bare.a_second, "a second", beside, case=case)
    # Bare cycles are about any text there is: where the database is larger than memory they wait for the disk, and the
    # site, whose trees at work are few, does not.
    goal = Goal(f"{run.size}: cycles, of bare ones in SQL", least=15) if run.trees <= OASST else None
    yield Figure("cycles / bare cycles", 100 * rates[run.judged] / bare.a_second, "%", case=case, goal=goal)


def _left_right(run: Run, house: House, *, deadlocks_before: int, mark: int) -> Iterator[Figure]:
    """After all crowds: what the promises say of what they left, and what the servers had to say."""
    run.tell(f"checking {', '.join(PROMISED)}")
    chosen = [word for promise in PROMISED for word in ("--promise", promise)]
    found = json.loads(run.site.manage("check_integrity", "--json", *chosen, check=False))
    for promise, what in (("P2", "voices raised twice"), ("P3", "over-collected"), ("P4", "counts that are wrong"),
                          ("P6", "stock that is not as wanted")):  # fmt: skip
        broken = [one for report in found["promises"] if report["promise"] == promise for one in report["first"]]
        number = sum(report["breaches"] for report in found["promises"] if report["promise"] == promise)
        goal = Goal(f"{run.size}: {what}", most=0)
        yield Figure(f"{what} ({promise})", number, "", "; ".join(broken[:2]), case=str(run.judged), goal=goal)
    number = deadlocks(run.site.server, run.database) - deadlocks_before
    yield Figure("deadlocks", number, "", case=str(run.judged), goal=Goal(f"{run.size}: deadlocks", most=0))
    died = ", ".join(f"{name} {times}" for name, times in house.restarts.items())
    yield Figure("programs that ended by themselves", sum(house.restarts.values()), "times", died, case=str(run.judged))
    yield Figure("errors in the log", run.errors_since(mark), "lines", case=str(run.judged))
