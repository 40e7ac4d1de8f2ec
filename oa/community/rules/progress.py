"""Levels and streaks. No clock in here: `today` is handed in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

LEVELS = 100


def threshold(number: int) -> int:
    """The points at which a level begins. Level 1 begins at 0, level 2 at 4, level 100 at 6,000.

    The original's: the sum of 1.1521 i + 3 over i = 1 … number - 1, rounded.
    """
    steps = number - 1
    return round(1.1521 * steps * (steps + 1) / 2 + 3 * steps)


THRESHOLDS = tuple(threshold(number) for number in range(1, LEVELS + 1))


@dataclass(frozen=True, slots=True)
class Level:
    """A level, from how many points on it holds and at how many the next begins; None after the last."""

    number: int
    floor: int
    ceiling: int | None


def level_of(points: Decimal) -> Level:
    """The highest level whose threshold these points reach; never below the first."""
    number = max(bisect_right(THRESHOLDS, points), 1)
    return Level(number, THRESHOLDS[number - 1], THRESHOLDS[number] if number < LEVELS else None)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row on which somebody handed something in.

    Today counts once something is handed in; until it is over, not having done so breaks nothing.
    """

    days: int
    best: int
    today_done: bool


def streak_of(days: Sequence[date], today: date) -> Streak:
    """The streak from the days on which somebody was at work, in any order."""
    run, best, last = 0, 0, None
    for day in sorted(set(days)):
        run = run + 1 if last is not None and day - last == timedelta(days=1) else 1
        best, last = max(best, run), day
    alive = last is not None and today - last <= timedelta(days=1)
    return Streak(run if alive else 0, best, last is not None and last >= today)


def local_day(at: datetime, zone: str) -> date:
    """The day it is in a time zone."""
    return at.astimezone(ZoneInfo(zone)).date()
