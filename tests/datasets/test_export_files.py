"""The file itself: packing, escaping, order, never half of it; and what it costs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oa.datasets.actions import Account, Order, export_file, export_rows, exporting
from oa.datasets.rules.forms import Form, Row
from oa.datasets.rules.selecting import Keep, Selection
from tests import builders as make
from tests.datasets.files import DEMO, EVERYTHING, answer, rows_in, take, tree, write

pytestmark = pytest.mark.django_db


def test_a_name_that_ends_in_gz_is_packed_and_the_same_trees_make_the_same_file(tmp_path: Path) -> None:
    take(DEMO)
    first, second = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"

    for out in (first, second):
        export_file(str(out), Order(selection=EVERYTHING))

    assert first.read_bytes() == second.read_bytes()
    assert len(gzip.decompress(first.read_bytes()).splitlines()) == 87


def test_letters_are_written_as_they_are_unless_the_escapes_of_published_files_are_asked_for(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(text="Grün")]))
    out = tmp_path / "out"

    export_file(str(out), Order())
    assert '"text":"Grün","role":"prompter"'.encode() in out.read_bytes()

    export_file(str(out), Order(ascii=True))
    assert b'"text": "Gr\\u00fcn", "role": "prompter"' in out.read_bytes()


def test_trees_stand_in_the_order_of_their_ids_and_replies_in_that_of_their_ranks(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(answer(), answer(rank=1), answer(rank=0)) for _ in range(5)][::-1]))

    rows = list(export_rows(Order(original_ids=True), Account()))

    assert [row["message_tree_id"] for row in rows] == sorted(row["message_tree_id"] for row in rows)
    assert [reply.get("rank") for reply in rows[0]["prompt"]["replies"]] == [0, 1, None]


def test_nulls_are_left_out_and_an_empty_object_is_not(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(answer(emojis={}, labels={}), emojis=None)]))

    (row,) = export_rows(Order(original_ids=True), Account())

    assert not {"emojis", "labels", "rank", "model_name", "parent_id", "detoxify", "events"} & set(row["prompt"])
    reply = row["prompt"]["replies"][0]
    assert (reply["emojis"], reply["labels"], reply["replies"]) == ({}, {}, [])


def test_parts_can_be_left_away(tmp_path: Path) -> None:
    take(DEMO)

    for row in export_rows(Order(selection=EVERYTHING, labels=False, emojis=False, detoxify=False), Account()):
        assert not {"labels", "emojis", "detoxify"} & set(row["prompt"])


def test_an_export_that_fails_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "trees.jsonl"
    out.write_text("the old one")

    def breaks(_order: Order, _account: Account) -> Iterator[Row]:
        yield {"a": 1}
        raise OSError("no space left")

    monkeypatch.setattr(exporting, "export_rows", breaks)
    with pytest.raises(OSError, match="no space"):
        export_file(str(out), Order())

    assert (out.read_text(), list(tmp_path.iterdir())) == ("the old one", [out])


@pytest.mark.parametrize("events", [False, True])
def test_the_number_of_statements_does_not_grow_with_the_trees(tmp_path: Path, events: bool) -> None:
    counts = []
    for number in (10, 90):
        take(write(tmp_path / "trees", [tree(answer(), answer()) for _ in range(number)]))
        with CaptureQueriesContext(connection) as captured:
            rows = list(export_rows(Order(events=events), Account()))
        counts.append((len(rows), len([q for q in captured if "SAVEPOINT" not in q["sql"]])))

    assert counts == [(10, 4 + 2 * events), (100, 4 + 2 * events)]


@pytest.mark.django_db(transaction=True)
def test_an_export_reads_one_snapshot_and_writes_nothing(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree()]))

    with CaptureQueriesContext(connection) as captured:
        list(export_rows(Order(), Account()))

    statements = [query["sql"] for query in captured]
    snapshot = statements.index("SET TRANSACTION READ ONLY")
    assert statements[snapshot - 1] == "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
    assert not any("trees_message" in sql or "trees_tree" in sql for sql in statements[:snapshot])
    assert len(statements[snapshot:]) == 4, "what was counted, what was read, and the end"


def test_the_command_tells_what_it_wrote_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take(write(tmp_path / "trees", [tree(answer(), answer(review_result=False))]))
    out = tmp_path / "out.jsonl"

    call_command("export_dataset", "--format", "messages", "--out", str(out))

    assert len(rows_in(out)) == 2
    told = capsys.readouterr().err
    assert "written: 2 rows (1 trees, 2 messages)" in told
    assert "left out: 1 messages not accepted by reviewers" in told


def test_the_command_knows_the_names_of_the_original(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    take(write(tmp_path / "trees", [tree(answer(deleted=True), answer(synthetic=True))]))

    call_command("export_dataset", "--state", "all", "--include-deleted", "--include-spam", "--include-synthetic")

    (line,) = capfdbinary.readouterr().out.splitlines()
    assert len(json.loads(line)["prompt"]["replies"]) == 2


@pytest.mark.parametrize("wrong", [["--user", "a", "--state", "all"], ["--format", "hf", "--events"]])
def test_filters_that_make_no_sense_together_are_refused(wrong: list[str], tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("export_dataset", "--out", str(tmp_path / "out"), *wrong)

    assert not (tmp_path / "out").exists()


def test_our_own_message_without_labels_says_so_as_the_original_does(tmp_path: Path) -> None:
    make.policy()
    make.plant()

    (row,) = export_rows(Order(selection=EVERYTHING), Account())
    (flat,) = export_rows(Order(form=Form.HF, selection=Selection(state="all", spam=Keep.TOO)), Account())

    assert (row["prompt"]["labels"], flat["labels"]) == ({}, None)
