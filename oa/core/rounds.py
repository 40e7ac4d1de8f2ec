"""What a round of beat sends out: a job for each thing it has found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# Longer than most rounds take to come again. Without an end, workers that fall behind would be sent the same again by
# every round, fall behind further, and never reach what is new.
STALE_SECONDS = 15


def send_each(job: Any, ids: Iterable[object]) -> None:
    """Have `job` run for each id. What no worker has begun in time is dropped: a later round finds it again."""
    for pk in ids:
        job.apply_async((str(pk),), expires=STALE_SECONDS)
