"""When a simulation has done enough, and how its figures are made."""

from __future__ import annotations

from oa.simulation.rules import Goal, Tally, by_state, newly_ready, quantiles


def test_ready_trees_are_counted_from_the_start_of_the_run() -> None:
    before = {"en": {"ready_for_export": 5, "growing": 3}}
    now = {"en": {"ready_for_export": 7}, "de": {"ready_for_export": 1}, "es": {"growing": 4}}

    assert newly_ready(before, now) == {"de": 1, "en": 2}


def test_enough_means_so_many_in_all_and_one_in_each_language() -> None:
    goal = Goal(cycles=None, ready=10, langs=("en", "de"))

    assert goal.is_reached({"en": 9, "de": 1})
    assert not goal.is_reached({"en": 12})
    assert not goal.is_reached({"en": 8, "de": 1})


def test_without_a_number_of_trees_no_number_is_enough() -> None:
    assert not Goal(cycles=5, ready=None, langs=("en",)).is_reached({"en": 1000})


def test_states_of_all_languages_are_added_up() -> None:
    assert by_state({"en": {"growing": 2, "ranking": 0}, "de": {"growing": 1}}) == {"growing": 3}


def test_quantiles_are_values_that_were_measured() -> None:
    assert quantiles([second / 1000 for second in range(1, 101)]) == {"median": 50.0, "p95": 95.0, "p99": 99.0}
    assert quantiles([0.002]) == {"median": 2.0, "p95": 2.0, "p99": 2.0}
    assert quantiles([]) == {}


def test_the_report_counts_cycles_and_times_requests() -> None:
    tally = Tally()
    tally.cycles.update({"initial_prompt": 2, "label_initial_prompt": 6})
    tally.seconds["next"] += [0.01, 0.03]
    tally.seconds["initial_prompt"] += [0.02, 0.02]
    tally.errors["http_500"] += 1

    report = tally.as_json(seconds=4.0)

    assert (report["cycles"], report["cycles_per_second"], report["errors"]) == (8, 2.0, 1)
    assert report["latency_ms"]["median"] == 20.0  # type: ignore[index]
