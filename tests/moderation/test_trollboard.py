"""Whose work goes wrong most stands first, as far as that is sure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.moderation import actions
from oa.moderation.models import trollboard
from oa.moderation.rules import Span, Wrong
from tests import builders as b
from tests.tasks.test_statement_counts import Statements

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _policy() -> None:
    cache.clear()
    b.policy(suspicious_min_pieces=3, max_initial_prompt_review=100)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def board(now: datetime, span: Span = Span.WEEK, **more: Any) -> list[str]:
    trolls = trollboard(span, now=now, **{"banned": False, "min_pieces": 3, **more}).rows
    return [troll.person.display_name for troll in trolls]


def writes(person: User, *, good: int = 0, bad: int = 0, now: datetime) -> None:
    for spam in (0,) * good + (1,) * bad:
        b.review_to_end(b.plant(by=person, now=now), spam=spam, now=now)


def test_trolls_stand_above_the_careless_and_the_honest_are_not_on_it(now: datetime) -> None:
    honest, careless, troll = b.person("Honest"), b.person("Careless"), b.person("Troll")
    writes(honest, good=6, now=now)
    writes(careless, good=4, bad=2, now=now)
    writes(troll, good=1, bad=5, now=now)
    prompt = b.plant(now=now)
    b.review(prompt, by=troll, spam=0, now=now)
    b.review(prompt, spam=1, now=now)

    rows = trollboard(Span.WEEK, banned=False, min_pieces=3, now=now).rows

    assert [row.person.display_name for row in rows] == ["Troll", "Careless"]
    assert (rows[0].record.pieces, rows[0].record.parts) == (7, {Wrong.REJECTED: 5, Wrong.DECIDED_OTHERWISE: 1})
    assert rows[0].record.bad == sum(rows[0].record.parts.values())


def test_one_bad_piece_out_of_few_is_not_above_many_out_of_many(now: datetime) -> None:
    unlucky, busy = b.person("Unlucky"), b.person("Busy")
    writes(unlucky, good=1, bad=2, now=now)
    writes(busy, good=5, bad=9, now=now)

    assert board(now) == ["Busy", "Unlucky"]


def test_who_has_done_less_than_the_policy_asks_is_not_told_of(now: datetime) -> None:
    writes(b.person(), bad=2, now=now)

    assert board(now) == []


def test_work_counts_when_it_was_done(now: datetime) -> None:
    for days in (0, 3, 20, 100):
        writes(b.person(f"{days} days"), bad=3, now=now - timedelta(days=days))

    assert {span: len(board(now, span)) for span in Span} == {
        Span.DAY: 1, Span.WEEK: 2, Span.MONTH: 3, Span.TOTAL: 4,
    }  # fmt: skip


def test_who_is_shut_out_is_left_out_at_once_unless_asked_for(now: datetime) -> None:
    troll = b.person("Troll")
    writes(troll, bad=3, now=now)
    assert board(now, Span.TOTAL) == ["Troll"]
    actions.ban_person(person_id=troll.pk, why="Spam", by=b.moderator(), now=now)

    assert board(now, Span.TOTAL) == []
    assert board(now, Span.TOTAL, banned=True) == ["Troll"]


def test_a_deletion_that_is_undone_has_not_happened(now: datetime) -> None:
    writer, mo = b.person(), b.moderator()
    root = b.growing(by=writer, now=now)
    deletion = actions.delete_message(message_id=root.pk, why="Spam", by=mo, now=now)
    assert board(now, min_pieces=1) != []
    actions.undo(decision_id=deletion.pk, why="Mistake", by=mo, now=now)

    assert board(now, min_pieces=1) == []


@pytest.mark.parametrize("span", Span)
def test_it_takes_two_statements_however_many_are_on_it(span: Span, now: datetime) -> None:
    for _ in range(3):
        writes(b.person(), bad=3, now=now)
    with Statements() as statements:
        assert len(board(now, span)) == 3

    assert len(statements.texts) == 2, statements.say()


def test_the_board_over_http_says_what_it_is_made_of(now: datetime, api_client_for: SignIn) -> None:
    troll = b.person("Troll")
    writes(troll, bad=3, now=now)

    shown = api_client_for(b.moderator()).get("/api/v1/moderation/trollboard", {"period": "day"}).json()

    assert (shown["period"], shown["min_pieces"]) == ("day", 3)
    (row,) = shown["rows"]
    assert (row["person"]["id"], row["status"]) == (str(troll.pk), "enabled")
    assert (row["pieces"], row["bad"], row["rate"], row["high"]) == (3, 3, 1.0, 1.0)
    assert row["low"] == pytest.approx(0.4385, abs=1e-4)
    assert row["parts"] == {"rejected": 3}
    assert {part["code"] for part in shown["made_of"]} == set(Wrong.values)
