"""What is broken is reported by line and reason; the rest goes on, and never half a tree."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oa.datasets.actions import Fate, sources
from oa.trees.models import Message, Tree
from tests import builders
from tests.datasets.files import Row, answer, exported, flat, message, new_id, take, tree, write

pytestmark = pytest.mark.django_db


def trees_here() -> list[str]:
    return sorted(str(pk) for pk in Tree.objects.values_list("pk", flat=True))


def changed(**fields: Any) -> Callable[[], Row]:
    """A tree with one answer in which these fields are wrong."""
    return lambda: tree(answer(**fields))


def nested(depth: int) -> Row:
    node = message("assistant" if depth % 2 else "prompter")
    for level in range(depth - 1, 0, -1):
        above = message("assistant" if level % 2 else "prompter")
        above["replies"] = [node]
        node = above
    return tree(node)


def same_id_twice() -> Row:
    made = tree(answer(), answer())
    made["prompt"]["replies"][1]["message_id"] = made["prompt"]["replies"][0]["message_id"]
    return made


BROKEN_TREES: dict[str, tuple[Callable[[], object], str]] = {
    "no JSON": (lambda: '{"message_tree_id": ', "bad_json"),
    "a lone surrogate": (lambda: json.dumps(tree()).replace("Why", "\\ud800"), "bad_json"),
    "broken UTF-8": (lambda: json.dumps(tree()).replace("Why", "W").encode().replace(b"W", b"\xff"), "bad_json"),
    "not a number": (lambda: json.dumps(tree()).replace('"review_count": 3', '"review_count": NaN'), "bad_json"),
    "an array": (lambda: "[1, 2]", "not_an_object"),
    "something else": (lambda: {"instruction": "Sing", "output": "La"}, "other_form"),
    "a text that is a number": (changed(text=5), "wrong_type"),
    "no text": (changed(text=None), "missing_field"),
    "NUL in the text": (changed(text="a\0b"), "nul_in_text"),
    "NUL in a reaction": (changed(emojis={"+\0": 1}), "nul_in_text"),
    "an unknown role": (changed(role="system"), "unknown_role"),
    "the same role twice in a row": (changed(role="prompter"), "roles_out_of_turn"),
    "a prompt of the assistant": (lambda: tree(role="assistant"), "roles_out_of_turn"),
    "an unknown state": (lambda: tree(state="sleeping"), "unknown_state"),
    "no state": (lambda: tree() | {"tree_state": None}, "missing_field"),
    "a date that is none": (changed(created_date="yesterday"), "bad_date"),
    "a date that is a number": (changed(created_date=1676228776), "wrong_type"),
    "a negative count": (changed(review_count=-1), "out_of_range"),
    "an enormous rank": (changed(rank=10**6), "out_of_range"),
    "more reactions than leave room for one more": (changed(emojis={"_skip_reply": 2**31 - 1}), "out_of_range"),
    "a count that is true": (changed(review_count=True), "wrong_type"),
    "a verdict in words": (changed(review_result="yes"), "wrong_type"),
    "reactions that are a list": (changed(emojis=["+1"]), "wrong_type"),
    "a label without count": (changed(labels={"spam": {"value": 0.5}}), "wrong_type"),
    "a label beyond 1": (changed(labels={"spam": {"value": 1.5, "count": 2}}), "out_of_range"),
    "lists of different lengths": (changed(labels={"name": ["spam"], "value": [], "count": [1]}), "wrong_type"),
    "six scores": (changed(detoxify={"toxicity": 0.1}), "wrong_type"),
    "replies that are no list": (changed(replies={"a": 1}), "wrong_type"),
    "a reply that is no object": (lambda: tree() | {"prompt": message(replies=["hello"])}, "wrong_type"),
    "a prompt that is no object": (lambda: tree() | {"prompt": "hello"}, "wrong_type"),
    "the same id twice": (same_id_twice, "duplicate_id"),
    "another parent named": (changed(parent_id="00000000-0000-4000-9000-000000000000"), "parent_differs"),
    "another tree named": (lambda: tree() | {"message_tree_id": new_id()}, "tree_differs"),
    "too deep": (lambda: nested(201), "too_deep"),
    "an id without end": (changed(message_id="x" * 200), "too_long"),
    "a language without end": (changed(lang="x" * 17), "too_long"),
}


@pytest.mark.parametrize("kind", BROKEN_TREES)
def test_a_broken_tree_is_told_by_line_and_reason_and_the_rest_goes_on(kind: str, tmp_path: Path) -> None:
    make, code = BROKEN_TREES[kind]
    before, after = tree(answer()), tree(answer())

    report = take(write(tmp_path / "trees", [before, make(), after]))

    assert [(refused.line, refused.code) for refused in report.refused] == [(2, code)]
    assert report.refused[0].words
    assert trees_here() == sorted(row["message_tree_id"] for row in (before, after))
    assert Message.objects.count() == 4


def orphan() -> list[Row]:
    return [row for row in flat(tree(answer())) if row["role"] == "assistant"]


def two_prompts() -> list[Row]:
    first, second = flat(tree(), tree())
    return [first, second | {"message_tree_id": first["message_id"]}]


def circle() -> list[Row]:
    prompt, one, two = flat(tree(answer(replies=[message()])))
    return [prompt, one | {"parent_id": two["message_id"]}, two]


def no_way_in() -> list[Row]:
    prompt, one = flat(tree(answer()))
    return [prompt | {"parent_id": one["message_id"]}, one]


def one_bad_row() -> list[Row]:
    rows = flat(tree(answer(), answer()))
    rows[1]["text"] = None
    return rows


def row_twice() -> list[Row]:
    rows = flat(tree(answer()))
    return [*rows, rows[1]]


def two_states() -> list[Row]:
    rows = flat(tree(answer()))
    rows[1]["tree_state"] = "growing"
    return rows


BROKEN_ROWS: dict[str, tuple[Callable[[], list[Row]], str, int]] = {
    "a reply whose parent is not there": (orphan, "parent_missing", 3),
    "two prompts": (two_prompts, "two_prompts", 3),
    "messages that answer each other in a circle": (circle, "cycle", 3),
    "a circle without a way in": (no_way_in, "cycle", 3),
    "one bad row of three": (one_bad_row, "missing_field", 4),
    "the same row twice": (row_twice, "duplicate_id", 3),
    "rows that disagree about the state": (two_states, "state_differs", 3),
}


@pytest.mark.parametrize("kind", BROKEN_ROWS)
def test_a_tree_with_one_broken_row_is_left_out_whole(kind: str, tmp_path: Path) -> None:
    make, code, line = BROKEN_ROWS[kind]
    before, after = flat(tree(answer())), flat(tree(answer()))

    report = take(write(tmp_path / "rows", [*before, *make(), *after]))

    assert [(refused.line, refused.code) for refused in report.refused] == [(line, code)]
    assert trees_here() == sorted([before[0]["message_id"], after[0]["message_id"]])
    assert Message.objects.count() == 4


def test_a_row_that_cannot_be_read_takes_its_tree_with_it(tmp_path: Path) -> None:
    """Or a reply would be missing, and nobody would know."""
    rows = [json.dumps(row) for row in flat(tree(answer(), answer()), tree(answer()))]
    rows[2] = rows[2][:150]

    report = take(write(tmp_path / "rows", rows))

    assert sorted((refused.line, refused.code) for refused in report.refused) == [(3, "bad_json"), (3, "row_lost")]
    assert Message.objects.count() == 2


def test_rubbish_between_flat_rows_costs_no_tree(tmp_path: Path) -> None:
    first, second = flat(tree(answer()))

    report = take(write(tmp_path / "rows", [first, "rubbish", second]))

    assert [(refused.line, refused.code) for refused in report.refused] == [(2, "bad_json")]
    assert Message.objects.count() == 2


def test_a_line_too_long_to_be_a_tree_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LONGEST_LINE", 10_000)

    report = take(write(tmp_path / "trees", [tree(text="x" * 50_000), tree()]))

    assert [(refused.line, refused.code) for refused in report.refused] == [(1, "line_too_long")]
    assert Tree.objects.count() == 1


def test_a_packed_file_that_is_cut_gives_the_trees_before_the_cut(tmp_path: Path) -> None:
    rows = [tree(answer(), answer()) for _ in range(200)]
    path = write(tmp_path / "whole", rows)
    cut = tmp_path / "cut"
    cut.write_bytes(gzip.compress(path.read_bytes())[:-2000])

    report = take(cut)

    assert [refused.code for refused in report.refused] == ["file_cut"]
    assert 0 < Tree.objects.count() < 200
    assert Message.objects.count() == 3 * Tree.objects.count(), "whole trees only"
    assert take(path).trees.total() == 200, "and the whole file brings the rest"
    assert (Tree.objects.count(), Message.objects.count()) == (200, 600)


def test_of_a_flat_file_that_is_cut_the_last_tree_is_left_out(tmp_path: Path) -> None:
    rows = flat(*[tree(answer(), answer(), answer()) for _ in range(200)])
    path = write(tmp_path / "whole", rows)
    cut = tmp_path / "cut"
    cut.write_bytes(gzip.compress(path.read_bytes())[:-2000])

    report = take(cut)

    assert {refused.code for refused in report.refused} == {"file_cut", "tree_cut"}
    assert Message.objects.count() == 4 * Tree.objects.count() > 0
    assert take(path).refused == []
    assert (Tree.objects.count(), Message.objects.count()) == (200, 800)


def test_of_a_scattered_flat_file_that_is_cut_nothing_is_taken(tmp_path: Path) -> None:
    """Any of its trees may have lost a reply."""
    rows = flat(tree(answer()), tree(answer()))
    scattered = [rows[0], rows[2], rows[1], rows[3]]
    text = "".join(json.dumps(row) + "\n" for row in scattered) + '{"message_id": "a", "parent_id": "'
    path = tmp_path / "cut"
    path.write_text(text)

    report = take(path)

    assert sorted(refused.code for refused in report.refused) == ["bad_json", "row_lost", "tree_cut"]
    assert Tree.objects.count() == 0


def test_the_rows_of_a_tree_may_lie_anywhere(tmp_path: Path) -> None:
    rows = flat(tree(answer(replies=[message()]), answer()), tree(answer()), tree())

    report = take(write(tmp_path / "rows", rows[::-1]))

    assert (report.refused, Tree.objects.count(), Message.objects.count()) == ([], 3, 7)


def test_what_only_the_database_refuses_is_reported_too_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Fails when errors of COPY come past Django's own: the whole import ends there."""
    bad = tree(answer(emojis={"name": ["a\0b"], "count": [1]}))
    good = tree(answer())

    report = take(write(tmp_path / "mixed.jsonl", [bad, good]))

    assert report.refused_by_code == {"refused_by_database": 1}
    assert trees_here() == [good["message_tree_id"]]


def test_a_file_puts_no_words_into_the_mouth_of_somebody_with_an_account(tmp_path: Path) -> None:
    """Whoever made the file chose the ids in it; they come out of an export again as they were."""
    victim = builders.person()
    made = tree(answer(user_id=str(victim.pk)))

    report = take(write(tmp_path / "forged.jsonl", [made]))

    assert not Message.objects.filter(author=victim).exists()
    assert report.notes["kept without author, whose id is that of an account here"] == 1
    [row] = exported(tmp_path, original_ids=True)
    assert row["prompt"]["replies"][0]["user_id"] == str(victim.pk)
    assert take(write(tmp_path / "again.jsonl", [made])).trees == {Fate.THERE: 1}
