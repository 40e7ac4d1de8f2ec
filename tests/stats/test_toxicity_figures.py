"""What is told of a group of messages: from which source, from how many, and what is not told."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import numpy as np
import pytest

from oa.screening.rules import SCORES
from oa.stats.rules.files import COLUMNS, as_csv
from oa.stats.rules.toxicity import LABELS, Judged, Sample, figures_of, groups_in, human_values


def judged(number: int, **fields: Any) -> list[Judged]:
    """Messages with scores that rise; `sums`, `brought` and the rest as given, or made by a function of the place."""
    found = []
    for place in range(number):
        given = {name: value(place) if callable(value) else value for name, value in fields.items()}
        scores = [min(1.0, (place + 1 + score) / 100) for score in range(7)]
        found.append(Judged(**{
            "lang": "en", "role": "prompter", "deleted": False, "sums": {}, "brought": None, "scores": scores, **given,
        }))  # fmt: skip
    return found


def figures(messages: list[Judged], *, lang: str | None = None, role: str | None = None, seed: int = 1) -> Any:
    sample = Sample.of(messages)
    return figures_of(sample, lang=lang, role=role, most=50, rng=np.random.default_rng(seed))


def cell(told: Any, label: str, score: str) -> Any:
    (found,) = [found for found in told["cells"] if (found["label"], found["score"]) == (label, score)]
    return found


def test_single_reviews_go_before_what_an_import_says_label_by_label() -> None:
    brought = {"toxicity": {"value": 0.25, "count": 3}, "spam": {"value": 0.5, "count": 2}}
    sums = {"toxicity": (1.5, 2), "humor": (0.0, 1), "violence": (0.0, 0)}

    said = dict(zip(LABELS, human_values(sums, brought), strict=True))

    assert said["toxicity"] == (0.75, True)
    assert said["humor"] == (0.0, True), "nought is an opinion"
    assert said["spam"] == (0.5, False)
    assert math.isnan(said["violence"][0]), "nobody has answered that"
    assert math.isnan(said["quality"][0])


def test_each_cell_says_where_its_numbers_are_from() -> None:
    ours = judged(20, sums=lambda place: {"toxicity": (place / 20, 1)})
    theirs = judged(15, brought=lambda place: {"toxicity": {"value": place / 15, "count": 3}})

    found = cell(figures(ours + theirs), "toxicity", "toxicity")

    assert (found["n"], found["n_reviews"], found["n_imported"]) == (35, 20, 15)
    assert found["pearson"] > 0.9 and found["spearman"] > 0.9
    assert found["pearson_low"] <= found["pearson"] <= found["pearson_high"] <= 1


def test_of_too_few_messages_only_their_number_is_told() -> None:
    def told_of(number: int) -> Any:
        return cell(figures(judged(number, sums=lambda place: {"quality": (place / 40, 1)})), "quality", "insult")

    few, enough = told_of(29), told_of(30)

    assert few == {
        "label": "quality", "score": "insult", "n": 29, "n_reviews": 29, "n_imported": 0, "too_few": True,
        **dict.fromkeys(("pearson", "pearson_low", "pearson_high", "spearman", "spearman_low", "spearman_high")),
    }  # fmt: skip
    assert not enough["too_few"] and enough["pearson"] == pytest.approx(1)


def test_nothing_at_all_is_told_without_a_word_of_nan() -> None:
    told = figures([])

    assert told["n_scored"] == 0
    assert {found["n"] for found in told["cells"]} == {0}
    assert "nan" not in str(told).lower()


def test_a_column_that_never_varies_has_no_correlation_and_its_area_is_a_half() -> None:
    same = [0.5] * 7
    said = {"toxicity": (0.0, 1.0), "hate_speech": (0.0, 0.0)}
    messages = judged(40, scores=same, sums=lambda place: {label: (of[place % 2], 1) for label, of in said.items()})

    told = figures(messages)

    for label in said:
        found = cell(told, label, "toxicity")
        assert (found["n"], found["too_few"]) == (40, False)
        assert {found[name] for name in found if name.startswith(("pearson", "spearman"))} == {None}
    (line,) = [line for line in told["roc"] if (line["label"], line["score"]) == ("toxicity", "toxicity")]
    assert (line["auc"], line["points"]) == (0.5, [[0.0, 0.0], [1.0, 1.0]])


def test_a_score_that_some_models_do_not_give_counts_only_where_it_is() -> None:
    short = [0.1, 0.2, 0.3, 0.1, 0.2, 0.3]
    whole = judged(40, sums=lambda place: {"toxicity": (place / 40, 1)})
    lacking = judged(35, sums=lambda place: {"toxicity": (place / 35, 1)}, scores=[*short, None])

    told = figures(whole + lacking)

    assert cell(told, "toxicity", "toxicity")["n"] == 75
    assert cell(told, "toxicity", "sexual_explicit")["n"] == 40
    assert cell(told, "toxicity", "sexual_explicit")["pearson"] == pytest.approx(1)
    assert [row["kept"]["n"] for row in told["kept_deleted"]] == [75] * 6 + [40]
    alone = figures(lacking)
    assert cell(alone, "toxicity", "sexual_explicit")["too_few"]
    assert cell(alone, "toxicity", "sexual_explicit")["n"] == 0


@pytest.mark.parametrize("positives, too_few", [(4, True), (5, False), (35, False), (36, True)])
def test_an_area_needs_five_messages_of_either_side(positives: int, too_few: bool) -> None:
    messages = judged(40, sums=lambda place: {"hate_speech": (0.5 * (place >= 40 - positives), 1)})

    line = figures(messages)["roc"][0]

    assert (line["label"], line["positives"], line["negatives"]) == ("hate_speech", positives, 40 - positives)
    assert line["too_few"] == too_few
    assert line["auc"] == (None if too_few else 1.0)


def test_what_people_mark_is_a_mean_of_a_half_or_more_and_only_three_labels_are_looked_for() -> None:
    said = [0.49999, 0.5, 0.50001, 1.0]
    told = figures(judged(40, sums=lambda place: {"toxicity": (said[place % 4], 1)}))

    assert [line["label"] for line in told["roc"][::7]] == ["hate_speech", "not_appropriate", "toxicity"]
    assert [line["score"] for line in told["roc"][:7]] == list(SCORES)
    assert told["roc"][-1]["positives"] == 30


def test_deleted_messages_are_laid_beside_those_that_were_kept() -> None:
    told = figures(judged(40, deleted=lambda place: place >= 30))["kept_deleted"][0]

    assert (told["score"], told["kept"]["n"], told["deleted"]["n"]) == ("toxicity", 30, 10)
    assert told["kept"]["mean"] == pytest.approx(0.155)
    assert told["deleted"]["mean"] == pytest.approx(0.355)
    assert told["difference"] == pytest.approx(0.2)
    assert told["difference_low"] < 0.2 < told["difference_high"]
    assert told["kept"]["low"] < 0.155 < told["kept"]["high"]
    assert told["kept"]["median"] == pytest.approx(0.155)
    assert told["deleted"]["p95"] == pytest.approx(0.3955)
    assert told["auc"] == told["auc_low"] == told["auc_high"] == 1


def test_groups_are_all_each_language_and_each_role() -> None:
    spanish = judged(3, lang="es", role="assistant")
    sample = Sample.of(judged(2) + spanish + judged(2, lang="ru"))

    assert groups_in(sample) == [
        (None, None), ("es", None), ("en", None), ("ru", None), (None, "prompter"), (None, "assistant"),
    ]  # fmt: skip
    assert len(sample.only(lang="es")) == 3
    assert len(sample.only(role="prompter")) == 4
    assert len(sample.only(lang="es", role="prompter")) == 0


def test_a_group_is_told_the_same_whatever_others_there_are() -> None:
    english = judged(40, sums=lambda place: {"toxicity": (place % 7 / 7, 1)})
    others = judged(50, lang="es", sums=lambda place: {"toxicity": (place % 3 / 3, 1)})

    assert figures(english + others, lang="en") == figures(english, lang="en")


def test_the_same_seed_gives_the_same_intervals_and_another_gives_others() -> None:
    messages = judged(40, sums=lambda place: {"toxicity": (place * 13 % 7 / 7, 1)})

    first, again, other = (cell(figures(messages, seed=seed), "toxicity", "toxicity") for seed in (1, 1, 2))

    assert first == again
    assert first["pearson"] == other["pearson"]
    assert first["pearson_low"] != other["pearson_low"]


@pytest.mark.parametrize("lang", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_table_is_a_formula(lang: str) -> None:
    """An import may name languages as it likes, and spreadsheets work out what begins like a formula."""
    figures = dict.fromkeys(COLUMNS[5:14])
    group = {
        "lang": lang, "role": None, "roc": [],
        "cells": [{"label": "toxicity", "score": "threat", "too_few": True, **figures}],
    }  # fmt: skip

    rows = list(csv.DictReader(io.StringIO(as_csv({"unsupported": [{"lang": lang}]}, [group]))))

    assert [row["lang"] for row in rows] == [f"'{lang}"] * 2
