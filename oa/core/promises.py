"""Promises: what is true of the rows at any moment, and how to see when it is not.

Each app declares the checks of what it promises in its `promises.py`; `manage.py check_integrity`
runs them all. A check streams its breaches, so that it needs no more memory for a million trees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.db import connection, transaction

from oa.core.moments import one_moment

BATCH = 2000
# Sums over all rows are worked out in memory as far as this reaches, and in files beyond; each check may take a few
# times as much.
WORK_MEM = "128MB"
T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """How many subjects a check has looked at."""

    checked: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One way in which a promise could be broken.

    `promise` is its id in oa/README.md ("P4"), `says` what holds, `run` yields one sentence with
    ids for each breach and counts what it has looked at. A `long` one is begun before the others, or it would be left
    over alone when all others are done.
    """

    promise: str
    says: str
    run: Callable[[Tally], Iterator[str]]
    long: bool = False


def in_sql(
    promise: str, says: str, *, subjects: str, breaches: str, tells: str, given: Mapping[str, Any] | None = None
) -> Check:  # one value each
    """A check that is one query.

    `subjects` counts what is looked at; `breaches` selects a row for each breach, and `tells`
    puts such a row into words ("message {0} has …").
    """

    def run(tally: Tally) -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute(subjects)
            tally.checked += cursor.fetchone()[0]
        for row in stream(breaches, given):
            yield tells.format(*row)

    return Check(promise, says, run)


def stream(sql: str, given: Mapping[str, Any] | None = None) -> Iterator[tuple[object, ...]]:
    """The rows of a query, a few at a time, through a cursor on the server."""
    with transaction.atomic(savepoint=False), connection.chunked_cursor() as cursor:
        cursor.execute(sql, given)
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def run_all(checks: Sequence[Check], look: Callable[[Check], T], *, at_once: int = 1) -> list[T]:
    """What `look` finds by running each of these checks, all of them at one moment.

    PostgreSQL gives what is read through a cursor one process each. So several checks are run at once, each by a thread
    with its own connection, which is shown the rows of the same moment.
    """
    inside = connection.in_atomic_block  # of a transaction whose rows no other connection sees
    with one_moment():
        if inside or at_once == 1:
            _take_room()
            return [look(check) for check in checks]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (moment,) = cursor.fetchone()
        with ThreadPoolExecutor(at_once, thread_name_prefix="check") as pool:
            looking = {
                place: pool.submit(_at, moment, partial(look, checks[place]))
                for place in sorted(range(len(checks)), key=lambda place: not checks[place].long)
            }
            return [looking[place].result() for place in range(len(checks))]


def _at(moment: str, work: Callable[[], T]) -> T:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [moment])
            _take_room()
            return work()
    finally:
        connection.close()


def _take_room() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEM])


def kept(checks: Iterator[Check] | list[Check]) -> list[str]:
    """The breaches of all these checks together, for tests."""
    return [f"{check.promise}: {breach}" for check in checks for breach in check.run(Tally())]
