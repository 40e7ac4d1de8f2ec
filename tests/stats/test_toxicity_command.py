"""`manage.py toxicity report`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from oa.trees.models import Message
from tests import builders
from tests.datasets.files import answer, take, tree, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(tmp_path: Path) -> None:
    """Twenty trees of two: the ruder, the higher the score. Spanish ones too; a German one has none."""
    trees = []
    for place in range(20):
        names = ("toxicity", "severe_toxicity", "obscene", "identity_attack", "insult", "threat", "sexual_explicit")
        fields: dict[str, Any] = {
            "detoxify": {name: (place + number) / 40 for number, name in enumerate(names)},
            "labels": {"toxicity": {"value": place / 20, "count": 3}, "humor": {"value": place % 3 / 3, "count": 3}},
            "lang": "es" if place % 5 == 0 else "en",
        }
        trees.append(tree(answer(**fields), **fields))
    take(write(tmp_path / "rows.jsonl", trees))
    builders.plant(lang="de")


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("toxicity", "report", "--resamples", "30", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("rows")
def test_the_report_is_a_table_to_be_read() -> None:
    lines = [line.split() for line in said().splitlines()]

    assert lines[0] == "All messages: 40 with scores. 30 drawings, seed 1.".split()
    (cell,) = [line for line in lines if line[:3] == ["toxicity", "toxicity", "40"]]
    assert (cell[3], cell[-5:]) == ("1.00", ["0", "reviewed", "here,", "40", "imported"])
    assert ["spam", "all", "0", "too", "few", "(fewer", "than", "30)"] in lines
    assert ["de", "1", "messages", "not", "supported"] in lines
    assert ["en", "32", "messages"] in lines and ["es", "8", "messages"] in lines


@pytest.mark.usefixtures("rows")
def test_files_hold_everything(tmp_path: Path) -> None:
    said("--json", str(tmp_path / "a.json"), "--csv", str(tmp_path / "a.csv"))

    found = json.loads((tmp_path / "a.json").read_text())
    assert {"label", "score", "n", "pearson", "spearman"} <= set(found["cells"][0])
    assert len(found["cells"]) == 105
    assert [(group["lang"], group["role"], group["n_scored"]) for group in found["groups"]] == [
        ("en", None, 32), ("es", None, 8), (None, "prompter", 20), (None, "assistant", 20),
    ]  # fmt: skip
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text().splitlines()))
    assert len(rows) == 5 * 105 + 1
    in_file = {(row["label"], row["score"]): row["pearson"] for row in rows if not row["lang"] and not row["role"]}
    cells = {(cell["label"], cell["score"]): cell["pearson"] for cell in found["cells"]}
    assert {pair: float(text) if text else None for pair, text in in_file.items()} == cells


@pytest.mark.usefixtures("rows")
def test_a_language_and_a_role_may_be_asked_for_together(tmp_path: Path) -> None:
    out = said("--lang", "en", "--role", "assistant", "--json", str(tmp_path / "a.json"))

    assert out.startswith("en assistant: 16 with scores.")
    found = json.loads((tmp_path / "a.json").read_text())
    assert (found["lang"], found["role"], found["n_scored"], found["groups"]) == ("en", "assistant", 16, [])


@pytest.mark.usefixtures("rows")
def test_a_seed_gives_the_same_figures_again() -> None:
    def figures(seed: str) -> list[str]:
        return said("--seed", seed).splitlines()[1:-1]

    assert figures("1") == figures("1")
    assert figures("1") != figures("2")


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--lang", "de"], "not supported"), (["--resamples", "0"], "1 or more"), (["--seed", "-1"], "0 or more"),
        (["--json", "/no/such/folder/a.json"], "can't be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        said(*arguments)


def test_without_any_scores_it_says_so_and_does_not_fail() -> None:
    assert Message.objects.count() == 0
    assert said().startswith("All messages: 0 with scores.")
