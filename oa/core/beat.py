"""What sends the rounds out: django-celery-beat's scheduler, which looks less often whether somebody changed them."""

from __future__ import annotations

import time
from typing import Any

from django_celery_beat.schedulers import DatabaseScheduler

# A change in the admin is heeded after so many seconds.
LOOK_SECONDS = 5.0


class Scheduler(DatabaseScheduler):  # type: ignore[misc]  # the library has no types
    """The library's asks the database at every tick: twenty times a second with our rounds."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._looked_at = float("-inf")
        super().__init__(*args, **options)

    def schedule_changed(self) -> bool:
        now = time.monotonic()
        if now - self._looked_at < LOOK_SECONDS:
            return False
        self._looked_at = now
        return bool(super().schedule_changed())
