"""The filters the original did not have: each alone, some in pairs, and what is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oa.datasets.actions import Account, Order, export_rows
from oa.datasets.rules.forms import Form
from oa.datasets.rules.selecting import Selection
from oa.screening.rules import SCORES
from oa.trees.models import Message
from tests.datasets.files import Row, answer, message, take, tree, write

pytestmark = pytest.mark.django_db

ANN, BEN = "00000000-0000-4000-9000-0000000000aa", "00000000-0000-4000-9000-0000000000bb"
ALL: dict[str, Any] = {"state": "all", "synthetic": "too"}


def _labels(**means: float) -> dict[str, Any]:
    return {"labels": {name: {"value": mean, "count": 10} for name, mean in means.items()}}


def _toxic(value: float) -> dict[str, Any]:
    return {"detoxify": {score: value if score == "toxicity" else 0.01 for score in SCORES}}


@pytest.fixture(autouse=True)
def _trees(tmp_path: Path) -> None:
    early, late = "2023-01-10T12:00:00+00:00", "2023-03-20T23:59:59+00:00"
    take(
        write(
            tmp_path / "trees",
            [
                tree(
                    answer(text="good", user_id=ANN, **_labels(quality=0.9), **_toxic(0.1), rank=0, replies=[
                        message(text="thanks", user_id=BEN, review_count=1, **_labels(quality=0.6)),
                    ]),
                    answer(text="poor", user_id=BEN, **_labels(quality=0.2, spam=0.7), **_toxic(0.9), rank=1),
                    text="rivers", user_id=BEN, created_date=early, **_labels(quality=0.8), **_toxic(0.0),
                ),
                tree(
                    answer(text="machine", synthetic=True, model_name="m-1", **_labels(quality=0.8), replies=[
                        message(text="below", review_result=None),
                    ]),
                    answer(text="other machine", synthetic=True, model_name="m-2"),
                    answer(text="human", review_result=False),
                    text="mountains", created_date=late, **_labels(quality=0.7),
                ),
                tree(text="growing", state="growing", lang="de", created_date="2023-02-01T00:00:00+00:00"),
                tree(text="waiting", state="prompt_lottery_waiting", lang="fr"),
            ],
        )
    )  # fmt: skip
    take(write(tmp_path / "elsewhere", [tree(text="elsewhere", state="ranking")]), origin="another site")


def export(form: Form = Form.TREES, **filters: Any) -> tuple[list[list[str]], Account]:
    account = Account()
    order = Order(form=form, selection=Selection.of(filters), original_ids=True)
    return sorted(sorted(_texts(row)) for row in export_rows(order, account)), account


def _texts(row: Row) -> list[str]:
    node = row.get("prompt", row)
    return [node["text"], *[text for reply in node.get("replies", []) for text in _texts(reply)]]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"states": ["growing", "ranking"]}, [["elsewhere"], ["growing"]]),
        ({"state": "all", "langs": ["de", "fr"]}, [["growing"], ["waiting"]]),
        ({"state": "all", "origin": "another site"}, [["elsewhere"]]),
        ({**ALL, "until": "2023-01-10"}, [["good", "poor", "rivers", "thanks"]]),
        ({**ALL, "since": "2023-03-20", "until": "2023-03-20"}, [["machine", "mountains", "other machine"]]),
        ({"state": "all", "since": "2023-02-01", "until": "2023-02-01"}, [["growing"]]),
        ({"state": "all", "topic": "river"}, [["good", "poor", "rivers", "thanks"]]),
        ({"role": "assistant"}, [["good"], ["poor"]]),
        ({**ALL, "review_result": "rejected"}, [["human"]]),
        ({**ALL, "review_result": "undecided"}, [["below"]]),
        ({"synthetic": "too", "review_result": "any", "since": "2023-03-01"},
         [["below", "human", "machine", "mountains", "other machine"]]),
        ({"synthetic_messages": "no", "since": "2023-03-01"}, [["mountains"]]),
        ({"synthetic_messages": "only"}, [["machine"], ["other machine"]]),
        ({"model": "m-1"}, [["machine", "mountains"], ["rivers"]]),
        ({"model": "m-1", "role": "assistant"}, [["machine"]]),
        ({"users": [ANN, BEN]}, [["good"], ["poor"], ["rivers"], ["thanks"]]),
        ({"users": [BEN], "role": "assistant"}, [["poor"]]),
        ({"min_label": {"quality": 0.7}}, [["good", "rivers"]]),
        ({"min_label": {"quality": 0.5}}, [["good", "rivers", "thanks"]]),
        ({"max_label": {"spam": 0.5}}, [["good", "rivers", "thanks"]]),
        ({"min_label_low": {"quality": 0.49}}, [["good", "rivers"]]),
        ({"min_label_low": {"quality": 0.5}}, []),
        ({"min_label_low": {"quality": 0.1}, "min_label": {"quality": 0.5}}, [["good", "rivers", "thanks"]]),
        ({"min_reviews": 2}, [["good", "poor", "rivers"]]),
        ({"max_toxicity": 0.5}, [["good", "rivers", "thanks"]]),
        ({"max_toxicity": 0.5, "scored_only": True}, [["good", "rivers"]]),
        ({"max_toxicity": 0.05}, [["rivers"]]),
        ({"state": "all", "topic": "rivers", "min_label": {"quality": 0.7}}, [["good", "rivers"]]),
        ({"state": "all", "topic": "rivers", "lang": "de"}, []),
    ],
    ids=str,
)  # fmt: skip
def test_each_filter_writes_what_it_says(filters: dict[str, Any], expected: list[list[str]]) -> None:
    rows, account = export(**filters)

    assert rows == expected
    assert account.messages == sum(map(len, expected))


def test_every_tree_and_every_message_of_the_chosen_ones_is_accounted_for() -> None:
    for filters in (
        {"topic": "rivers", "state": "all"},
        {"min_label": {"quality": 0.7}},
        {**ALL, "since": "2023-03-01"},
    ):
        _rows, account = export(**filters)

        passed_over = {name: number for name, number in account.trees_left_out.items() if "no message" not in name}
        trees = Message.objects.filter(depth=0).count() - sum(passed_over.values())
        assert trees == account.trees + account.trees_left_out["of which no message was left"]


def test_a_tree_is_told_by_the_first_reason_against_it() -> None:
    _rows, account = export(langs=["en"], since="2023-03-01")

    assert +account.trees_left_out == {"in other states": 3, "from before or after": 1, "with synthetic messages": 1}


def test_each_reason_for_messages_is_counted() -> None:
    _rows, account = export(min_label={"quality": 0.7}, max_toxicity=0.5)

    assert account.messages_left_out == {"with labels below the minimum": 2}
    _rows, account = export(max_toxicity=0.5, min_reviews=2)
    assert account.messages_left_out == {"too toxic": 1, "with too few reviews": 1}


def test_a_filter_holds_in_every_form() -> None:
    for labels in (True, False):
        wanted = Order(form=Form.SFT, selection=Selection.of({"min_label": {"quality": 0.7}}), labels=labels)
        account = Account()

        (row,) = export_rows(wanted, account)

        assert [turn["content"] for turn in row["messages"]] == ["rivers", "good"]
        assert account.messages == 2, "also where its labels are not written"
