"""The figures of real files are those that scipy works out from the raw files, without any of our code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from scipy import stats

from oa.stats.actions import toxicity_figures
from tests.datasets.files import OASST1, OASST2, Row, real, rows_in, take

pytestmark = pytest.mark.django_db

SCORES = ("toxicity", "severe_toxicity", "obscene", "identity_attack", "insult", "threat", "sexual_explicit")
LABELS = (
    "spam", "fails_task", "lang_mismatch", "pii", "not_appropriate", "hate_speech", "sexual_content",
    "moral_judgement", "political_content", "quality", "toxicity", "humor", "helpfulness", "creativity", "violence",
)  # fmt: skip


@dataclass
class Case:
    """A file as it is, and our figures of it."""

    messages: list[Row]
    groups: dict[str, Any]

    def rows_of(self, group: Row) -> list[Row]:
        """The messages of a group that the machine has scored."""
        lang, role = group["lang"], group["role"]
        return [
            row for row in self.messages
            if row.get("detoxify") and lang in {None, row["lang"]} and role in {None, row["role"]}
        ]  # fmt: skip


def nodes_of(node: Row) -> Iterator[Row]:
    yield node
    for reply in node.get("replies", ()):
        yield from nodes_of(reply)


def messages_of(name: str) -> list[Row]:
    """Every message of a raw file once (a file has some trees twice); labels as {name: mean}."""
    rows = rows_in(real(name))
    if "prompt" in rows[0]:
        nodes = {node["message_id"]: node for row in rows for node in nodes_of(row["prompt"])}
        return [
            node | {"means": {label: said["value"] for label, said in (node.get("labels") or {}).items()}}
            for node in nodes.values()
        ]
    known = {row["message_id"] for row in rows}
    return [
        row | {"means": dict(zip(row["labels"]["name"], row["labels"]["value"], strict=True)) if row["labels"] else {}}
        for row in rows
        if row["message_tree_id"] in known  # an import refuses a message whose prompt is not there
    ]


@pytest.fixture(scope="module", params=[OASST2, OASST1])
def case(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Case:
    """Imported once for all tests, and not kept."""
    path = real(request.param)
    with django_db_blocker.unblock(), transaction.atomic():
        take(path)
        figures = toxicity_figures(seed=1, resamples=20)
        transaction.set_rollback(True)
    return Case(messages_of(request.param), figures["groups"])


def same(ours: float | None, theirs: float) -> bool:
    """Whether they are the same to nine places; what scipy can't tell, we don't."""
    return bool(np.isnan(theirs)) if ours is None else abs(ours - theirs) <= 1e-9


def test_the_groups_are_the_languages_and_roles_of_the_file(case: Case) -> None:
    langs = {row["lang"] for row in case.messages if row.get("detoxify")}

    assert set(case.groups) == {"/", "/prompter", "/assistant", *(f"{lang}/" for lang in langs)}
    for group in case.groups.values():
        assert group["n_scored"] == len(case.rows_of(group))


@pytest.mark.filterwarnings("ignore::scipy.stats.ConstantInputWarning")
def test_every_correlation_is_scipys(case: Case) -> None:
    told = 0
    for group in case.groups.values():
        rows = case.rows_of(group)
        assert [(cell["label"], cell["score"]) for cell in group["cells"]] == [(a, b) for a in LABELS for b in SCORES]
        for cell in group["cells"]:
            label, score = cell["label"], cell["score"]
            pairs = [(row["means"][label], row["detoxify"][score]) for row in rows if label in row["means"]]
            assert (cell["n"], cell["n_imported"], cell["n_reviews"]) == (len(pairs), len(pairs), 0)
            assert cell["too_few"] == (len(pairs) < 30)
            if cell["too_few"]:
                assert cell["pearson"] is cell["spearman"] is None
                continue
            people, machine = np.array(pairs).T
            assert same(cell["pearson"], stats.pearsonr(people, machine).statistic), cell
            assert same(cell["spearman"], stats.spearmanr(people, machine).statistic), cell
            told += cell["pearson"] is not None
    assert told > 300


def area_of(machine: list[float], positive: list[bool]) -> float:
    """By scipy's U."""
    ones = [score for score, is_one in zip(machine, positive, strict=True) if is_one]
    noughts = [score for score, is_one in zip(machine, positive, strict=True) if not is_one]
    return float(stats.mannwhitneyu(ones, noughts).statistic) / (len(ones) * len(noughts))


def test_every_area_is_scipys(case: Case) -> None:
    told = 0
    for group in case.groups.values():
        for line in group["roc"]:
            rows = [row for row in case.rows_of(group) if line["label"] in row["means"]]
            positive = [row["means"][line["label"]] >= 0.5 for row in rows]
            assert (line["n"], line["positives"], line["negatives"]) == (
                len(rows), sum(positive), len(rows) - sum(positive),
            )  # fmt: skip
            assert line["too_few"] == (len(rows) < 30 or min(line["positives"], line["negatives"]) < 5)
            if line["too_few"]:
                assert line["auc"] is None and line["points"] == []
                continue
            assert same(line["auc"], area_of([row["detoxify"][line["score"]] for row in rows], positive))
            told += 1
    assert told > 20


def test_kept_and_deleted_messages_are_those_of_the_file(case: Case) -> None:
    rows = case.rows_of({"lang": None, "role": None})
    deleted = [row["deleted"] for row in rows]

    for line in case.groups["/"]["kept_deleted"]:
        machine = [row["detoxify"][line["score"]] for row in rows]
        sides = {
            "kept": [value for value, is_out in zip(machine, deleted, strict=True) if not is_out],
            "deleted": [value for value, is_out in zip(machine, deleted, strict=True) if is_out],
        }
        assert {side: line[side]["n"] for side in sides} == {side: len(values) for side, values in sides.items()}
        if line["too_few"]:
            assert len(sides["deleted"]) < 5 and line["kept"]["mean"] is None
            continue
        for side, values in sides.items():
            assert same(line[side]["mean"], float(np.mean(values)))
            assert same(line[side]["median"], float(np.median(values)))
            assert same(line[side]["p95"], float(np.percentile(values, 95)))
        assert same(line["difference"], float(np.mean(sides["deleted"]) - np.mean(sides["kept"])))
        assert same(line["auc"], area_of(machine, deleted))
