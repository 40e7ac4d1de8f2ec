"""Looking at how the site does, and writing down which jobs failed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection

from oa.core.moments import one_moment
from oa.core.verbs import verb
from oa.moderation.models import Checkup, JobFailure, look_at_everything
from oa.tasks import promises as tasks
from oa.trees import promises as trees

# What a tree that is stuck breaks: it should have moved on, or nobody can do anything about it.
STUCK = [*trees.P5, *tasks.P7]

# A look is taken so often at most, and never more than a sixtieth of the time is spent looking.
OFTEN = timedelta(seconds=60)
SHARE = 60
# Any number that no other part of the program locks: workers look in turn whether a look is due.
CHECKUP_LOCK = 0x6F61_6865

FAILURES_KEPT = 200
_FAILED = """
INSERT INTO moderation_jobfailure AS failure (job, error, said, number, first_at, last_at)
VALUES (%(job)s, %(error)s, %(said)s, 1, %(now)s, %(now)s)
ON CONFLICT (job, error) DO UPDATE
SET number = failure.number + 1, said = excluded.said, last_at = greatest(failure.last_at, excluded.last_at)
"""


def check_up(*, clock: Callable[[], datetime]) -> Checkup | None:
    """Take a new look at everything that is dear to read; None when it is too early or somebody else is looking.

    All of it is of one moment, or a site at work would look stuck; nothing is held meanwhile that anybody might want.
    """
    begun = clock()
    last = Checkup.objects.first()
    if last is not None and begun - last.made_at < max(OFTEN, timedelta(seconds=last.seconds * SHARE)):
        return None
    with one_moment():
        if not _nobody_else_is_looking():
            return None
        data = look_at_everything(STUCK, now=begun)
    said = {"made_at": begun, "seconds": (clock() - begun).total_seconds(), "data": data}
    return Checkup.objects.update_or_create(pk=1, defaults=said)[0]


def _nobody_else_is_looking() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CHECKUP_LOCK])
        return bool(cursor.fetchone()[0])


@verb
def note_failure(*, job: str, error: BaseException, now: datetime) -> None:
    """Write down that a job failed. Only the first line of what it said: the others may quote somebody's words."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    said = next(iter(str(error).splitlines()), "")[:200]
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, {"job": job[:200], "error": kind[:200], "said": said, "now": now})
    old = JobFailure.objects.order_by("-last_at", "-id").values("pk")[FAILURES_KEPT : 2 * FAILURES_KEPT]
    JobFailure.objects.filter(pk__in=old).delete()
