"""Importing again changes nothing; what is here is never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from oa.accounts.models import User
from oa.core.ids import id_of
from oa.datasets.actions import Fate
from oa.screening.models import ToxicityScore
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import Why
from tests.datasets.files import OASST2, answer, exported, real, take, tree, write

pytestmark = pytest.mark.django_db


def rows_here() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Tree, Message, TreeEvent, ToxicityScore, User))


def test_a_second_run_finds_everything_there(tmp_path: Path) -> None:
    path = write(tmp_path / "trees", [tree(answer(rank=0), answer(rank=1)) for _ in range(5)])
    take(path)
    before = rows_here()

    report = take(path)

    assert (report.trees, rows_here()) == ({Fate.THERE: 5}, before)


def test_a_tree_with_other_content_is_told_and_not_overwritten(tmp_path: Path) -> None:
    made = tree(answer())
    take(write(tmp_path / "trees", [made]))
    made["prompt"]["replies"][0]["text"] = "Somebody else's words"
    made["tree_state"] = "growing"

    report = take(write(tmp_path / "trees", [made]))

    assert [(refused.line, refused.code) for refused in report.refused] == [(1, "other_content")]
    assert report.refused[0].words.endswith("text, tree_state")
    assert not Message.objects.filter(text="Somebody else's words").exists()


def test_a_tree_that_stands_twice_in_a_file_is_taken_once(tmp_path: Path) -> None:
    made = tree(answer())

    report = take(write(tmp_path / "trees", [made, tree(), made | {"CRITERIA": {"a": 1}}]))

    assert (report.trees, report.lines) == ({Fate.TAKEN: 2, Fate.TWICE: 1}, {Fate.TWICE: [3]})


def test_the_real_file_says_its_trees_twice_and_an_unknown_field() -> None:
    report = take(real(OASST2))

    assert report.trees == {Fate.TAKEN: 353, Fate.TWICE: 18}
    assert (report.unknown, report.refused) == ({"CRITERIA": 1110}, [])


def test_a_message_that_stands_in_another_tree_is_told(tmp_path: Path) -> None:
    first, second = tree(answer()), tree(answer())
    second["prompt"]["replies"][0]["message_id"] = first["prompt"]["replies"][0]["message_id"]

    together = take(write(tmp_path / "trees", [first, second]))
    later = take(write(tmp_path / "trees", [second]))

    assert [refused.code for refused in together.refused + later.refused] == ["message_elsewhere"] * 2
    assert Message.objects.count() == 2


def test_a_dry_run_reports_and_keeps_nothing(tmp_path: Path) -> None:
    made = tree(answer())

    report = take(write(tmp_path / "trees", [made, made, "rubbish"]), dry_run=True)

    assert (report.trees, len(report.refused)) == ({Fate.TAKEN: 1, Fate.TWICE: 1}, 1)
    assert rows_here() == (0, 0, 0, 0, 0)


def test_ids_that_are_no_uuids_are_kept_beside_ours(tmp_path: Path) -> None:
    """The original's anonymiser writes 64 digits for a message and leaves the tree's own id."""
    hexadecimal, author = "a" * 64, "b" * 64
    row = tree(answer(parent_id=hexadecimal), message_id=hexadecimal, user_id=author)
    raw_id = "00000000-0000-4000-9000-000000000001"
    path = write(tmp_path / "trees", [row | {"message_tree_id": raw_id}])

    report = take(path)

    assert report.notes["trees renamed after their anonymised prompt"] == 1
    assert Tree.objects.get().pk == id_of(hexadecimal)
    assert User.objects.get(pk=id_of(author)).foreign_id == author
    original, ours = exported(tmp_path)[0], exported(tmp_path, original_ids=False)[0]
    assert (original["message_tree_id"], original["prompt"]["user_id"]) == (hexadecimal, author)
    assert ours["message_tree_id"] == ours["prompt"]["message_id"] == ours["prompt"]["replies"][0]["parent_id"]
    assert ours["message_tree_id"] not in {hexadecimal, raw_id, str(id_of(hexadecimal))}
    assert take(path).trees == {Fate.THERE: 1}


def test_imported_people_cannot_sign_in(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(answer())]))

    for person in User.objects.all():
        assert (person.imported, person.email, person.has_usable_password()) == (True, None, False)


def test_several_replies_of_one_account_to_a_message_are_all_kept(tmp_path: Path) -> None:
    """A machine's account that answered everything: the database keeps one live voice a person."""
    machine = "00000000-0000-4000-9000-00000000000a"
    made = tree(*[answer(user_id=machine, synthetic=True, rank=rank) for rank in range(3)])
    path = write(tmp_path / "trees", [made])

    report = take(path)

    assert report.notes["kept without author, who has another reply there"] == 2
    assert [reply["user_id"] for reply in exported(tmp_path)[0]["prompt"]["replies"]] == [machine] * 3
    assert take(path).trees == {Fate.THERE: 1}


def test_an_archive_says_where_it_came_from_and_that_it_was_imported(tmp_path: Path) -> None:
    named = tree() | {"origin": "elsewhere"}
    take(write(tmp_path / "trees", [named, tree()]), origin="here")

    assert set(Tree.objects.values_list("origin", "archived")) == {("elsewhere", True), ("here", True)}
    assert set(TreeEvent.objects.values_list("before", "after", "why")) == {(None, "ready_for_export", Why.IMPORTED)}
