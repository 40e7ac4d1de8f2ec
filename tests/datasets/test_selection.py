"""Filters as they are sent: what is understood, what is refused in words, what is told of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from oa.core.errors import Invalid
from oa.datasets.rules.selecting import Keep, ReviewResult, Selection
from oa.datasets.rules.selecting.asking import values_of

EVERY_ONE: dict[str, Any] = {
    "states": ["growing", "ranking"], "langs": ["en", "de"], "deleted": "too", "synthetic": "too",
    "synthetic_messages": "no", "withdrawn": "too", "review_result": "any", "model": "m-1", "prompts_only": True,
    "since": "2026-01-01", "until": "2026-02-01", "min_label": {"quality": 0.5}, "max_label": {"spam": 0.2},
    "min_label_low": {"helpfulness": 0.3}, "min_reviews": 2, "max_toxicity": 0.4, "scored_only": True,
    "topic": "rivers", "origin": "elsewhere", "sample": 10, "split": "validation", "validation_share": 0.1,
    "test_share": 0.2, "split_seed": "b", "releasable": True,
}  # fmt: skip


def test_what_is_empty_asks_nothing() -> None:
    empty: dict[str, Any] = {"state": "", "lang": None, "langs": [], "min_label": {}, "since": "", "sample": None}

    assert Selection.of(empty) == Selection.of({}) == Selection()


def test_everything_can_be_asked_kept_and_read_again() -> None:
    made = Selection.of(EVERY_ONE)

    assert (made.since, made.review_result, made.synthetic_messages) == (date(2026, 1, 1), ReviewResult.ANY, Keep.NO)
    assert made.as_values() == EVERY_ONE
    assert Selection.of(made.as_values()) == made


def test_the_states_are_kept_even_where_nobody_said_them() -> None:
    assert Selection().as_values() == {"states": ["ready_for_export"]}
    assert Selection(state="all").as_values() == {"states": ["all"]}
    assert Selection.of({"users": "a, b"}).as_values() == {"users": ["a", "b"]}


def test_lists_may_be_written_with_commas() -> None:
    made = Selection.of({"states": "growing, ranking", "langs": "en,de,en"})

    assert (made.in_states, made.in_langs) == (("growing", "ranking"), ("en", "de"))


def test_whoever_asks_for_models_gets_trees_that_have_some() -> None:
    assert Selection.of({"model": "m"}).synthetic is Keep.TOO
    assert Selection.of({"synthetic_messages": "no"}).synthetic is Keep.TOO
    assert Selection.of({"model": "m", "synthetic": "no"}).synthetic is Keep.NO
    assert Selection.of({}).synthetic is Keep.NO


@pytest.mark.parametrize(
    ("given", "code", "name"),
    [
        ({"colour": "red"}, "unknown_filter", "colour"),
        ({"state": "finished"}, "bad_filter_value", "state"),
        ({"states": ["growing", 3]}, "bad_filter_value", "states"),
        ({"lang": "x" * 300}, "bad_filter_value", "lang"),
        ({"deleted": "yes"}, "bad_filter_value", "deleted"),
        ({"prompts_only": "true"}, "bad_filter_value", "prompts_only"),
        ({"since": "May"}, "bad_filter_value", "since"),
        ({"min_label": {"beauty": 0.5}}, "bad_filter_value", "min_label"),
        ({"max_label": {"spam": 2}}, "bad_filter_value", "max_label.spam"),
        ({"min_label_low": 0.5}, "bad_filter_value", "min_label_low"),
        ({"max_toxicity": float("nan")}, "bad_filter_value", "max_toxicity"),
        ({"min_reviews": True}, "bad_filter_value", "min_reviews"),
        ({"sample": 0}, "bad_filter_value", "sample"),
        ({"users": ","}, "bad_filter_value", "users"),
        ({"role": "system"}, "bad_filter_value", "role"),
        ({"topic": "…"}, "nothing_to_search_for", None),
        ({"user": "a", "state": "all"}, "filters_contradict", "state"),
        ({"spam": "too", "review_result": "any"}, "filters_contradict", "review_result"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "filters_contradict", "until"),
        ({"validation_share": 0.6, "test_share": 0.4}, "filters_contradict", "validation_share"),
        ({"split": "test"}, "filters_contradict", "split"),
        ({"releasable": True, "withdrawn": "only"}, "filters_contradict", "releasable"),
        ({"prompts_only": True, "role": "assistant"}, "filters_contradict", "role"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_what_makes_no_sense_is_refused_and_named(given: dict[str, Any], code: str, name: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        Selection.of(given)

    assert (refused.value.code, refused.value.extra.get("field")) == (code, name)
    assert refused.value.cause


def test_every_filter_is_told_in_words() -> None:
    usual = Selection().in_words()
    asked = {
        **EVERY_ONE,
        "state": "growing",
        "lang": "fr",
        "spam": "too",
        "user": "a",
        "users": ["b"],
        "role": "assistant",
    }
    told_otherwise = {"validation_share", "test_share", "split_seed"}  # with the split

    for name, value in asked.items():
        if name not in told_otherwise:
            words = Selection(**values_of({"validation_share": 0.1, name: value})).in_words()
            assert words != usual, name
            assert all(sentence.endswith(".") for sentence in words)


def test_list_modes_are_those_that_ask_for_single_messages() -> None:
    alone: list[dict[str, Any]] = [
        {"user": "a"}, {"users": ["a"]}, {"deleted": "only"}, {"spam": "only"}, {"synthetic": "only"},
        {"synthetic_messages": "only"}, {"withdrawn": "only"}, {"role": "assistant"}, {"review_result": "rejected"},
        {"review_result": "undecided"},
    ]  # fmt: skip
    assert all(Selection.of(given).list_mode for given in alone)
    assert not Selection.of(EVERY_ONE).list_mode
