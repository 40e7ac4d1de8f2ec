"""Days, weeks and months of the boards, all in UTC, so that everybody's begin at the same moment. No clock in here."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Period(TextChoices):
    """What a board covers: calendar days, ISO weeks (from Monday), calendar months, or all there ever was."""

    DAY = "day", _("today")
    WEEK = "week", _("this week")
    MONTH = "month", _("this month")
    ALL = "all", _("all time")


# The start of `all`: no day of ours is before it.
EVER = date(1970, 1, 1)


def start_of(period: Period, at: datetime) -> date:
    """The first day of the period in which a moment lies."""
    day = at.astimezone(UTC).date()
    match period:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case Period.ALL:
            return EVER


def end_of(period: Period, at: datetime) -> date | None:
    """The first day after that period; None for all time."""
    start = start_of(period, at)
    match period:
        case Period.DAY:
            return start + timedelta(days=1)
        case Period.WEEK:
            return start + timedelta(days=7)
        case Period.MONTH:
            return (start + timedelta(days=32)).replace(day=1)
        case Period.ALL:
            return None


def moment(day: date | None) -> datetime | None:
    """Midnight in UTC, when such a day begins."""
    return None if day is None else datetime.combine(day, time(), tzinfo=UTC)
