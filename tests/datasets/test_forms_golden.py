"""What each form makes of three trees of our own, to the last byte; and that rows keep to their columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from oa.datasets.rules.forms import FORMS, Dress, Form, Kind, Schema, Type, columns_of
from tests.datasets.forms import conversations, dress, golden_file, lines_of, rows_of

PYTHON = {Kind.TEXT: str, Kind.INTEGER: int, Kind.NUMBER: float, Kind.FLAG: bool, Kind.JSON: dict}
EVERY_FORM = pytest.mark.parametrize("form", list(Form))


@EVERY_FORM
def test_a_form_writes_what_people_have_read_and_found_right(form: Form) -> None:
    assert lines_of(form).decode().splitlines() == golden_file(form).read_text(encoding="utf-8").splitlines()


@EVERY_FORM
def test_rows_have_the_columns_they_promise_in_that_order(form: Form) -> None:
    columns = list(columns_of(form, dress()))

    for row in rows_of(form, conversations(), dress()):
        assert list(row) == [name for name in columns if name in row]
        assert FORMS[form].lean or list(row) == columns


@EVERY_FORM
def test_values_have_the_types_of_their_columns(form: Form) -> None:
    columns = columns_of(form, dress())

    for row in rows_of(form, conversations(), dress()):
        check(row, columns)


def check(value: Any, column: Type | Schema) -> None:
    if value is None:
        return
    if isinstance(column, Kind):
        assert type(value) is PYTHON[column]
    elif isinstance(column, list):
        for each in value:
            check(each, column[0])
    else:
        assert isinstance(column, Mapping) and set(value) <= set(column)
        for name, each in value.items():
            check(each, column[name])


@EVERY_FORM
def test_a_form_is_said_in_one_sentence(form: Form) -> None:
    assert str(FORMS[form].words).endswith(".")


@pytest.mark.parametrize("form", [Form.MESSAGES, Form.PROMPTS])
@pytest.mark.parametrize("part", ["labels", "emojis", "detoxify"])
def test_a_part_that_is_not_wanted_has_no_column(form: Form, part: str) -> None:
    bare = dress(**{part: False})

    assert set(columns_of(form, dress())) - set(columns_of(form, bare)) == {part}
    assert all(part not in row for row in rows_of(form, conversations(), bare))


@pytest.mark.parametrize("form", [Form.HF, Form.SFT, Form.PROMPT_COMPLETION, Form.TOXICITY])
def test_where_every_row_has_every_column_an_unwanted_part_is_null(form: Form) -> None:
    bare = list(rows_of(form, conversations(), dress(labels=False)))

    told = [column for column in bare[0] if column in ("labels", "quality") or column.startswith("human_")]
    assert told and all(row[column] is None for row in bare for column in told)


def test_events_have_a_column_only_where_they_are_asked_for() -> None:
    plain = Dress(name_of=str)

    assert "events" not in columns_of(Form.MESSAGES, plain)
    assert "events" in columns_of(Form.MESSAGES, dress())


def test_without_ballots_nobody_is_said_to_agree() -> None:
    for row in rows_of(Form.PREFERENCE, conversations(), Dress(name_of=str)):
        assert (row["agreement"], row["ballots"]) == (None, None)
    assert {row["ballots"] for row in rows_of(Form.PREFERENCE, conversations(), Dress(name_of=str, groups={}))} == {0}


def test_single_messages_stand_in_flat_rows_without_those_above_them() -> None:
    (tree, *_others) = conversations()
    strays = [entry for entry in tree.entries if entry.message_id in ("gram", "up")]

    rows = list(FORMS[Form.MESSAGES].rows(tree, strays, dress()))

    assert [(row["message_id"], row["parent_id"], row["message_tree_id"]) for row in rows] == [
        ("~gram", "~heavy", "~rain"),
        ("~up", "~water", "~rain"),
    ]


def test_rows_are_plain_json() -> None:
    for form in Form:
        for line in lines_of(form).splitlines():
            assert json.loads(json.dumps(json.loads(line))) == json.loads(line)
