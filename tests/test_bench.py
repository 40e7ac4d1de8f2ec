"""The bench measures what it says: a small site at work gives every figure, goals are judged, and two runs compare."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from oa.embedded.places import PROJECT, Site
from tests.bench.compare import compared
from tests.bench.driver.tally import times
from tests.bench.driver.wire import Door, Wire
from tests.bench.figures import Figure, Goal, goals_of, table

# A small site asks little of the machine, and nobody needs its data tomorrow.
SMALL = ["cycles", "--trees", "200", "--volunteers", "4", "--seconds", "2"]
FIGURES = {
    "cycles", "cycle: median", "cycle: p95", "cycle: p99", "errors", "refused", "told that there is nothing",
    "data statements a cycle", "buffer blocks a cycle", "rows a cycle", "time in SQL a cycle", "CPU a cycle: web",
    "CPU a cycle: database", "CPU a cycle: workers", "CPU a cycle: load generator", "memory at most: web",
    "to ask: data statements", "limit: an empty view", "limit: bare cycles in SQL", "cycles / bare cycles",
    "over-collected (P3)", "deadlocks", "errors in the log",
}  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the bench keeps of a run on a small site."""
    folder = tmp_path_factory.mktemp("bench")
    environ = {**os.environ, "OA_EMBEDDED_DURABLE": "off"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench", *SMALL, "--data", str(folder / "data")]
    kept = folder / "run.json"
    ended = subprocess.run(
        [*command, "--results", str(folder), "--json", str(kept)],
        cwd=PROJECT, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    yield {"said": ended.stdout, **json.loads(kept.read_text())}
    shutil.rmtree(Site(folder / "data").addresses.sockets, ignore_errors=True)


def figures(run: dict[str, Any]) -> dict[str, Any]:
    return {one["what"]: one for one in run["parts"]["cycles, 200 trees"]}


@pytest.mark.slow
@pytest.mark.xdist_group("a whole site")
class TestARun:
    def test_a_crowd_works_on_a_real_site_and_every_figure_is_there(self, run: dict[str, Any]) -> None:
        found = figures(run)
        assert found.keys() >= FIGURES
        assert found["cycles"]["figure"] > 0
        assert all(
            found[name]["figure"] > 0 for name in FIGURES if name.startswith(("cycle", "CPU a cycle: w", "data"))
        )

    def test_nothing_goes_wrong_on_the_site(self, run: dict[str, Any]) -> None:
        found = figures(run)
        for name in ("errors", "over-collected (P3)", "deadlocks", "errors in the log"):
            assert (name, found[name]["figure"], found[name]["against"]) == (name, 0, "")

    def test_statements_of_workers_are_not_counted_as_those_of_a_cycle(self, run: dict[str, Any]) -> None:
        """Their rounds alone are dozens of statements a second, whatever people do."""
        found = figures(run)
        assert 3 < found["to ask: data statements"]["figure"] < 15
        assert found["data statements a cycle"]["figure"] < 50

    def test_goals_say_what_was_reached_and_what_was_wanted(self, run: dict[str, Any]) -> None:
        goals = {goal["name"]: goal for goal in run["goals"]}
        assert all(goal.keys() == {"name", "value", "goal", "better", "met", "unit"} for goal in run["goals"])
        assert goals["200 trees: deadlocks"]["met"] is True
        assert goals["200 trees: cycles, of bare ones in SQL"]["better"] == "more"
        assert "200 trees: data statements a cycle" in run["said"]

    def test_a_run_compared_with_itself_has_changed_nothing(self, run: dict[str, Any]) -> None:
        lines = [line for line in compared(run, run).splitlines() if line.endswith(" x")]
        assert len(lines) > 20
        assert all(line.endswith(" 1 x") for line in lines)


def a_run(rate: float, *, met: bool) -> dict[str, Any]:
    goal = {"name": "fast", "value": rate, "goal": 300, "better": "more", "met": met, "unit": ""}
    part = {"cycles": [{"what": "cycles", "figure": rate, "unit": "a second", "against": "", "case": "16"}]}
    return {"at": "today", "commit": "abc", "goals": [goal], "parts": part}


def test_a_comparison_tells_ratios_and_goals_reached_meanwhile() -> None:
    said = compared(a_run(100, met=False), a_run(350, met=True))
    assert "3.5 x" in said
    assert "goal now met: fast" in said


@pytest.mark.parametrize(("figure", "met"), [(11.9, True), (12, True), (12.1, False)])
def test_a_goal_of_at_most_is_met_up_to_its_number(figure: float, met: bool) -> None:
    (goal,) = goals_of([Figure("statements", figure, "", goal=Goal("few statements", most=12))])
    assert (goal["met"], goal["value"], goal["better"]) == (met, figure, "less")


def test_a_table_shows_cases_side_by_side() -> None:
    said = table([Figure("cycles", 10, "a second", case="1"), Figure("cycles", 1200, "a second", case="16")])
    assert [line.split() for line in said.splitlines()] == [
        ["1", "16", "unit", "original", "goal"],
        ["cycles", "10", "1,200", "a", "second"],
    ]


def test_quantiles_are_those_of_the_sorted_times() -> None:
    found = times([float(number) for number in range(100, 0, -1)])
    assert (found["n"], found["median"], found["p95"], found["p99"], found["most"]) == (100, 51, 96, 100, 100)


def test_an_answer_that_comes_in_pieces_is_read_as_a_whole() -> None:
    heard: list[tuple[int, bytes]] = []
    wire = Wire(Door("localhost", 80), "key", lambda status, body: heard.append((status, body)))
    answer = b'HTTP/1.1 409 Conflict\r\nContent-Length: 13\r\nX: y\r\n\r\n{"code": "x"}'
    for size in (1, 7, len(answer)):
        for start in range(0, len(answer), size):
            wire.data_received(answer[start : start + size])
    assert heard == [(409, b'{"code": "x"}')] * 3
