"""Where people stand, read from the totals: a few index scans, however much was ever done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import CharField, Count, DateField, Sum, UUIDField
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.community.models.ledger import Total
from oa.community.models.people import Award
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
from oa.core.prepared import Prepared, Slot, run
from oa.trees.models import PolicyVersion

PLACES = 100
AROUND = 3


def records_of(people: Iterable[UUID], *, days_of: Iterable[UUID] | None = None) -> dict[UUID, Record]:
    """What badges are given for, of each of these people; two statements however many they are.

    `days_of` are those whose days are read, if not everybody's: days are many, and matter to whoever has a new one.
    """
    ids = set(people)
    times: dict[UUID, dict[Reason, int]] = {person: {} for person in ids}
    langs: dict[UUID, set[str]] = {person: set() for person in ids}
    for person, name, lang, number in run(_TALLIES, [list(ids)]):
        reason = Reason(name)
        times[person][reason] = times[person].get(reason, 0) + number
        if reason in ACCEPTED and number > 0:
            langs[person].add(lang)
    days: dict[UUID, list[date]] = {person: [] for person in ids}
    at_work = list(ids if days_of is None else ids.intersection(days_of))
    for person, day in run(_DAYS, [at_work]) if at_work else ():
        days[person].append(day)
    return {person: Record(times[person], len(langs[person]), days[person]) for person in ids}


_TALLIES = "SELECT person_id, reason, lang, times FROM community_tally WHERE person_id = ANY(%s)"
_DAYS = "SELECT person_id, day FROM community_activeday WHERE person_id = ANY(%s)"


def standing_of(person: User, *, now: datetime) -> dict[str, object]:
    """Everything a person is shown of their points."""
    totals = Total.objects.of(person.pk, now)
    points = {period: totals[period].points if period in totals else Decimal() for period in Period}
    record = records_of([person.pk])[person.pk]
    streak = streak_of(record.days, local_day(now, person.time_zone))
    awards = dict(_AWARDS(person=person.pk))
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


_AWARDS = Prepared(lambda: Award.objects.filter(person=Slot("person", UUIDField())).values_list("code", "at"))


def board_of(viewer: User, *, period: Period, lang: str, now: datetime) -> dict[str, object]:
    """The best of a period, and the viewer with who stands around them: two statements, asked anew each time, so that
    who leaves a board is off it at once."""
    starts = start_of(period, now)
    which = {"period": period.value, "lang": lang, "starts": starts}
    best = _BEST(**which)
    near = run(_NEAR, {**which, "me": viewer.pk}).fetchall()
    me = next(({"place": place, "points": points} for place, pk, _name, points in near if pk == viewer.pk), None)
    return {
        "period": period, "lang": lang,
        "starts": None if period is Period.ALL else moment(starts), "ends": moment(end_of(period, now)),
        "entries": [_entry(place, *row, viewer=viewer) for place, row in enumerate(best, 1)],
        "me": me, "around": [_entry(*row, viewer=viewer) for row in near],
    }  # fmt: skip


def _entry(place: int, person: UUID, name: str, points: Decimal, *, viewer: User) -> dict[str, object]:
    return {
        "place": place, "person_id": person, "display_name": name, "points": points, "is_me": person == viewer.pk,
    }  # fmt: skip


_BEST: Prepared[Total] = Prepared(
    lambda: Total.objects
    .filter(
        period=Slot("period", CharField()), lang=Slot("lang", CharField()), starts=Slot("starts", DateField()),
        shown=True, points__gt=0,
    )
    .order_by("-points", "reached_at", "person_id")
    .values_list("person_id", "person__display_name", "points")[:PLACES]
)  # fmt: skip

# Somebody's place, and who stands around them. Who had their points first stands before who came to as many later;
# whoever is not shown takes no place of the others. Both sides, and the count of everybody ahead, are read from the
# index of boards alone.
_HERE = "period = %(period)s AND lang = %(lang)s AND starts = %(starts)s AND points > 0"
_AHEAD = f"""
    FROM community_total
    WHERE {_HERE} AND shown AND points >= mine.points
        AND (points > mine.points OR (reached_at, person_id) < (mine.reached_at, mine.person_id))
"""
_BEHIND = f"""
    FROM community_total
    WHERE {_HERE} AND shown AND points <= mine.points
        AND (points < mine.points OR (reached_at, person_id) > (mine.reached_at, mine.person_id))
"""
_NEAR = f"""
WITH mine AS MATERIALIZED (
    SELECT person_id, points, reached_at, shown FROM community_total WHERE person_id = %(me)s AND {_HERE}
), place AS MATERIALIZED (
    SELECT count(*) AS ahead FROM mine, LATERAL (SELECT {_AHEAD}) ahead
), near AS (
    SELECT 1 AS step, person_id, points FROM mine
    UNION ALL
    SELECT 1 - before.steps, before.person_id, before.points FROM mine, LATERAL (
        SELECT row_number() OVER (ORDER BY points, reached_at DESC, person_id DESC) AS steps, person_id, points
        {_AHEAD} ORDER BY points, reached_at DESC, person_id DESC LIMIT {AROUND}
    ) before
    UNION ALL
    SELECT mine.shown::int + behind.steps, behind.person_id, behind.points FROM mine, LATERAL (
        SELECT row_number() OVER (ORDER BY points DESC, reached_at, person_id) AS steps, person_id, points
        {_BEHIND} ORDER BY points DESC, reached_at, person_id LIMIT {AROUND}
    ) behind
)
SELECT place.ahead + near.step, near.person_id, person.display_name, near.points
FROM place, near JOIN accounts_user person ON person.id = near.person_id
ORDER BY near.step, near.person_id <> %(me)s
"""  # noqa: S608 - all that stands in it is above


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
