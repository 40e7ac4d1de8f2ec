"""What a release keeps of the trees between two steps, and what may not leave the site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.accounts.models import User
from oa.datasets.actions import Account, Order, export_rows
from oa.datasets.actions.events import Hearing
from oa.datasets.actions.exporting import Scribe, line_of_staged, stage, staged_of
from oa.datasets.rules.forms import Form
from oa.datasets.rules.selecting import Selection
from oa.trees.models import Message
from tests import builders as make
from tests.datasets.files import DEMO, EVERYTHING, answer, message, take, tree, write

pytestmark = pytest.mark.django_db


def test_nothing_is_lost_on_the_way_through_a_line(tmp_path: Path) -> None:
    take(DEMO)
    strange = [
        tree(answer(labels={'odd": {': {"value": 0.25, "count": 2}, "x}, ": {"value": 1.0, "count": 1}}), text="\u2028")
    ]
    take(write(tmp_path / "strange", strange))

    for staged in stage(EVERYTHING, Account(), at=timezone.now(), hearing=Hearing()):
        again = staged_of(line_of_staged(staged))
        assert again.tree.entries == staged.tree.entries
        assert (again.tree.state, again.tree.origin) == (staged.tree.state, staged.tree.origin)
        assert again.judged == staged.judged


@pytest.mark.parametrize("form", [Form.TREES, Form.SFT, Form.PREFERENCE, Form.JUDGEMENTS])
def test_a_file_made_of_staged_trees_is_the_one_made_of_the_database(form: Form) -> None:
    take(DEMO)
    order = Order(form=form, selection=EVERYTHING)
    account, plain = Account(), Account()
    lines = [line_of_staged(one) for one in stage(EVERYTHING, Account(), at=order.at, hearing=Hearing(results=True))]

    scribe = Scribe(order, account)
    rows = [row for line in lines for row in scribe(staged_of(line))]

    assert rows == list(export_rows(order, plain))
    assert (account.rows, account.trees, account.messages) == (plain.rows, plain.trees, plain.messages)


def test_labels_that_look_like_json_come_through(tmp_path: Path) -> None:
    labels = {
        'odd": {': {"value": 0.25, "count": 2},
        "x}, ": {"value": 1.0, "count": 1},
        "spam": {"value": 0.0, "count": 3},
    }
    take(write(tmp_path / "trees", [tree(labels=labels)]))

    (staged,) = stage(Selection(), Account(), at=timezone.now())

    assert staged.tree.entries[0].labels == labels
    assert next(iter(staged.tree.entries[0].labels or ())) == "spam"


def test_statements_do_not_grow_with_the_trees(tmp_path: Path) -> None:
    counts = []
    for number in (5, 60):
        take(write(tmp_path / "trees", [tree(answer(), answer()) for _ in range(number)]))
        with CaptureQueriesContext(connection) as captured:
            list(stage(EVERYTHING, Account(), at=timezone.now(), hearing=Hearing(results=True)))
        counts.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))

    assert counts == [9, 9]


def _texts(**filters: Any) -> tuple[list[str], Account]:
    account = Account()
    order = Order(form=Form.MESSAGES, selection=Selection.of({"state": "all", "spam": "too", **filters}))
    return sorted(row["text"] for row in export_rows(order, account)), account


def test_what_is_withdrawn_is_left_out_with_all_below_it_unless_it_is_asked_for(tmp_path: Path) -> None:
    take(
        write(
            tmp_path / "trees",
            [tree(answer(text="gone", replies=[message(text="below")]), answer(text="stays"), text="prompt")],
        )
    )
    Message.objects.filter(text="gone").update(withdrawn=True)

    texts, account = _texts()
    assert texts == ["prompt", "stays"]
    assert account.messages_left_out == {"withdrawn": 1, "below a message that was left out": 1}
    assert _texts(withdrawn="too")[0] == ["below", "gone", "prompt", "stays"]
    assert _texts(withdrawn="only")[0] == ["gone"]
    assert _texts(role="prompter")[0] == ["prompt"], "nor single messages below it"


def test_only_what_may_be_released_is_released() -> None:
    make.policy(embargo_days=30)
    now = datetime(2026, 6, 1, tzinfo=UTC)
    old, new, silent = make.plant(text="old"), make.plant(text="new"), make.plant(text="silent")
    for planted, days in ((old, 40), (new, 10), (silent, 40)):
        prompt = Message.objects.get(pk=planted.pk)
        Message.objects.filter(pk=prompt.pk).update(created_date=now - timedelta(days=days))
        agreed = None if planted is silent else 1
        User.objects.filter(messages=prompt).update(terms_version=agreed)
    account = Account()
    selection = Selection.of({"state": "all", "spam": "too", "releasable": True})

    rows = list(export_rows(Order(form=Form.MESSAGES, selection=selection, at=now), account))

    assert [row["text"] for row in rows] == ["old"]
    assert account.messages_left_out == {"embargoed": 1, "unconsented": 1}
