"""The ledger of points, and the sums that are kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from oa.community.rules import EVER, Booked, Key, Period, Reason, start_of
from oa.trees.models import Message, Tree

# Weights have few decimals; a person's points have room for a thousand years of work.
DIGITS, DECIMALS = 14, 4


class EntryQuerySet(models.QuerySet["Entry"]):
    def booked(self, tree_ids: Sequence[UUID]) -> dict[UUID, dict[Key, Booked]]:
        """What was booked for each of these trees so far, by what it was for."""
        rows = (
            self
            .filter(tree__in=tree_ids)
            .order_by()
            .values_list("tree", "person", "reason", "subject", "message", "lang")
            .annotate(Sum("points"))
        )
        found: dict[UUID, dict[Key, Booked]] = {pk: {} for pk in tree_ids}
        for tree, person, reason, subject, message, lang, points in rows:
            found[tree][Key(person, Reason(reason), subject)] = Booked(points, message, lang)
        return found

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


# One statement, rows in one order, so that two bookings never wait for each other crosswise.
_ADD = """
INSERT INTO community_total AS kept (person_id, lang, period, starts, points, tasks, shown, reached_at)
SELECT * FROM unnest(%(people)s::uuid[], %(langs)s::text[], %(periods)s::text[], %(starts)s::date[],
                     %(points)s::numeric[], %(tasks)s::int[], %(shown)s::bool[], %(at)s::timestamptz[])
ORDER BY 1, 2, 3, 4
ON CONFLICT (person_id, lang, period, starts) DO UPDATE
SET points = kept.points + excluded.points, tasks = kept.tasks + excluded.tasks,
    reached_at = CASE WHEN excluded.points = 0 THEN kept.reached_at
                      ELSE greatest(kept.reached_at, excluded.reached_at) END
RETURNING person_id, lang, period, points
"""


class Sums:
    """Points and tasks to be added to the totals, gathered before they are written."""

    def __init__(self) -> None:
        self._points: dict[tuple[UUID, str, Period, object], Decimal] = {}
        self._tasks: dict[tuple[UUID, str, Period, object], int] = {}
        self._latest: dict[tuple[UUID, str, Period, object], datetime] = {}

    def add(self, person_id: UUID, *, lang: str, at: datetime, points: Decimal = Decimal(), tasks: int = 0) -> None:
        """Count towards the day, week and month in which it happened, and towards all; in one language and in all."""
        for period in Period:
            for board in (lang, ""):
                key = (person_id, board, period, start_of(period, at))
                self._points[key] = self._points.get(key, Decimal()) + points
                self._tasks[key] = self._tasks.get(key, 0) + tasks
                self._latest[key] = max(self._latest.get(key, at), at)

    def parameters(self, shown: dict[UUID, bool]) -> dict[str, list[Any]]:
        keys = list(self._points)
        return {
            "people": [key[0] for key in keys],
            "langs": [key[1] for key in keys],
            "periods": [key[2].value for key in keys],
            "starts": [key[3] for key in keys],
            "points": [self._points[key] for key in keys],
            "tasks": [self._tasks[key] for key in keys],
            "shown": [shown[key[0]] for key in keys],
            "at": [self._latest[key] for key in keys],
        }

    def gained(self) -> dict[UUID, Decimal]:
        """What each person gains in all."""
        return {key[0]: points for key, points in self._points.items() if key[1:3] == ("", Period.ALL)}

    def __bool__(self) -> bool:
        return bool(self._points)


class TotalQuerySet(models.QuerySet["Total"]):
    def add(self, sums: Sums, *, shown: dict[UUID, bool]) -> dict[UUID, Decimal]:
        """Add to the totals. Gives every person's points of all time as they are now."""
        with connection.cursor() as cursor:
            cursor.execute(_ADD, sums.parameters(shown))
            return {person: points for person, lang, period, points in cursor if (lang, period) == ("", Period.ALL)}

    def board(self, period: Period, lang: str, now: datetime) -> Self:
        """Everybody on a board, the best first; who had their points first stands before who came to as many later."""
        place = {"period": period, "lang": lang, "starts": start_of(period, now)}
        return self.filter(**place, shown=True, points__gt=0).order_by("-points", "reached_at", "person_id")

    def of(self, person_id: UUID, now: datetime, lang: str = "") -> dict[Period, Total]:
        """One person's totals of the periods in which a moment lies."""
        current = Q(*(Q(period=period, starts=start_of(period, now)) for period in Period), _connector=Q.OR)
        rows = self.filter(current, person=person_id, lang=lang)
        return {Period(row.period): row for row in rows}

    def before(self, total: Total) -> Self:
        """Whoever stands before this one on its board."""
        ahead = Q(points__gt=total.points) | Q(points=total.points) & (
            Q(reached_at__lt=total.reached_at) | Q(reached_at=total.reached_at, person_id__lt=total.person_id)
        )
        return self._beside(total).filter(ahead, points__gte=total.points)

    def after(self, total: Total) -> Self:
        """Whoever stands behind this one on its board."""
        behind = Q(points__lt=total.points) | Q(points=total.points) & (
            Q(reached_at__gt=total.reached_at) | Q(reached_at=total.reached_at, person_id__gt=total.person_id)
        )
        return self._beside(total).filter(behind, points__lte=total.points)

    def _beside(self, total: Total) -> Self:
        board = {"period": total.period, "lang": total.lang, "starts": total.starts}
        return self.filter(**board, shown=True, points__gt=0)


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
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"people": people, "reasons": reasons, "langs": langs, "times": times})


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
