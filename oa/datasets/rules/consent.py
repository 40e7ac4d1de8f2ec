"""Which messages may be in a release: what their authors agreed to and took back. No database in here.

The same decision is made for many rows at once by the database (`oa.datasets.models.consent`); a test holds one against
the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Held(TextChoices):
    """Why a message may not be released. The first that holds is told."""

    WITHDRAWN = "withdrawn", _("taken back by its author")
    WITHHELD = "withheld", _("kept back until a moderator has looked")
    UNCONSENTED = "unconsented", _("its author has not agreed to the terms")
    EMBARGOED = "embargoed", _("too new: the days for second thoughts are not over")


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about one message. `own`: whether its author has an account here.

    What came with an import, or without author, is under the licence of the import: nobody here has to agree, and it
    was public before.
    """

    withdrawn: bool
    withdrew_all: bool
    withheld: bool
    own: bool
    agreed: bool
    written: datetime | None


def why_held(standing: Standing, *, embargo_days: int, now: datetime) -> str:
    """Why a message may not be released now: a code of `Held`, empty if it may be."""
    over = standing.written is None or standing.written + timedelta(days=embargo_days) <= now
    checks = (
        (standing.withdrawn or standing.withdrew_all, Held.WITHDRAWN),
        (standing.withheld, Held.WITHHELD),
        (standing.own and not standing.agreed, Held.UNCONSENTED),
        (standing.own and not over, Held.EMBARGOED),
    )
    return next((reason.value for holds, reason in checks if holds), "")


def free_from(standing: Standing, *, embargo_days: int) -> datetime | None:
    """From when on a message may be in a release, as far as days decide it; None for what has no embargo."""
    if not standing.own or standing.written is None:
        return None
    return standing.written + timedelta(days=embargo_days)
