"""My points over HTTP: totals, level, streak, badges, and the ledger behind them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from oa.community.models import ActiveDay, Award
from oa.moderation import actions as moderation
from tests import builders as b
from tests.community.people import browser, give, seen
from tests.tasks.test_statement_counts import Statements

pytestmark = pytest.mark.django_db

MOST_FOR_MY_POINTS = 6


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_somebody_new_has_nothing_and_everything_before_them() -> None:
    mine = seen(b.person(), "me/points")

    assert [mine[name] for name in ("total", "today", "week", "month")] == [0, 0, 0, 0]
    assert mine["level"] == {"number": 1, "floor": 0, "ceiling": 4}
    assert mine["streak"] == {"days": 0, "best": 0, "today_done": False, "time_zone": "UTC"}
    assert {badge["progress"]["done"] for badge in mine["badges"]} == {0}
    assert {badge["earned_at"] for badge in mine["badges"]} == {None}


def test_points_come_by_work(now: datetime) -> None:
    b.policy()
    author = b.person()
    b.accepted_answer(b.growing(now=now), by=author, now=now)
    b.book(now)

    mine = seen(author, "me/points")

    assert [mine[name] for name in ("total", "today", "week", "month")] == [8, 8, 8, 8]
    assert mine["level"]["number"] == 2
    assert (mine["streak"]["days"], mine["streak"]["today_done"]) == (1, True)
    first = next(badge for badge in mine["badges"] if badge["code"] == "first_words")
    assert first["earned_at"] is not None
    assert first["progress"] == {"done": 1, "target": 1}
    assert first["title"] and first["help"]


def test_the_streak_is_that_of_where_i_am(now: datetime) -> None:
    """Where it is tomorrow already, what was done yesterday by UTC was done two days ago."""
    someone = b.person(time_zone="Pacific/Kiritimati")
    today = (now + timedelta(hours=14)).date()
    ActiveDay.objects.bulk_create(ActiveDay(person=someone, day=today - timedelta(days=ago)) for ago in (1, 2, 3, 9))

    streak = seen(someone, "me/points")["streak"]

    assert streak == {"days": 3, "best": 3, "today_done": False, "time_zone": "Pacific/Kiritimati"}


def test_the_ledger_says_what_for_the_newest_first_page_by_page() -> None:
    b.policy()
    author, boss = b.person(), b.moderator()
    reply = b.accepted_answer(b.growing(), by=author)
    b.book()
    moderation.delete_message(message_id=reply.pk, why="", by=boss, now=b.LATER)
    b.book(b.LATER)

    page = seen(author, "me/points/ledger", limit=3)
    rest = seen(author, "me/points/ledger", limit=3, cursor=page["next_cursor"])

    lines = [*page["results"], *rest["results"]]
    assert [(line["reason"], line["points"]) for line in lines] == [
        ("assistant_reply_accepted", -4), ("assistant_reply", -4), ("assistant_reply_accepted", 4),
        ("assistant_reply", 4),
    ]  # fmt: skip
    assert {line["message_id"] for line in lines} == {str(reply.pk)}
    assert {line["tree_id"] for line in lines} == {str(reply.tree_id)}
    assert {line["lang"] for line in lines} == {"en"}
    assert all(line["reason_text"] for line in lines)
    assert sum(line["points"] for line in lines) == seen(author, "me/points")["total"] == 0


def test_nobody_sees_the_ledger_of_others() -> None:
    b.policy()
    b.accepted_answer(b.growing())
    b.book()

    assert seen(b.person(), "me/points/ledger")["results"] == []


@pytest.mark.parametrize("years", [0, 3])
def test_looking_at_my_points_takes_the_same_statements_however_long_i_am_here(now: datetime, years: int) -> None:
    someone = b.person()
    give({someone: 100}, now=now)
    first = now.date()
    ActiveDay.objects.bulk_create(
        ActiveDay(person=someone, day=first - timedelta(days=ago)) for ago in range(365 * years)
    )
    Award.objects.bulk_create(Award(person=someone, code=f"old{number}", at=now) for number in range(10 * years))
    client = browser(someone)

    with Statements() as statements:
        assert client.get("/api/v1/me/points").json()["streak"]["days"] == 365 * years

    assert len(statements.texts) <= MOST_FOR_MY_POINTS, statements.say()
