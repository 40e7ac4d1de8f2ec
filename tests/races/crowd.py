"""Several people at the same moment: real threads, a connection each, on real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from oa.core.errors import Refusal

R = TypeVar("R")
# A race that waits longer than this for a lock is lost: nobody in here holds one on purpose.
PATIENCE = "20s"


def together(*acts: Callable[[], R]) -> list[R | Refusal]:
    """Run these acts at the same moment. Gives what each returned, or the refusal it met.

    Anything else that is raised (a deadlock, a broken constraint, a lock not got in time) is a
    failure of the test.
    """
    barrier = Barrier(len(acts))

    def run(act: Callable[[], R]) -> R | Refusal:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
            barrier.wait(timeout=60)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return [future.result(timeout=120) for future in [crowd.submit(run, act) for act in acts]]


def codes(results: list[R | Refusal]) -> list[str]:
    """The codes of the refusals among these."""
    return sorted(result.code for result in results if isinstance(result, Refusal))


def granted(results: list[R | Refusal]) -> list[R]:
    """What was returned rather than refused."""
    return [result for result in results if not isinstance(result, Refusal)]


def wait_for_somebody_to_wait() -> None:
    """Until another connection waits for a lock; so that a race need not hope for its moment."""
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), pg_sleep(0.005) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits for a lock")
