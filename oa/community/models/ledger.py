"""The ledger of points, and the sums that are kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oa.community.rules import EVER, Booked, Change, Key, Period, Reason, start_of
from oa.core.prepared import Prepared, Slot, run
from oa.trees.models import Message, Tree

# Weights have few decimals; a person's points have room for a thousand years of work.
DIGITS, DECIMALS = 14, 4
_NONE = Decimal()


# Lines come in the order in which they were written.
_BOOKED = """
SELECT tree_id, person_id, reason, subject, points, message_id, lang FROM (
    SELECT * FROM community_entry WHERE tree_id = ANY(%(trees)s)
    UNION ALL
    SELECT * FROM community_entry WHERE tree_id = ANY(%(others)s) AND message_id = ANY(%(about)s)
) line ORDER BY id
"""
_WRITE = """
INSERT INTO community_entry (person_id, reason, points, times, subject, message_id, tree_id, lang, at)
SELECT * FROM unnest(%(people)s::uuid[], %(reasons)s::text[], %(points)s::numeric[], %(times)s::smallint[],
                     %(subjects)s::uuid[], %(messages)s::uuid[], %(trees)s::uuid[], %(langs)s::text[],
                     %(at)s::timestamptz[])
"""


class EntryQuerySet(models.QuerySet["Entry"]):
    def booked(
        self, tree_ids: Sequence[UUID], *, others: Sequence[UUID] = (), about: Sequence[UUID] = ()
    ) -> dict[UUID, dict[Key, Booked]]:
        """What was booked so far for each of these trees, by what it was for; of `others` only what is about these
        messages. The language is that of the last line."""
        found: dict[UUID, dict[Key, Booked]] = {pk: {} for pk in (*tree_ids, *others)}
        values: dict[str, object] = {"trees": list(tree_ids), "others": list(others), "about": list(about)}
        for tree, person, reason, subject, points, message, lang in run(_BOOKED, values):
            lines, key = found[tree], Key(person, Reason(reason), subject)
            had = lines.get(key)
            lines[key] = Booked(points + had.points if had else points, message, lang)
        return found

    def write(self, changes: Iterable[tuple[UUID, Change]], *, now: datetime) -> None:
        """Add these lines, each with the tree it is about; all in one statement."""
        rows = [
            (
                change.key.person_id, change.key.reason.value, change.points, change.times, change.key.subject,
                change.message_id, tree_id, change.lang, change.at or now,
            )
            for tree_id, change in changes
        ]  # fmt: skip
        if rows:
            names = ("people", "reasons", "points", "times", "subjects", "messages", "trees", "langs", "at")
            run(_WRITE, dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))

    def of(self, person_id: UUID) -> Self:
        return self.filter(person=person_id)


class Entry(models.Model):
    """A line of the ledger: who gets how many points for what. The database refuses to change a line."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(_("for"), max_length=24, choices=Reason)
    points = models.DecimalField(_("points"), max_digits=DIGITS, decimal_places=DECIMALS)
    times = models.SmallIntegerField(_("times"), help_text=_("1: new, -1: taken back, 0: another amount."))
    subject = models.UUIDField(_("subject"), help_text=_("The message, review or ballot that earned it."))
    # No keys of the database: whatever becomes of the rows, a line stays as it was written.
    message = models.ForeignKey(Message, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    tree = models.ForeignKey(Tree, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    lang = models.CharField(_("language"), max_length=16)
    at = models.DateTimeField(_("when"))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger line")
        verbose_name_plural = _("ledger lines")
        constraints = [
            models.CheckConstraint(condition=~Q(points=0), name="a_ledger_line_says_something"),
        ]
        indexes = [
            models.Index(fields=["tree"], name="ledger_of_a_tree"),
            models.Index(fields=["person", "-at", "-id"], name="ledger_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.points} for {self.reason}"


# One statement, rows in one order, so that two bookings never wait for each other crosswise. What is of one day counts
# towards that day, its week, its month and all; in one language and in all. Days as `rules.start_of` has them.
_ADD = """
WITH more AS (
    SELECT * FROM unnest(%(people)s::uuid[], %(langs)s::text[], %(days)s::date[], %(points)s::numeric[],
                         %(tasks)s::int[], %(shown)s::bool[], %(at)s::timestamptz[])
             AS more(person_id, lang, day, points, tasks, shown, at)
), added AS (
    INSERT INTO community_total AS kept (person_id, lang, period, starts, points, tasks, shown, reached_at)
    SELECT more.person_id, board.lang, span.period, span.starts, sum(more.points), sum(more.tasks),
           bool_and(more.shown), max(more.at)
    FROM more
    CROSS JOIN LATERAL (VALUES (more.lang), ('')) AS board(lang)
    CROSS JOIN LATERAL (VALUES
        ('day', more.day), ('week', date_trunc('week', more.day::timestamp)::date),
        ('month', date_trunc('month', more.day::timestamp)::date), ('all', date '1970-01-01')) AS span(period, starts)
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (person_id, lang, period, starts) DO UPDATE
    SET points = kept.points + excluded.points, tasks = kept.tasks + excluded.tasks,
        reached_at = CASE WHEN excluded.points = 0 THEN kept.reached_at
                          ELSE greatest(kept.reached_at, excluded.reached_at) END
    RETURNING person_id, lang, period, points
)
SELECT person_id, points FROM added WHERE lang = '' AND period = 'all'
"""


@dataclass(slots=True)
class _Gain:
    points: Decimal
    tasks: int
    latest: datetime


class Sums:
    """Points and tasks to be added to the totals, gathered before they are written: by person, language and day."""

    def __init__(self) -> None:
        self._gains: dict[tuple[UUID, str, date], _Gain] = {}

    def add(self, person_id: UUID, *, lang: str, at: datetime, points: Decimal = _NONE, tasks: int = 0) -> None:
        """Count towards the periods in which it happened; in one language and in all."""
        key = (person_id, lang, start_of(Period.DAY, at))
        gain = self._gains.get(key)
        if gain is None:
            self._gains[key] = _Gain(points, tasks, at)
        else:
            gain.points, gain.tasks, gain.latest = gain.points + points, gain.tasks + tasks, max(gain.latest, at)

    def parameters(self, shown: dict[UUID, bool]) -> dict[str, object]:
        keys, gains = list(self._gains), list(self._gains.values())
        return {
            "people": [person for person, _lang, _day in keys],
            "langs": [lang for _person, lang, _day in keys],
            "days": [day for _person, _lang, day in keys],
            "shown": [shown[person] for person, _lang, _day in keys],
            "points": [gain.points for gain in gains],
            "tasks": [gain.tasks for gain in gains],
            "at": [gain.latest for gain in gains],
        }

    def gained(self) -> dict[UUID, Decimal]:
        """What each person gains in all."""
        found: dict[UUID, Decimal] = {}
        for (person, _lang, _day), gain in self._gains.items():
            found[person] = found.get(person, _NONE) + gain.points
        return found

    def __bool__(self) -> bool:
        return bool(self._gains)


class TotalQuerySet(models.QuerySet["Total"]):
    def add(self, sums: Sums, *, shown: dict[UUID, bool]) -> dict[UUID, Decimal]:
        """Add to the totals. Gives every person's points of all time as they are now."""
        return dict(run(_ADD, sums.parameters(shown)).fetchall())

    def of(self, person_id: UUID, now: datetime, lang: str = "") -> dict[Period, Total]:
        """One person's totals of the periods in which a moment lies."""
        starts = {period.value: start_of(period, now) for period in Period}
        return {Period(row.period): row for row in _TOTALS_OF(person=person_id, lang=lang, **starts)}


_TOTALS_OF: Prepared[Total] = Prepared(
    lambda: Total.objects.filter(
        Q(*(Q(period=period, starts=Slot(period.value, models.DateField())) for period in Period), _connector=Q.OR),
        person=Slot("person", models.UUIDField()), lang=Slot("lang", models.CharField()),
    )
)  # fmt: skip


class Total(models.Model):
    """What one person has in one period: in one language, or in all (the empty one)."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    lang = models.CharField(_("language"), max_length=16, blank=True, help_text=_("Empty: all of them."))
    period = models.CharField(_("period"), max_length=5, choices=Period)
    starts = models.DateField(_("begins"), default=EVER)
    points = models.DecimalField(_("points"), max_digits=DIGITS, decimal_places=DECIMALS)
    tasks = models.PositiveIntegerField(_("tasks handed in"), default=0)
    shown = models.BooleanField(_("on the boards"), default=True)
    reached_at = models.DateTimeField(_("last changed"))

    objects = TotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("total")
        verbose_name_plural = _("totals")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lang", "period", "starts"], name="one_total_per_person_language_and_period"
            ),
        ]
        indexes = [
            models.Index(
                F("period"), F("lang"), F("starts"), F("points").desc(), F("reached_at"), F("person"),
                condition=Q(shown=True, points__gt=0), name="boards",
            ),
            # What everybody did in a period, without touching the table.
            models.Index(fields=["period", "lang", "starts"], include=["tasks"], name="totals_of_a_period"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person_id} {self.period} {self.lang or 'all'}: {self.points}"


_COUNT = """
INSERT INTO community_tally AS kept (person_id, reason, lang, times)
SELECT * FROM unnest(%(people)s::uuid[], %(reasons)s::text[], %(langs)s::text[], %(times)s::int[])
ORDER BY 1, 2, 3
ON CONFLICT (person_id, reason, lang) DO UPDATE SET times = kept.times + excluded.times
"""


class TallyQuerySet(models.QuerySet["Tally"]):
    def add(self, counts: Iterable[tuple[tuple[UUID, Reason, str], int]]) -> None:
        """Count more of what people did, each person, reason and language once."""
        rows = [(person, reason.value, lang, number) for (person, reason, lang), number in counts if number]
        if not rows:
            return
        people, reasons, langs, times = (list(column) for column in zip(*rows, strict=True))
        run(_COUNT, {"people": people, "reasons": reasons, "langs": langs, "times": times})


class Tally(models.Model):
    """How often one person got points for one thing in one language: what badges are given for."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(_("for"), max_length=24, choices=Reason)
    lang = models.CharField(_("language"), max_length=16)
    times = models.IntegerField(_("times"))

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(fields=["person", "reason", "lang"], name="one_tally_per_person_reason_language"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.reason}: {self.times}"
