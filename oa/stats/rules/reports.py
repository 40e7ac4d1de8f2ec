"""When a report is made anew, and what all of them say of themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CONFIDENCE = 0.95
RESAMPLES = 1000
# Below these nothing is told but the number: so many messages, and so many on either side where two are compared.
TOO_FEW = 30
TOO_FEW_OF_A_SIDE = 5
# Making reports takes at most one part in 61 of a worker's time, and a report is a minute old at least.
OFTEN = 60
AT_LEAST = timedelta(seconds=60)
# A worker that has not finished after this long is gone.
PATIENCE = timedelta(minutes=10)


class Kind(TextChoices):
    """What a report is about."""

    TOXICITY = "toxicity", _("people and the machine on toxicity")


def is_due(*, made_at: datetime | None, seconds: float | None, now: datetime) -> bool:
    """Whether a new report is to be made: none yet, or the last one is older than 60 times what it took, and a minute.

    `made_at` and `seconds` are of the last one that was finished.
    """
    if made_at is None:
        return True
    return now - made_at >= max(AT_LEAST, timedelta(seconds=OFTEN * (seconds or 0)))


def is_lost(*, begun_at: datetime, last_took: float | None, now: datetime) -> bool:
    """Whether who began a report then will not finish it: ten minutes are over, and 20 times what the last one took."""
    return now - begun_at >= max(PATIENCE, timedelta(seconds=20 * (last_took or 0)))


def key_of(lang: str | None, role: str | None) -> str:
    """Under which key a report keeps a group of messages; None: of all languages, of both roles."""
    return f"{lang or ''}/{role or ''}"
