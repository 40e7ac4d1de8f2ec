"""What moderators are shown first of what the machine and people find bad. No database in here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.trees.rules import FINISHED, Policy, State


class Triage(TextChoices):
    """Why a message waits for a moderator's look."""

    MACHINE_HIGH = "machine_high", _("the machine finds it toxic, and people don't, or too few have judged it")
    PEOPLE_HIGH = "people_high", _("people find it bad, and the machine doesn't")
    BOTH_HIGH = "both_high", _("people and machine find it bad")
    WITHHELD = "withheld", _("it is withheld")


# What reviewers say against a text; `trees_worst_said` (migration 0006 of trees) knows the same five.
SAID_AGAINST = ("toxicity", "hate_speech", "not_appropriate", "sexual_content", "violence")


# A halted tree has nobody at work from whom anything could be withheld, nor has one that is finished.
NOBODY_AT_WORK = FINISHED | {State.HALTED_BY_MODERATOR}


@dataclass(frozen=True, slots=True)
class Said:
    """The worst that people say of a text: how bad, of which label, and how many answered."""

    value: float
    label: str
    count: int


def worst_said(means: Mapping[str, Mapping[str, float]], *, fewest: int) -> Said | None:
    """The highest of the means that enough people answered; None when too few have judged."""
    said = [
        Said(means[label]["value"], label, int(means[label]["count"]))
        for label in SAID_AGAINST
        if label in means and means[label]["count"] >= fewest
    ]
    return max(said, key=lambda said: said.value, default=None)


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies in force: that of each language which has its own, and everybody else's."""

    usual: Policy
    of_languages: Mapping[str, Policy]

    def of(self, lang: str) -> Policy:
        return self.of_languages.get(lang, self.usual)

    def only(self, lang: str) -> Policies:
        """The same for one language."""
        return Policies(self.of(lang), {})

    def lowest(self, read: Callable[[Policy], float]) -> float:
        """The smallest value in any language: what lies below it counts in none."""
        return min(read(policy) for policy in (self.usual, *self.of_languages.values()))


# Above all scores: where nothing is withheld.
NEVER = 2.0


def withholds_from(policy: Policy) -> float:
    """The score from which on a message is withheld."""
    return policy.toxicity_hide_above if policy.toxicity_hides else NEVER
