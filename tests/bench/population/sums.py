"""The sums that are kept beside the ledger: points and tasks of people in days, weeks, months and in all, and how often
they got points for what. Gathered while trees are told, written at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter

import numpy as np

from oa.community.rules import ACCEPTED, BADGES, EVER, Period, Reason, Record, start_of
from tests.bench.population.forms import Numbers, Table, big, block, tenths
from tests.bench.population.people import TAGS, People

REASONS = tuple(Reason)
DAY = 86_400_000_000
FIRST = date(2000, 1, 1)
LETTERS = np.array([list(tag.encode()) for tag in TAGS], np.uint8)
TOTAL = Table("community_total", {
    "person_id": "uuid", "lang": "text", "period": "text", "starts": "date", "points": "numeric", "tasks": "int4",
    "shown": "bool", "reached_at": "time",
})  # fmt: skip
TALLY = Table("community_tally", {"person_id": "uuid", "reason": "text", "lang": "text", "times": "int4"})
ACTIVE_DAY = Table("community_activeday", {"person_id": "uuid", "day": "date"})
# A key is a person, a language and a day, or the first day of a longer period; the languages' last number is all.
ALL = len(TAGS)
_LANG, _DAY = 1 << 16, 1 << 22
AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Column:
    """Sums by key, in the order of keys."""

    keys: Numbers
    points: Numbers
    """In tenths."""
    tasks: Numbers
    latest: Numbers

    @classmethod
    def of(cls, keys: Numbers, points: Numbers, tasks: Numbers, latest: Numbers) -> Column:
        """One line for each key."""
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        firsts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else keys
        return cls(
            keys[firsts],
            np.add.reduceat(points[order], firsts) if len(keys) else points,
            np.add.reduceat(tasks[order], firsts) if len(keys) else tasks,
            np.maximum.reduceat(latest[order], firsts) if len(keys) else latest,
        )

    @classmethod
    def joined(cls, columns: list[Column]) -> Column:
        parts = ((one.keys, one.points, one.tasks, one.latest) for one in columns)
        return cls.of(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    def parts(self) -> Iterator[Column]:
        """A little at a time: rows take ten times the room of what they say."""
        for first in range(0, len(self.keys), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            yield Column(self.keys[some], self.points[some], self.tasks[some], self.latest[some])

    def moved(self, keys: Numbers) -> Column:
        """The same sums under other keys."""
        return Column.of(keys, self.points, self.tasks, self.latest)


def key_of(people: Numbers, langs: Numbers, days: Numbers) -> Numbers:
    found: Numbers = people * _DAY + langs * _LANG + days
    return found


@dataclass
class Sums:
    """What was done so far, by person, language and day."""

    gathered: list[Column] = field(default_factory=list)
    times: list[tuple[Numbers, Numbers]] = field(default_factory=list)

    def add(self, keys: Numbers, points: Numbers, tasks: Numbers, at: Numbers) -> None:
        self.gathered.append(Column.of(keys, points, tasks, at))
        if len(self.gathered) > 24:
            self.gathered = [Column.joined(self.gathered)]

    def count(self, people: Numbers, langs: Numbers, reasons: Numbers) -> None:
        """How often somebody got points for something in a language."""
        self.times.append(np.unique((people * 32 + langs) * 32 + reasons, return_counts=True))
        if len(self.times) > 24:
            self._tallied()

    def _tallied(self) -> tuple[Numbers, Numbers]:
        if len(self.times) == 1:
            return self.times[0]
        keys = np.concatenate([keys for keys, _times in self.times])
        times = np.concatenate([times for _keys, times in self.times])
        column = Column.of(keys, times, times, times)
        self.times = [(column.keys, column.points)]
        return self.times[0]

    # --- written down -------------------------------------------------------------------------------------------------

    def days(self) -> Column:
        if len(self.gathered) > 1:
            self.gathered = [Column.joined(self.gathered)]
        return self.gathered[0]

    def totals(self, people: People) -> Iterator[bytes]:
        """Rows of TOTAL."""
        days = self.days()
        everywhere = days.moved(days.keys // _DAY * _DAY + ALL * _LANG + days.keys % _LANG)
        for period in Period:
            for board in (days, everywhere):
                first = _starts(period, board.keys % _LANG)
                rows = board.moved(board.keys // _LANG * _LANG + first)
                for part in rows.parts():
                    yield _totals(part, period, people, everywhere=board is everywhere)

    def active_days(self, people: People) -> Iterator[bytes]:
        """Rows of ACTIVE_DAY."""
        keys = self._worked()
        yield block([people.ids[keys // _LANG], big(keys % _LANG, 4)])

    def tallies(self, people: People) -> Iterator[bytes]:
        """Rows of TALLY."""
        keys, times = self._tallied()
        for number, reason in enumerate(REASONS):
            these = keys % 32 == number
            if these.any():
                langs = LETTERS[keys[these] // 32 % 32]
                yield block([people.ids[keys[these] // 1024], reason.value.encode(), langs, big(times[these], 4)])

    def awards(self, people: People, at: datetime) -> Iterator[tuple[object, ...]]:
        """Rows of community_award: person, code, at."""
        days = self._days_of()
        for person, lines in groupby(self._told(), key=itemgetter(0)):
            record = _record(list(lines), days.get(person, []))
            for badge in BADGES:
                if badge.progress(record) >= badge.target:
                    yield people.names[person], badge.code, at

    def _told(self) -> Iterator[tuple[int, int, int, int]]:
        """Each person, language, reason, and how often."""
        keys, times = self._tallied()
        columns = (keys // 1024, keys // 32 % 32, keys % 32, times)
        yield from zip(*(column.tolist() for column in columns), strict=True)

    def _worked(self) -> Numbers:
        """On which day who handed something in."""
        column = self.days()
        keys = column.keys[column.tasks > 0]
        found: Numbers = np.unique(keys // _DAY * _LANG + keys % _LANG)
        return found

    def _days_of(self) -> dict[int, list[date]]:
        keys = self._worked()
        found: dict[int, list[date]] = {}
        for person, day in zip((keys // _LANG).tolist(), (keys % _LANG).tolist(), strict=True):
            found.setdefault(person, []).append(FIRST + timedelta(days=day))
        return found


def _record(lines: list[tuple[int, int, int, int]], days: list[date]) -> Record:
    times: dict[Reason, int] = {}
    langs = set()
    for _person, lang, number, count in lines:
        reason = REASONS[number]
        times[reason] = times.get(reason, 0) + count
        if reason in ACCEPTED:
            langs.add(lang)
    return Record(times, len(langs), days)


def _starts(period: Period, days: Numbers) -> Numbers:
    """The first day of the period in which each of these days lies; 0 stands for that of all time."""
    if period is Period.ALL:
        return np.zeros_like(days)
    known = np.unique(days)
    moments = (datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=int(day)) for day in known)
    first = np.array([(start_of(period, at) - FIRST).days for at in moments], np.int64)
    return first[np.searchsorted(known, days)]


def _totals(column: Column, period: Period, people: People, *, everywhere: bool) -> bytes:
    days = np.full_like(column.keys, (EVER - FIRST).days) if period is Period.ALL else column.keys % _LANG
    langs = b"" if everywhere else LETTERS[column.keys // _LANG % 64]
    return block([
        people.ids[column.keys // _DAY], langs, period.value.encode(), big(days, 4), tenths(column.points),
        big(column.tasks, 4), b"\x01", big(column.latest, 8),
    ])  # fmt: skip
