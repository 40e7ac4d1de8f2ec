"""Reading much at one moment, so that a site at work does not look broken meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet

R = TypeVar("R")
AT_ONCE = 2000


@contextmanager
def one_moment(first: Callable[[], object] | None = None) -> Iterator[None]:
    """All statements inside see the rows of one moment and write nothing; inside another transaction, its moment.

    `first` is run in the same transaction before nothing may be made any more: it may make temporary tables.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            _set("ISOLATION LEVEL REPEATABLE READ")
        if first is not None:
            first()
        if outermost:
            _set("READ ONLY")
        yield


def _set(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET TRANSACTION {what}")


def streamed(rows: QuerySet[Any, R], *, at_once: int = AT_ONCE) -> Iterator[R]:
    """What `rows.iterator()` gives, inside a transaction: through a cursor on the server, a part at a time.

    Behind a transaction pooler Django's `iterator` fetches all rows into memory, because a cursor may not outlive its
    transaction. One that ends before does no harm.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Rows are streamed in a transaction only.")
    # What `iterator` does, whatever the settings say.
    iterable: Any = rows._iterable_class
    found: Iterator[R] = iter(iterable(rows, chunked_fetch=True, chunk_size=at_once))
    return found
