"""What a round of beat has found is worked on: the first of it at once, the rest by messages of many ids each.

How often beat sends which round is said in `oa/rounds.py`.

A message costs a worker 10 to 30 ms of its own, whatever is in it. One for each thing once buried workers that had
fallen behind: rounds sent faster than they could read, so that whatever they came to read was out of date and was
dropped, and nothing was done any more, ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from celery import shared_task

# Longer than most rounds take to come again. Without an end, workers that fall behind would be sent the same again by
# every round, fall behind further, and never reach what is new.
STALE_SECONDS = 15
# How many ids go into a message, and how many messages a round sends at most: workers then drop stale messages faster
# than rounds send them, and so always come to one that is still of use. What is left over is found by a later round.
AT_ONCE = 50
MOST_MESSAGES = 20


def for_each(*, at_once: int = AT_ONCE) -> Callable[[Callable[[str], object]], Any]:
    """Make a job of any number of ids out of a function of one: `share_out` gives it `at_once` of them at a time.

    Each id is done by itself. When one fails, those after it are sent in a message of their own, and the job fails
    with the error of that one.
    """

    def decorate(act: Callable[[str], object]) -> Any:
        @shared_task(name=f"{act.__module__}.{act.__name__}", at_once=at_once)  # type: ignore[untyped-decorator]  # Celery has no types
        @wraps(act)
        def job(*ids: str) -> None:
            begun = 0
            try:
                for pk in ids:
                    begun += 1
                    act(pk)
            finally:
                _send(job, ids[begun:])

        return job

    return decorate


def share_out(job: Any, ids: Iterable[object]) -> None:
    """Have a job that `for_each` made run for these ids: for the first of them here, for the others by other workers.

    What no worker has begun in time is dropped: a later round finds it again.
    """
    names = [str(pk) for pk in ids]
    _send(job, names[job.at_once :])
    job(*names[: job.at_once])


def _send(job: Any, ids: Sequence[str]) -> None:
    for start in range(0, min(len(ids), MOST_MESSAGES * job.at_once), job.at_once):
        job.apply_async(tuple(ids[start : start + job.at_once]), expires=STALE_SECONDS)
