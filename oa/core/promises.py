"""Promises: what is true of the rows at any moment, and how to see when it is not.

Each app declares the checks of what it promises in its `promises.py`; `manage.py check_integrity`
runs them all. A check streams its breaches, so that it needs no more memory for a million trees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection, transaction

BATCH = 2000


@dataclass(slots=True)
class Tally:
    """How many subjects a check has looked at."""

    checked: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One way in which a promise could be broken.

    `promise` is its id in oa/README.md ("P4"), `says` what holds, `run` yields one sentence with
    ids for each breach and counts what it has looked at.
    """

    promise: str
    says: str
    run: Callable[[Tally], Iterator[str]]


def in_sql(
    promise: str, says: str, *, subjects: str, breaches: str, tells: str, given: Mapping[str, int] | None = None
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


def stream(sql: str, given: Mapping[str, int] | None = None) -> Iterator[tuple[object, ...]]:
    """The rows of a query, a few at a time, through a cursor on the server."""
    with transaction.atomic(savepoint=False), connection.chunked_cursor() as cursor:
        cursor.execute(sql, given)
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def kept(checks: Iterator[Check] | list[Check]) -> list[str]:
    """The breaches of all these checks together, for tests."""
    return [f"{check.promise}: {breach}" for check in checks for breach in check.run(Tally())]
