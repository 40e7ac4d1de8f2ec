"""How much of somebody's work goes wrong, and from when on that is suspicious. No database in here.

A *piece* of work is a message, a review or a ballot whose outcome can be told by now. A piece has gone wrong for one
reason at most, the first of `Wrong` that holds, so the reasons add up to the pieces gone wrong and `rate` is a true
share. Neither reactions nor mere numbers of anything make it up: a person about whom many are angry, or who does very
much, has no worse a record for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import sqrt
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.trees.rules import Policy


class Wrong(TextChoices):
    """Why a piece of work counts as gone wrong. Of several reasons the first one counts."""

    SPAM = "spam", _("messages that a moderator marked as spam")
    DELETED = "deleted", _("messages that a moderator deleted; not those that went along with the one above them")
    RED_FLAGS = "red_flags", _("messages that the rule on red flags stopped or deleted")
    REPORTS = "reports", _("messages that were reported, and a moderator acted upon that")
    REJECTED = "rejected", _("messages that their reviewers rejected")
    DUPLICATES = "duplicates", _("accepted prompts that are nearly the same as an earlier one of somebody else")
    DECIDED_OTHERWISE = "decided_otherwise", _("reviews of messages that were decided the other way")
    RANKED_OTHERWISE = "ranked_otherwise", _("rankings far from what all rankings together came to")


class Span(TextChoices):
    """Of when the work is. Not calendar days, of which one has only just begun around midnight."""

    DAY = "day", _("the last 24 hours")
    WEEK = "week", _("the last 7 days")
    MONTH = "month", _("the last 30 days")
    TOTAL = "total", _("all time")


LENGTHS: Mapping[Span, timedelta | None] = {
    Span.DAY: timedelta(days=1),
    Span.WEEK: timedelta(days=7),
    Span.MONTH: timedelta(days=30),
    Span.TOTAL: None,
}


@dataclass(frozen=True, slots=True)
class Share:
    """k of n, and between what bounds the true share lies with 95 % confidence. Without any n nothing is known."""

    k: int
    n: int

    @property
    def rate(self) -> float | None:
        return self.k / self.n if self.n else None

    @property
    def low(self) -> float:
        return wilson(self.k, self.n)[0]

    @property
    def high(self) -> float:
        return wilson(self.k, self.n)[1]


# For so many days it is kept who was seen in which network.
KEPT_DAYS = 30
# A network of more people is a school, a company, a café: it tells nothing about any of them.
MOST_OF_A_NETWORK = 20

# The 97.5 % point of the normal distribution: 95 % lie between it and its mirror image.
Z = 1.959963984540054


def wilson(k: float, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share of k in n; (0, 1) when n is 0.

    It stays within 0 and 1 and holds for small n, unlike the usual mean ± 1.96 standard errors: of one piece gone
    wrong out of one it says 0.21 to 1. Source: E. B. Wilson, Probable inference, the law of succession, and
    statistical inference, Journal of the American Statistical Association 22 (1927) 209-212.
    """
    if not n:
        return 0.0, 1.0
    share = k / n
    scale = 1 + Z * Z / n
    middle = (share + Z * Z / (2 * n)) / scale
    reach = Z / scale * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    # At the ends the bounds are 0 and 1; rounding must not put them beside that.
    return (0.0 if k == 0 else middle - reach), (1.0 if k == n else middle + reach)


@dataclass(frozen=True, slots=True)
class Record:
    """What became of somebody's work.

    `parts`: pieces gone wrong by reason; `prompts` and `copies`: prompts a machine has compared with others, and those
    very like an earlier one of somebody else; `judgements` and `median_seconds`: reviews and rankings lately, and how
    long they had the task for one of them; `usual_seconds`: how long everybody has it.
    """

    person_id: UUID
    pieces: int = 0
    parts: Mapping[Wrong, int] = field(default_factory=dict)
    prompts: int = 0
    copies: int = 0
    judgements: int = 0
    median_seconds: float | None = None
    usual_seconds: float | None = None

    @property
    def bad(self) -> int:
        return sum(self.parts.values())

    @property
    def share(self) -> Share:
        return Share(self.bad, self.pieces)


# From so many prompts on that are very like somebody else's, if they are half of all somebody writes: two people may
# well have the same idea once or twice.
MANY_COPIES = 5

# Judging takes reading: people read some four words in a second, and a message has dozens. Twenty at a median below
# two seconds are no accident of a few short ones. Where everybody is that fast it says nothing: they are programs of a
# rehearsal then. So it must be a quarter of what everybody takes, too.
FASTEST_SECONDS = 2.0
ENOUGH_JUDGEMENTS = 20
SO_MUCH_FASTER = 4


def suspicion(record: Record, policy: Policy) -> int:
    """How much there is to suspect somebody of: 0, or a level that rises by one each time there is twice as much, or
    something else. So a moderator who found nothing wrong is not asked about each single piece from then on."""
    return sum(number.bit_length() for number in _suspected(record, policy))


def _suspected(record: Record, policy: Policy) -> list[int]:
    """How many of what was found, for each of the three ways to be suspicious."""
    found = []
    if record.pieces >= policy.suspicious_min_pieces and record.bad and record.share.low >= policy.suspicious_rate:
        found.append(record.bad)
    if record.copies >= MANY_COPIES and 2 * record.copies >= record.prompts:
        found.append(record.copies)
    if _inhumanly_fast(record):
        found.append(record.judgements)
    return found


def _inhumanly_fast(record: Record) -> bool:
    mine, usual = record.median_seconds, record.usual_seconds
    if mine is None or usual is None or record.judgements < ENOUGH_JUDGEMENTS:
        return False
    return mine < FASTEST_SECONDS and SO_MUCH_FASTER * mine < usual
