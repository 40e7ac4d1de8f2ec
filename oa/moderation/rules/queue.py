"""What needs a person, and how badly. No database in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.trees.rules import Policy


class Subject(TextChoices):
    """What a case is about."""

    MESSAGE = "message", _("a message")
    PERSON = "person", _("a person")
    APPEAL = "appeal", _("an appeal")
    PURGE = "purge", _("a wish to erase for good")


class Cause(TextChoices):
    """Why something needs a moderator. The worst first."""

    APPEAL = "appeal", _("its author asks for a second look")
    PURGE = "purge", _("a moderator wants it erased for good, which takes two")
    REPORT = "report", _("somebody reported it")
    WITHHELD = "withheld", _("it is kept back until somebody looks")
    PERSONAL_DATA = "personal_data", _("personal data was found in it")
    RED_FLAGS = "red_flags", _("people raised red flags")
    PEOPLE_HIGH = "people_high", _("reviewers find it bad")
    TOXIC = "toxic", _("the machine finds it toxic")
    SUSPICIOUS = "suspicious", _("much of what this account does goes wrong")
    SKIPS = "skips", _("too many people skip it")
    REJECTED_ANSWERED = "rejected_answered", _("it was rejected, and people have answered it")
    SPLIT = "split", _("reviewers are split")


# How badly each cause wants somebody, where there is one of it. Appeals and erasures stand above all that can come
# together: a person, or another moderator, waits for an answer.
WEIGHTS: Mapping[Cause, float] = {
    Cause.APPEAL: 1000,
    Cause.PURGE: 1000,
    Cause.REPORT: 40,
    Cause.WITHHELD: 35,
    Cause.PERSONAL_DATA: 30,
    Cause.RED_FLAGS: 20,
    Cause.PEOPLE_HIGH: 20,
    Cause.TOXIC: 16,
    Cause.SUSPICIOUS: 15,
    Cause.SKIPS: 8,
    Cause.REJECTED_ANSWERED: 4,
    Cause.SPLIT: 2,
}
# Their levels are counts of people; those of the others are versions of a text.
COUNTED = frozenset({Cause.REPORT, Cause.RED_FLAGS, Cause.SKIPS})
# One more of these opens nothing again: it takes twice as many as a moderator has seen.
NEEDS_TWICE = frozenset({Cause.RED_FLAGS, Cause.SKIPS})
# Nobody doubts a text below this, whatever the policy says: the triggers of migration 0008 know the same number.
LEAST_DOUBTED = 0.05

Levels = Mapping[str, int] | Mapping[Cause, int]


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """What is known of a message that might need a moderator."""

    archived: bool
    deleted: bool
    withheld: bool
    version: int
    reports: int
    """Reports that nobody has answered."""
    red_flags: int
    skips: int
    """People who would not answer it."""
    replies: int
    """Live ones."""
    accepted: bool | None
    score: float | None
    """What its verdict was made of, between -1 and 1; None while reviews are missing."""
    threshold: float
    """Where its tree's policy parts the accepted from the rejected."""
    personal_data: int
    """Places of the text in force at which personal data was found."""
    peak: float | None
    """The highest of the machine's scores of the text in force."""
    said: float | None
    """The worst that people say of it; None where too few have judged."""
    looked: bool
    """A moderator has looked at the text in force."""
    over: bool
    """Nobody works on its tree any more, and its tree is not published."""


def causes_of(facts: MessageFacts, policy: Policy) -> dict[Cause, int]:
    """Why a message needs a moderator by the policy in force for its language: {cause: level}.

    A level is a count of people, or the version of the text it was found in. What is deleted needs nobody, and an
    archived import only the answer to its reports.
    """
    if facts.archived:
        return {Cause.REPORT: facts.reports} if facts.reports else {}
    if facts.deleted:
        return {}
    found = {
        Cause.REPORT: facts.reports,
        Cause.WITHHELD: facts.withheld and facts.version,
        Cause.PERSONAL_DATA: bool(facts.personal_data) and facts.version,
        Cause.RED_FLAGS: facts.red_flags,
        Cause.PEOPLE_HIGH: _from(facts.said, policy.toxicity_people_high, facts) and facts.version,
        Cause.TOXIC: _from(facts.peak, policy.toxicity_machine_high, facts) and facts.version,
        Cause.SKIPS: facts.skips if facts.skips >= policy.auto_mod_max_skip_reply else 0,
        Cause.REJECTED_ANSWERED: (facts.accepted is False and facts.replies > 0) and facts.version,
        Cause.SPLIT: _is_split(facts, policy) and facts.version,
    }
    return {cause: int(level) for cause, level in found.items() if level}


def _from(value: float | None, threshold: float, facts: MessageFacts) -> bool:
    """Whether something is high and no moderator has looked at this text."""
    return value is not None and not facts.looked and value >= max(threshold, LEAST_DOUBTED)


def _is_split(facts: MessageFacts, policy: Policy) -> bool:
    """Somebody spoke against it, and the whole came out near the threshold."""
    if facts.score is None or facts.accepted is None or facts.score >= 1:
        return False
    return abs(facts.score - facts.threshold) <= policy.split_margin + 1e-9  # floats: a third and two are not quite one


def is_new(cause: Cause, level: int, answered: Levels) -> bool:
    """Whether there is more of this than a moderator has seen when one last decided."""
    seen = answered.get(cause, 0)
    return level > seen and not (cause in NEEDS_TWICE and level < 2 * seen)


def pressing(causes: Levels, answered: Levels) -> dict[Cause, int]:
    """What of this no moderator has seen: a case with none of it needs nobody."""
    return {Cause(cause): level for cause, level in causes.items() if is_new(Cause(cause), level, answered)}


def severity(causes: Levels, facts: MessageFacts | None = None) -> float:
    """How badly a case wants somebody, by what nobody has answered: the worst is shown first.

    The sum of the weights of its causes; one that is a count weighs once more each time it doubles (3 reports weigh 2.6
    times one). To that comes how high machine and people score it, up to 10 each. What stands in a tree that is over,
    so that nobody meets it at work, weighs half, unless somebody reported it.
    """
    weight = sum(WEIGHTS[Cause(cause)] * _growth(Cause(cause), level) for cause, level in causes.items())
    if facts is None or not weight:
        return round(weight, 1)
    weight += 10 * (facts.peak or 0) + 10 * (facts.said or 0)
    return round(weight / 2 if facts.over and Cause.REPORT not in causes else weight, 1)


def _growth(cause: Cause, level: int) -> float:
    return 1 + log2(level) if cause in COUNTED else 1


class CaseVerb(TextChoices):
    """How a case can be answered."""

    DISMISS = "dismiss", _("leave it as it is")
    DELETE = "delete", _("delete it with its replies")
    RESTORE = "restore", _("restore it")
    SPAM = "spam", _("mark it as spam")
    EDIT = "edit", _("change its text")
    HALT = "halt", _("halt its tree")
    RESUME = "resume", _("resume its tree")
    MOVE = "move", _("move its tree to another language")
    WARN = "warn", _("warn the person")
    MUTE = "mute", _("mute the person")
    BAN = "ban", _("shut the person out")
    WATCH = "watch", _("have the person's work checked twice")
    CLEAR = "clear", _("find nothing wrong with the person")
    UPHOLD = "uphold", _("let the decision stand")
    GRANT = "grant", _("undo the decision")
    CONFIRM_PURGE = "confirm_purge", _("erase it for good")
    CALL_OFF_PURGE = "call_off_purge", _("call the erasure off")


ABOUT_PEOPLE = (CaseVerb.WARN, CaseVerb.MUTE, CaseVerb.BAN, CaseVerb.WATCH)
ABOUT_MESSAGES = (
    CaseVerb.DISMISS, CaseVerb.DELETE, CaseVerb.RESTORE, CaseVerb.SPAM, CaseVerb.EDIT, CaseVerb.HALT, CaseVerb.RESUME,
    CaseVerb.MOVE,
)  # fmt: skip
# What may be answered to a case at all, in the order in which it is offered.
ANSWERS: Mapping[Subject, tuple[CaseVerb, ...]] = {
    Subject.MESSAGE: (*ABOUT_MESSAGES, *ABOUT_PEOPLE),
    Subject.PERSON: (CaseVerb.CLEAR, *ABOUT_PEOPLE),
    Subject.APPEAL: (CaseVerb.UPHOLD, CaseVerb.GRANT),
    Subject.PURGE: (CaseVerb.CONFIRM_PURGE, CaseVerb.CALL_OFF_PURGE),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What decides which answers a case about a message offers."""

    archived: bool
    deleted: bool
    is_prompt: bool
    tree_stopped: bool
    author_below: bool
    """Somebody whom this moderator may act on has written it."""


def answers_to(subject: Subject, place: Place | None = None) -> tuple[CaseVerb, ...]:
    """What a moderator may answer to a case now."""
    if subject is not Subject.MESSAGE or place is None:
        return ANSWERS[subject]
    return tuple(verb for verb in ANSWERS[subject] if _is_offered(verb, place))


def _is_offered(verb: CaseVerb, place: Place) -> bool:
    if verb in ABOUT_PEOPLE:
        return place.author_below
    if place.archived:
        return verb is CaseVerb.DISMISS
    match verb:
        case CaseVerb.RESTORE:
            return place.deleted
        case CaseVerb.DELETE | CaseVerb.SPAM | CaseVerb.EDIT:
            return not place.deleted
        case CaseVerb.HALT | CaseVerb.RESUME:
            return place.tree_stopped is (verb is CaseVerb.RESUME)
        case CaseVerb.MOVE:
            return place.is_prompt and not place.deleted
        case _:
            return True
