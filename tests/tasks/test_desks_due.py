"""A round sends out only the languages whose desk has something to do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.tasks import actions
from oa.tasks.models import LanguageDesk, Task
from oa.tasks.rules import Kind
from oa.trees.models import Tree
from oa.trees.rules import State
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def a_quiet_desk(now: datetime) -> str:
    b.policy()
    actions.fill_language(lang="en", now=now, rng=b.FAIR)
    assert actions.languages_due(now) == []
    return "en"


def test_a_desk_never_run_is_due(now: datetime) -> None:
    LanguageDesk.objects.create(lang="de")
    assert actions.languages_due(now) == ["de"]


def test_a_prompt_that_was_written_makes_room_for_the_lottery(a_quiet_desk: str, now: datetime) -> None:
    waiting = b.review_to_end(b.plant(now=now), now=now)
    assert Tree.objects.get(pk=waiting.tree_id).state == State.PROMPT_LOTTERY_WAITING
    assert actions.languages_due(now) == [a_quiet_desk]
    actions.fill_language(lang=a_quiet_desk, now=now, rng=b.FAIR)
    assert Tree.objects.get(pk=waiting.tree_id).state == State.GROWING
    assert actions.languages_due(now) == []


def test_a_prompt_that_is_missing_in_the_stock_is_noticed(a_quiet_desk: str, now: datetime) -> None:
    Task.objects.filter(kind=Kind.INITIAL_PROMPT)[:1].get().delete()
    assert actions.languages_due(now) == [a_quiet_desk]


def test_a_quiet_desk_is_looked_after_now_and_then(a_quiet_desk: str, now: datetime) -> None:
    assert actions.languages_due(now + timedelta(minutes=6)) == [a_quiet_desk]


def test_looking_at_many_desks_takes_no_more_statements_than_at_one(now: datetime) -> None:
    LanguageDesk.objects.bulk_create(LanguageDesk(lang=f"l{number}") for number in range(50))
    with CaptureQueriesContext(connection) as seen:
        assert len(actions.languages_due(now)) == 50
    assert len(seen) == 2
