"""Badges: for work that proved right, and for coming back. None for doing much of what is bad. No database in here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from oa.community.rules.points import ACCEPTED, Reason
from oa.community.rules.progress import streak_of

R = Reason


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody has done so far: how often what was right, in how many languages, on which days."""

    times: Mapping[Reason, int]
    languages: int
    days: Sequence[date]

    @property
    def best_streak(self) -> int:
        return streak_of(self.days, date.max).best

    def of(self, *reasons: Reason) -> int:
        return sum(max(self.times.get(reason, 0), 0) for reason in reasons)


@dataclass(frozen=True, slots=True)
class Badge:
    """What is to be reached, and how far somebody is."""

    code: str
    title: object
    help: object
    target: int
    done: Callable[[Record], int]

    def progress(self, record: Record) -> int:
        """How far somebody is, at most the target."""
        return min(self.done(record), self.target)


_SKILLS = (*ACCEPTED, R.REVIEW_AGREED, R.RANKING_AGREED)
# Without more of these nobody comes to a badge, but by coming on another day.
SKILLS = frozenset((*_SKILLS, R.RANKED_FIRST))

BADGES: tuple[Badge, ...] = (
    Badge("first_words", _("First words"), _("One message of yours was accepted."), 1, lambda r: r.of(*ACCEPTED)),
    Badge("curious", _("Curious mind"), _("Ten of your prompts were accepted."), 10, lambda r: r.of(R.PROMPT_ACCEPTED)),
    Badge(
        "helper", _("Helping hand"), _("Ten replies of yours as the assistant were accepted."), 10,
        lambda r: r.of(R.ASSISTANT_REPLY_ACCEPTED),
    ),
    Badge(
        "mainstay", _("Mainstay"), _("A hundred replies of yours as the assistant were accepted."), 100,
        lambda r: r.of(R.ASSISTANT_REPLY_ACCEPTED),
    ),
    Badge(
        "partner", _("Good company"), _("Ten replies of yours as the prompter were accepted."), 10,
        lambda r: r.of(R.PROMPTER_REPLY_ACCEPTED),
    ),
    Badge("best", _("The best of them"), _("A reply of yours was ranked first."), 1, lambda r: r.of(R.RANKED_FIRST)),
    Badge("master", _("Master"), _("Ten replies of yours were ranked first."), 10, lambda r: r.of(R.RANKED_FIRST)),
    Badge(
        "fair_eye", _("Fair eye"), _("25 reviews of yours agreed with the verdict."), 25,
        lambda r: r.of(R.REVIEW_AGREED),
    ),
    Badge(
        "good_judge", _("Good judge"), _("250 reviews of yours agreed with the verdict."), 250,
        lambda r: r.of(R.REVIEW_AGREED),
    ),
    Badge(
        "fine_taste", _("Fine taste"), _("25 rankings of yours were near the consensus."), 25,
        lambda r: r.of(R.RANKING_AGREED),
    ),
    Badge(
        "all_rounder", _("All-rounder"),
        _("You did each of these well: prompts, replies in both roles, reviews and rankings."), len(_SKILLS),
        lambda r: sum(1 for reason in _SKILLS if r.of(reason)),
    ),
    Badge(
        "polyglot", _("Polyglot"), _("Messages of yours were accepted in three languages."), 3, lambda r: r.languages
    ),
    Badge("week", _("A week in a row"), _("You came on seven days in a row."), 7, lambda r: r.best_streak),
    Badge("month", _("A month in a row"), _("You came on thirty days in a row."), 30, lambda r: r.best_streak),
)  # fmt: skip

BY_CODE = {badge.code: badge for badge in BADGES}


def earned(record: Record) -> list[Badge]:
    """The badges whose target is reached."""
    return [badge for badge in BADGES if badge.progress(record) >= badge.target]
