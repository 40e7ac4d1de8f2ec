"""Levels, streaks, badges and periods: pure rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa.community.rules import (
    BADGES,
    EVER,
    Period,
    Reason,
    Record,
    earned,
    end_of,
    level_of,
    local_day,
    start_of,
    streak_of,
    threshold,
)

MONDAY = date(2026, 3, 2)


def days(*offsets: int) -> list[date]:
    return [MONDAY + timedelta(days=offset) for offset in offsets]


# --- levels -----------------------------------------------------------------------------------------------------------


def test_the_thresholds_are_the_originals() -> None:
    assert [threshold(n) for n in range(1, 13)] == [0, 4, 9, 16, 24, 32, 42, 53, 65, 79, 93, 109]
    assert [threshold(n) for n in (98, 99, 100)] == [5767, 5883, 6000]


@pytest.mark.parametrize(
    ("points", "number", "floor", "ceiling"),
    [("0", 1, 0, 4), ("3.9", 1, 0, 4), ("4", 2, 4, 9), ("-2", 1, 0, 4), ("5999.9", 99, 5883, 6000),
     ("6000", 100, 6000, None), ("1000000", 100, 6000, None)],
)  # fmt: skip
def test_a_level_is_the_highest_threshold_reached(points: str, number: int, floor: int, ceiling: int | None) -> None:
    level = level_of(Decimal(points))

    assert (level.number, level.floor, level.ceiling) == (number, floor, ceiling)


# --- streaks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "today", "expected"),
    [
        ([], 0, (0, 0, False)),
        ([0], 0, (1, 1, True)),
        ([0], 1, (1, 1, False)),  # today is not over
        ([0], 2, (0, 1, False)),
        ([0, 1, 2], 2, (3, 3, True)),
        ([0, 1, 3], 3, (1, 2, True)),
        ([0, 1, 2, 3, 10], 12, (0, 4, False)),
    ],
)
def test_a_streak_counts_days_in_a_row(done: list[int], today: int, expected: tuple[int, int, bool]) -> None:
    streak = streak_of(days(*done), MONDAY + timedelta(days=today))

    assert (streak.days, streak.best, streak.today_done) == expected


@given(st.lists(st.integers(0, 40)), st.integers(40, 45))
def test_order_and_repetition_make_no_difference(offsets: list[int], today: int) -> None:
    now = MONDAY + timedelta(days=today)

    assert streak_of(days(*offsets), now) == streak_of(days(*sorted({*offsets})), now)
    assert streak_of(days(*offsets), now).days <= streak_of(days(*offsets), now).best


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2026-03-01T23:30+00:00", "UTC", date(2026, 3, 1)),
        ("2026-03-01T23:30+00:00", "Europe/Berlin", date(2026, 3, 2)),
        ("2026-03-01T23:30+00:00", "America/Los_Angeles", date(2026, 3, 1)),
        ("2026-03-01T10:00+00:00", "Pacific/Kiritimati", date(2026, 3, 2)),
        ("2026-03-01T18:20+00:00", "Asia/Kathmandu", date(2026, 3, 2)),  # 5:45 ahead
        # The night of the change to summer time: 23 hours, and still two days.
        ("2026-03-28T22:59+00:00", "Europe/Berlin", date(2026, 3, 28)),
        ("2026-03-28T23:01+00:00", "Europe/Berlin", date(2026, 3, 29)),
        ("2026-03-29T21:59+00:00", "Europe/Berlin", date(2026, 3, 29)),
        ("2026-03-29T22:01+00:00", "Europe/Berlin", date(2026, 3, 30)),
        # And back: 25 hours.
        ("2026-10-24T22:01+00:00", "Europe/Berlin", date(2026, 10, 25)),
        ("2026-10-25T22:59+00:00", "Europe/Berlin", date(2026, 10, 25)),
    ],
)
def test_a_day_is_that_of_where_somebody_is(at: str, zone: str, day: date) -> None:
    assert local_day(datetime.fromisoformat(at), zone) == day


def test_a_day_of_23_hours_breaks_no_streak() -> None:
    """Somebody in Berlin who comes every evening at eleven, over the night of the change."""
    evenings = [datetime(2026, 3, day, 22, 0, tzinfo=UTC) for day in (27, 28)]
    evenings += [datetime(2026, 3, day, 21, 0, tzinfo=UTC) for day in (29, 30)]

    assert streak_of([local_day(at, "Europe/Berlin") for at in evenings], date(2026, 3, 30)).days == 4


# --- periods ----------------------------------------------------------------------------------------------------------


def test_periods_are_those_of_the_calendar_in_utc() -> None:
    at = datetime.fromisoformat("2026-03-01T23:30-05:00")  # Monday the 2nd in UTC

    assert [start_of(period, at) for period in Period] == [MONDAY, MONDAY, date(2026, 3, 1), EVER]
    assert [end_of(period, at) for period in Period] == [date(2026, 3, 3), date(2026, 3, 9), date(2026, 4, 1), None]


@given(st.integers(0, 4_000_000_000))
def test_every_moment_lies_in_its_periods(seconds: int) -> None:
    at = datetime.fromtimestamp(seconds, tz=UTC)
    for period in (Period.DAY, Period.WEEK, Period.MONTH):
        end = end_of(period, at)
        assert end is not None
        assert start_of(period, at) <= at.date() < end
        assert start_of(period, datetime(end.year, end.month, end.day, tzinfo=UTC)) == end
    assert start_of(Period.WEEK, at).weekday() == 0


# --- badges -----------------------------------------------------------------------------------------------------------


def codes(times: dict[Reason, int], *, languages: int = 1, streak: int = 0) -> set[str]:
    return {badge.code for badge in earned(Record(times, languages, days(*range(streak))))}


def test_badges_are_about_a_dozen_and_all_different() -> None:
    assert 10 <= len(BADGES) <= 15
    assert len({badge.code for badge in BADGES}) == len({str(badge.title) for badge in BADGES}) == len(BADGES)


def test_doing_much_of_what_is_bad_earns_none() -> None:
    quantity = dict.fromkeys(
        (Reason.PROMPT, Reason.PROMPTER_REPLY, Reason.ASSISTANT_REPLY, Reason.FULL_REVIEW, Reason.SHORT_REVIEW,
         Reason.RANKING), 10_000,
    )  # fmt: skip

    assert codes(quantity) == set()


def test_badges_are_earned_by_what_proved_right() -> None:
    assert codes({Reason.PROMPT_ACCEPTED: 1}) == {"first_words"}
    assert codes({Reason.ASSISTANT_REPLY_ACCEPTED: 10}) == {"first_words", "helper"}
    assert codes({Reason.RANKED_FIRST: 1}) == {"best"}
    assert codes({Reason.REVIEW_AGREED: 250}) == {"fair_eye", "good_judge"}
    assert "polyglot" in codes({Reason.PROMPT_ACCEPTED: 3}, languages=3)
    assert codes({}, streak=7) == {"week"}
    each = dict.fromkeys(
        (Reason.PROMPT_ACCEPTED, Reason.PROMPTER_REPLY_ACCEPTED, Reason.ASSISTANT_REPLY_ACCEPTED, Reason.REVIEW_AGREED,
         Reason.RANKING_AGREED), 1,
    )  # fmt: skip
    assert codes(each) == {"first_words", "all_rounder"}
    assert "all_rounder" not in codes({**each, Reason.RANKING_AGREED: 0})


def test_progress_never_passes_the_target() -> None:
    record = Record({Reason.ASSISTANT_REPLY_ACCEPTED: 15, Reason.PROMPT_ACCEPTED: -1}, 1, [])

    assert {badge.code: badge.progress(record) for badge in BADGES}["helper"] == 10
    assert {badge.code: badge.progress(record) for badge in BADGES}["curious"] == 0
