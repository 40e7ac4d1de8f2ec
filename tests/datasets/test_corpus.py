"""A made corpus: as large as it is said to be, of the published mix, and readable like any other file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command

from oa.datasets.rules.corpus import MESSAGES, TREES, corpus
from tests.datasets.files import Row, exported, rows_in, take
from tests.datasets.reader import read_trees, visit


def _made(number: int, seed: int = 1) -> list[Row]:
    return list(corpus(number, Random(seed)))


def test_it_has_as_many_messages_as_oasst1_would_have() -> None:
    for number in (200, 1330):
        rows = _made(number)
        assert len(rows) == number
        assert sum(1 for row in rows for _ in visit(row["prompt"])) == round(number * MESSAGES / TREES)


def test_most_trees_wait_for_the_lottery_and_a_sixth_is_finished() -> None:
    states = Counter(row["tree_state"] for row in _made(1000))

    assert (states["ready_for_export"], states["prompt_lottery_waiting"]) == (156, 662)


def test_one_seed_gives_one_file_and_another_another(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        call_command("make_corpus", "--trees", "50", "--seed", str(seed), "--out", str(tmp_path / f"{name}.jsonl.gz"))

    one, same, other = ((tmp_path / f"{name}.jsonl.gz").read_bytes() for name in "abc")
    assert one == same != other
    assert len(rows_in(tmp_path / "a.jsonl.gz")) == 50


@pytest.mark.django_db
def test_all_of_it_is_taken_in_and_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "corpus.jsonl"
    call_command("make_corpus", "--trees", "120", "--out", str(out))

    report = take(out)

    assert not report.refused
    assert len(exported(tmp_path)) == 120
    assert len(read_trees(tmp_path / "export.jsonl")) == 120, "and a reader that knows none of our code reads it"


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be written"):
        call_command("make_corpus", "--trees", "1", "--out", str(tmp_path / "no" / "folder.jsonl"))
