"""Where people stand, read from the totals: a few index scans, however much was ever done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.community.models.ledger import Tally, Total
from oa.community.models.people import ActiveDay, Award
from oa.community.rules import (
    ACCEPTED,
    BADGES,
    Period,
    Reason,
    Record,
    end_of,
    level_of,
    local_day,
    moment,
    start_of,
    streak_of,
)
from oa.trees.models import PolicyVersion

PLACES = 100
AROUND = 3


def records_of(people: Iterable[UUID]) -> dict[UUID, Record]:
    """What badges are given for, of each of these people; two statements however many they are."""
    ids = set(people)
    times: dict[UUID, dict[Reason, int]] = {person: {} for person in ids}
    langs: dict[UUID, set[str]] = {person: set() for person in ids}
    tallies = Tally.objects.filter(person__in=ids).values_list("person_id", "reason", "lang", "times")
    for person, name, lang, number in tallies:
        reason = Reason(name)
        times[person][reason] = times[person].get(reason, 0) + number
        if reason in ACCEPTED and number > 0:
            langs[person].add(lang)
    days: dict[UUID, list[date]] = {person: [] for person in ids}
    for person, day in ActiveDay.objects.filter(person__in=ids).values_list("person_id", "day"):
        days[person].append(day)
    return {person: Record(times[person], len(langs[person]), days[person]) for person in ids}


def standing_of(person: User, *, now: datetime) -> dict[str, object]:
    """Everything a person is shown of their points."""
    totals = Total.objects.of(person.pk, now)
    points = {period: totals[period].points if period in totals else Decimal() for period in Period}
    record = records_of([person.pk])[person.pk]
    streak = streak_of(record.days, local_day(now, person.time_zone))
    awards = dict(Award.objects.filter(person=person).values_list("code", "at"))
    return {
        "total": points[Period.ALL],
        "today": points[Period.DAY],
        "week": points[Period.WEEK],
        "month": points[Period.MONTH],
        "level": level_of(points[Period.ALL]),
        "streak": {
            "days": streak.days, "best": streak.best, "today_done": streak.today_done, "time_zone": person.time_zone,
        },
        "badges": [
            {
                "code": badge.code, "title": badge.title, "help": badge.help, "earned_at": awards.get(badge.code),
                "progress": {"done": badge.progress(record), "target": badge.target},
            }
            for badge in BADGES
        ],
    }  # fmt: skip


def board_of(viewer: User, *, period: Period, lang: str, now: datetime) -> dict[str, object]:
    """The best of a period, and the viewer with who stands around them."""
    best = Total.objects.board(period, lang, now).select_related("person")[:PLACES]
    entries = [_entry(place, total, viewer) for place, total in enumerate(best, 1)]
    mine = Total.objects.of(viewer.pk, now, lang).get(period)
    around: list[dict[str, object]] = []
    me = None
    if mine is not None and mine.points > 0:
        place = Total.objects.before(mine).count() + 1
        me = {"place": place, "points": mine.points}
        around = _around(mine, place, viewer)
    starts = None if period is Period.ALL else start_of(period, now)
    return {
        "period": period, "lang": lang, "starts": moment(starts), "ends": moment(end_of(period, now)),
        "entries": entries, "me": me, "around": around,
    }  # fmt: skip


def _around(mine: Total, place: int, viewer: User) -> list[dict[str, object]]:
    ahead = Total.objects.before(mine).select_related("person")
    behind = Total.objects.after(mine).select_related("person")
    before = list(ahead.order_by("points", "-reached_at", "-person_id")[:AROUND])[::-1]
    after = list(behind.order_by("-points", "reached_at", "person_id")[:AROUND])
    mine.person = viewer
    # Who is not shown takes no place of the others: whoever is behind them has the place they would have.
    rows = zip(count(place - len(before)), [*before, mine], strict=False)
    following = zip(count(place + mine.shown), after, strict=False)
    return [_entry(number, total, viewer) for number, total in [*rows, *following]]


def _entry(place: int, total: Total, viewer: User) -> dict[str, object]:
    return {
        "place": place, "person_id": total.person_id, "display_name": total.person.display_name,
        "points": total.points, "is_me": total.person_id == viewer.pk,
    }  # fmt: skip


def goal_of(now: datetime) -> dict[str, object]:
    """What everybody handed in this week, and what they mean to."""
    week = Total.objects.filter(period=Period.WEEK, lang="", starts=start_of(Period.WEEK, now), tasks__gt=0)
    done = week.aggregate(tasks=Sum("tasks"), people=Count("id"))
    version = PolicyVersion.objects.current().filter(lang="").first() or PolicyVersion()
    return {
        "title": _("This week, all of us together"),
        "unit": _("tasks"),
        "done": done["tasks"] or 0,
        "target": version.policy.weekly_goal,
        "starts": moment(start_of(Period.WEEK, now)),
        "ends": moment(end_of(Period.WEEK, now)),
        "people": done["people"],
    }
