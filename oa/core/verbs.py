"""What every write has in common: it is a verb, and it happens whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import NotSupportedError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

_inside: ContextVar[bool] = ContextVar("inside_a_verb", default=False)


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Run a write in one transaction; a verb called by another verb joins the caller's.

    Only the outermost verb may need a savepoint (inside a test's transaction). Inner verbs take
    none: a savepoint costs two statements, and a refused inner verb must undo the whole act anyway.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _inside.get():
            return _joined(function, *args, **kwargs)
        token = _inside.set(True)
        try:
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except NotSupportedError:  # a plan from before a migration (oa.core.prepared.run), forgotten by now
                if connection.in_atomic_block:
                    raise
            with transaction.atomic():
                return function(*args, **kwargs)
        finally:
            _inside.reset(token)

    return run


def _joined(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What `atomic(savepoint=False)` does inside another one, without its 20 microseconds: a refused part lets nothing
    of the whole stand, unless whoever catches the refusal had put a savepoint around it."""
    try:
        return function(*args, **kwargs)
    except BaseException:
        transaction.set_rollback(True)
        raise
