"""The workers, asked from outside: who is there, what waits for them, and who wants to know of jobs that failed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from celery import Task, current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, OperationalError
from kombu.exceptions import OperationalError as BrokerAway

from oa.core.redis import AWAY, Line

PATIENCE = 0.5  # seconds in which a worker that lives has answered
KEY, KEPT_SECONDS = "workers-alive", 5

log = structlog.get_logger("oa.workers")

# Who is told of jobs that failed. Apps above this one add themselves.
_told: list[Callable[[str, BaseException], object]] = []


def tell_of_failures(listener: Callable[[str, BaseException], object]) -> None:
    """Have `listener` called with the name of each job that fails from now on, and its error."""
    _told.append(listener)


class Job(Task):  # type: ignore[misc]  # Celery has no types
    """What every job is: one that fails is told of. A database that was away is not a failure of the job."""

    abstract = True

    def on_failure(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        super().on_failure(exc, task_id, args, kwargs, einfo)
        if isinstance(exc, OperationalError):
            return
        for listener in _told:
            try:
                listener(self.name, exc)
            except DatabaseError as error:
                log.warning("a failure can't be written down", job=self.name, error=str(error))


def queue_names() -> list[str]:
    """The queues that workers read."""
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    return sorted({settings.CELERY_TASK_DEFAULT_QUEUE, *routed})


def queue_lengths() -> dict[str, int | None]:
    """How many jobs wait in each queue; None while Redis is away."""
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("global_keyprefix", "")
    names = queue_names()
    found = Line(settings.REDIS_URL).ask(lambda redis: [redis.llen(f"{prefix}{name}") for name in names], None)
    return dict(zip(names, found if found is not None else [None] * len(names), strict=True))


def workers_alive() -> list[str] | None:
    """The names of the workers that answer, at most five seconds old; None while Redis is away."""
    kept: list[str] | None = cache.get(KEY)
    if kept is None:
        try:
            kept = sorted(name for answer in current_app.control.ping(timeout=PATIENCE) for name in answer)
        except (BrokerAway, *AWAY):
            return None
        cache.set(KEY, kept, KEPT_SECONDS)
    return kept
