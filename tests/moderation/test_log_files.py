"""The log is filtered, read page by page, and taken along as a file; nothing in it is ever changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from asgiref.sync import async_to_sync
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oa.accounts.models import User
from oa.moderation import actions
from oa.moderation.actions.deciding import decided
from oa.moderation.models import Decision
from oa.moderation.rules import Reason, Verb
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo() -> User:
    b.policy()
    return b.moderator()


def signed_in(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def get(moderator: User, ending: str = "", **asked: Any) -> Any:
    return signed_in(moderator).get(f"/api/v1/moderation/decisions{ending}", asked)


def verbs(answer: Any) -> list[str]:
    return [row["verb"] for row in answer.json()["results"]]


def read(answer: Any) -> bytes:
    async def whole() -> bytes:
        return b"".join([part async for part in answer.streaming_content])

    return async_to_sync(whole)()


def some_decisions(mo: User) -> Decision:
    """A tree halted and resumed, a message deleted, a rule's own decision; the deletion."""
    root = b.plant()
    actions.halt_tree(tree_id=root.pk, why="Look", by=mo, now=b.NOW)
    actions.resume_tree(tree_id=root.pk, why="Fine", by=mo, now=b.NOW + timedelta(minutes=1))
    deleted = actions.delete_message(
        message_id=root.pk, why="Spam", reason=Reason.SPAM, by=mo, now=b.NOW + timedelta(minutes=2)
    )
    decided(verb=Verb.STOP, by=None, now=b.NOW + timedelta(minutes=3), tree_id=root.pk)
    return deleted


FILTERS: dict[str, tuple[Callable[[Decision], dict[str, Any]], list[str]]] = {
    "verb": (lambda _: {"verb": "halt"}, ["halt"]),
    "whose": (lambda it: {"by": it.by_id}, ["delete", "resume", "halt"]),
    "the system's": (lambda _: {"system": "true"}, ["stop"]),
    "people's": (lambda _: {"system": "false"}, ["delete", "resume", "halt"]),
    "message": (lambda it: {"message": it.message_id}, ["delete"]),
    "tree": (lambda it: {"tree": it.tree_id}, ["stop", "delete", "resume", "halt"]),
    "reason": (lambda _: {"reason": "spam"}, ["delete"]),
    "since": (lambda it: {"since": it.at.isoformat()}, ["stop", "delete"]),
    "until": (lambda it: {"until": it.at.isoformat()}, ["resume", "halt"]),
    "nobody's": (lambda it: {"person": it.by_id}, []),
    "both": (lambda it: {"tree": it.tree_id, "verb": "resume"}, ["resume"]),
}


@pytest.mark.parametrize("name", FILTERS)
def test_it_is_filtered(mo: User, name: str) -> None:
    asked, expected = FILTERS[name]

    assert verbs(get(mo, **asked(some_decisions(mo)))) == expected


def test_what_was_taken_back_is_found_and_names_what_took_it_back(mo: User) -> None:
    deleted = some_decisions(mo)
    undoing = decided(verb=Verb.UNDO, by=mo, now=b.LATER, undoes=deleted)

    (row,) = get(mo, undone="true").json()["results"]

    assert (row["id"], row["undone_by"], row["undoable"]) == (str(deleted.pk), str(undoing.pk), False)
    assert "delete" not in verbs(get(mo, undone="false"))


def test_a_page_costs_the_same_however_long_the_log_is(mo: User) -> None:
    taken, client = [], signed_in(mo)
    for _ in range(2):
        for _ in range(3):
            some_decisions(mo)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/api/v1/moderation/decisions", {"limit": 5})
        assert len(answer.json()["results"]) == 5
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 5


def test_pages_follow_one_another_to_the_end(mo: User) -> None:
    some_decisions(mo)
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = get(mo, limit=1, cursor=cursor).json()
        found += [row["verb"] for row in page["results"]]
        cursor = page["next_cursor"]

    assert found == ["stop", "delete", "resume", "halt"]


def test_the_table_has_a_line_for_each_decision_and_nothing_in_it_is_a_formula(mo: User) -> None:
    mo.display_name = "=1+1"
    mo.save()
    deleted = some_decisions(mo)
    evil = decided(verb=Verb.NOTE, by=mo, why="\t@SUM(A1)", now=b.LATER)

    answer = get(mo, ".csv")
    rows = list(csv.DictReader(io.StringIO(read(answer).decode("utf-8-sig"))))

    assert answer["Content-Type"].startswith("text/csv")
    assert [row["verb"] for row in rows[1:]] == ["note", "stop", "delete", "resume", "halt"]
    assert {row["by_name"] for row in rows if row["by_name"]} == {"'=1+1"}
    assert rows[1]["why"] == "'" + evil.why
    assert orjson.loads(rows[3]["details"]) == deleted.details


def test_the_lines_have_the_same_filters_and_the_whole_of_each_decision(mo: User) -> None:
    deleted = some_decisions(mo)

    (line,) = map(orjson.loads, read(get(mo, ".jsonl", verb="delete")).splitlines())

    assert (line["id"], line["reason"], line["by_name"]) == (str(deleted.pk), "spam", mo.display_name)
    assert (line["before"], line["after"]) == (deleted.before, deleted.after)


def test_whoever_takes_it_along_stands_in_it(mo: User) -> None:
    get(mo, ".csv", verb="ban")

    taken = Decision.objects.get(verb=Verb.EXPORT)

    assert (taken.by, taken.details) == (mo, {"form": "csv", "asked": {"verb": "ban"}})


@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
def test_what_is_no_filter_does_not_get_into_it(mo: User, ending: str) -> None:
    answer = get(mo, ending, verb="delete", nonsense="a\0b")

    assert answer.status_code == 200
    assert Decision.objects.get(verb=Verb.EXPORT).details["asked"] == {"verb": "delete"}


def test_a_filter_that_is_none_is_refused_and_nothing_is_written(mo: User) -> None:
    assert get(mo, ".csv", verb="dance").status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation_decision SET why = 'Another'",
        "DELETE FROM moderation_decision",
        "UPDATE moderation_decision SET by_id = NULL",
        "TRUNCATE moderation_decision CASCADE",
        "TRUNCATE accounts_user CASCADE",
    ],
)
def test_the_database_refuses_to_change_it(mo: User, statement: str) -> None:
    some_decisions(mo)
    before = list(Decision.objects.order_by("pk").values())

    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL oa.may_empty_the_log = 'no'; SET CONSTRAINTS ALL IMMEDIATE")  # tests may, else nobody
        cursor.execute(statement)

    assert list(Decision.objects.order_by("pk").values()) == before
