"""What goes in as an archive comes out the same, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from oa.datasets.actions import Fate
from oa.datasets.rules.forms import Form
from tests.datasets.files import DEMO, MIX, OASST1, OASST2, Row, exported, real, rows_in, take, without_nulls

pytestmark = pytest.mark.django_db

UNKNOWN = frozenset({"CRITERIA"})


def by_id(rows: list[Row]) -> dict[str, Row]:
    return {row.get("message_id") or row["message_tree_id"]: without_nulls(row, drop=UNKNOWN) for row in rows}


@pytest.mark.parametrize("name", [OASST2, MIX, "demo"])
def test_a_file_of_trees_comes_back_the_same(name: str, tmp_path: Path) -> None:
    path = DEMO if name == "demo" else real(name)

    report = take(path)
    rows = exported(tmp_path)

    assert not report.refused
    assert len(rows) == len(by_id(rows)), "a tree is exported once"
    assert by_id(rows) == by_id(rows_in(path))


def test_a_hugging_face_file_comes_back_the_same_but_for_the_orphan(tmp_path: Path) -> None:
    path = real(OASST1)

    report = take(path)
    rows = exported(tmp_path, Form.HF)

    orphans = [row for row in rows_in(path) if row["message_tree_id"] not in {r["message_id"] for r in rows_in(path)}]
    assert [(refused.line, refused.code) for refused in report.refused] == [(286, "parent_missing")]
    assert len(orphans) == 1
    expected = {row["message_id"]: row for row in rows_in(path) if row not in orphans}
    assert {row["message_id"]: row for row in rows} == expected, "nulls are in this form, too"
    assert all(list(row) == list(expected[row["message_id"]]) for row in rows), "and the columns in the same order"


@pytest.mark.parametrize("form", [Form.MESSAGES, Form.HF])
def test_trees_survive_the_way_through_flat_rows(form: Form, tmp_path: Path) -> None:
    take(DEMO)
    first = exported(tmp_path)
    rows = exported(tmp_path, form)
    (tmp_path / "flat.jsonl").write_bytes((tmp_path / "export.jsonl").read_bytes())

    again = take(tmp_path / "flat.jsonl")

    assert len(rows) == 310
    assert (again.trees.total(), again.refused) == (87, [])
    assert again.trees[Fate.THERE] == 87, "every flat tree is known as the same"
    assert exported(tmp_path) == first


def test_rows_have_their_fields_in_the_order_of_the_published_files(tmp_path: Path) -> None:
    take(real(OASST2))

    order = list(rows_in(real(OASST2))[0]["prompt"])
    for row in exported(tmp_path, Form.MESSAGES):
        assert list(row) == [name for name in order if name in row]
