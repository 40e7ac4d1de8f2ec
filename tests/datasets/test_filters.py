"""The original's filters: what each writes, and that what is left out is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oa.datasets.actions import Account, Order, export_rows
from oa.datasets.rules.forms import Form
from oa.datasets.rules.selecting import Keep, Selection
from oa.trees.models import Message
from tests.datasets.files import Row, answer, message, take, tree, write

pytestmark = pytest.mark.django_db

AUTHOR = "00000000-0000-4000-9000-0000000000aa"


@pytest.fixture(autouse=True)
def _trees(tmp_path: Path) -> None:
    trees = [
        tree(
            answer(text="good", rank=0, replies=[message(text="more", lang="de", user_id=AUTHOR)]),
            answer(text="deleted", deleted=True, replies=[message(text="below deleted")]),
            answer(text="spam", review_result=False),
            answer(text="undecided", review_result=None),
            text="ready",
        ),
        tree(answer(text="machine", synthetic=True), answer(text="human"), text="mixed"),
        tree(text="bad prompt", review_result=False),
        tree(text="growing", state="growing", user_id=AUTHOR),
        tree(answer(text="gut", lang="de", user_id=AUTHOR), text="deutsch", lang="de"),
    ]
    take(write(tmp_path / "trees", trees))


def texts(row: Row) -> list[str]:
    node = row.get("prompt", row)
    return [node["text"], *[text for reply in node.get("replies", []) for text in texts(reply)]]


def export(form: Form = Form.TREES, *, limit: int | None = None, **filters: Any) -> tuple[list[list[str]], Account]:
    account = Account()
    order = Order(form=form, selection=Selection(**filters), original_ids=True, limit=limit)
    return sorted(texts(row) for row in export_rows(order, account)), account


def test_by_default_finished_trees_without_machines_spam_and_deleted_messages() -> None:
    rows, account = export()

    assert rows == [["deutsch", "gut"], ["ready", "good", "more"]]
    assert (account.rows, account.trees, account.messages) == (2, 2, 5)


def test_everything_left_out_is_counted() -> None:
    _rows, account = export()

    assert +account.trees_left_out == {
        "in other states": 1,
        "with synthetic messages": 1,
        "of which no message was left": 1,
    }
    assert account.messages_left_out == {
        "deleted": 1,
        "below a message that was left out": 1,
        "not accepted by reviewers": 3,
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"state": "growing"}, [["growing"]]),
        ({"lang": "de"}, [["deutsch", "gut"]]),
        ({"deleted": Keep.TOO}, [["deutsch", "gut"], ["ready", "good", "more", "deleted", "below deleted"]]),
        ({"spam": Keep.TOO}, [["bad prompt"], ["deutsch", "gut"], ["ready", "good", "more", "spam", "undecided"]]),
        ({"synthetic": Keep.TOO}, [["deutsch", "gut"], ["mixed", "machine", "human"], ["ready", "good", "more"]]),
        ({"prompts_only": True}, [["deutsch"], ["ready"]]),
        ({"deleted": Keep.ONLY}, [["deleted"]]),
        ({"spam": Keep.ONLY}, [["bad prompt"], ["spam"]]),
        ({"synthetic": Keep.ONLY}, [["machine"]]),
        ({"user": AUTHOR}, [["growing"], ["gut"], ["more"]]),
        ({"user": AUTHOR, "lang": "de"}, [["gut"], ["more"]]),
        ({"state": "all", "lang": "en", "prompts_only": True}, [["growing"], ["ready"]]),
    ],
    ids=str,
)
def test_each_filter_writes_what_it_says(filters: dict[str, Any], expected: list[list[str]]) -> None:
    rows, _account = export(**filters)

    assert rows == expected


def test_list_modes_write_flat_rows_whatever_the_form() -> None:
    account = Account()

    (row,) = export_rows(Order(selection=Selection(spam=Keep.ONLY, lang="en", deleted=Keep.NO), limit=1), account)

    assert "prompt" not in row
    assert row["message_tree_id"]


def test_prompts_only_takes_the_replies_away_altogether() -> None:
    rows = list(export_rows(Order(selection=Selection(prompts_only=True)), Account()))

    assert all("replies" not in row["prompt"] for row in rows)


def test_a_tree_in_flat_rows_has_no_messages_hanging_in_the_air() -> None:
    for form in (Form.MESSAGES, Form.HF):
        rows, _account = export(form)

        assert rows == [["deutsch"], ["good"], ["gut"], ["more"], ["ready"]]


def test_the_limit_counts_trees_and_messages_of_one_person() -> None:
    several: list[dict[str, Any]] = [{"state": "all"}, {"user": AUTHOR}]
    for filters in several:
        _rows, account = export(limit=2, **filters)

        assert (account.rows, account.stopped_at_limit) == (2, True)


def test_what_is_left_out_and_what_is_written_are_all_there_is() -> None:
    several: list[dict[str, Any]] = [
        {},
        {"deleted": Keep.TOO},
        {"spam": Keep.TOO},
        {"spam": Keep.ONLY},
        {"prompts_only": True},
    ]
    for more in several:
        _rows, account = export(state="all", synthetic=Keep.TOO, **more)

        assert account.messages + account.messages_left_out.total() == Message.objects.count()
