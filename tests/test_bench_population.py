"""A population of the bench is a site like any other: every promise is kept, and the tables are those of migrations."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from oa.core.promises import kept
from oa.stats.promises import PROMISES
from oa.tasks.models import Task
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests.bench.population.people import email_of, session_of
from tests.bench.population.writing import Account, populate

TREES, GROWING = 200, 12
WAITING = State.PROMPT_LOTTERY_WAITING
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

_SCHEMA = """
SELECT 'constraint', conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename::text, indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger
WHERE NOT tgisinternal
ORDER BY 1, 2, 3
"""


pytestmark = pytest.mark.django_db


def _schema() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_SCHEMA)
        return list(cursor.fetchall())


def _populated() -> Account:
    with connection.cursor():  # which opens it
        return populate(connection.connection, trees=TREES, growing=GROWING, now=NOW)


def test_every_promise_is_kept() -> None:
    _populated()
    assert kept(PROMISES) == []


def test_keys_indexes_and_triggers_are_as_they_were() -> None:
    before = _schema()
    _populated()
    assert _schema() == before


def test_it_has_the_published_shape_and_work_for_those_who_are_signed_in() -> None:
    account = _populated()
    assert [account.trees, account.growing] == [Tree.objects.count(), GROWING]
    assert Message.objects.count() / TREES == pytest.approx(2.43, rel=0.15)
    waiting, ready = (Tree.objects.in_state(state).count() / TREES for state in (WAITING, State.READY_FOR_EXPORT))
    assert [waiting, ready] == pytest.approx([0.63, 0.155], abs=0.06)
    stocked = Task.objects.open().filter(tree__state=State.GROWING).values("tree").distinct()
    assert stocked.count() == GROWING
    browser = Client()
    browser.cookies["sessionid"] = session_of(7)
    found = browser.get("/api/v1/me")
    assert (found.status_code, found.json()["email"]) == (200, email_of(7))
