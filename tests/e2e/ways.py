"""What the moderator of the demo's story decides about each case, and by which key."""

from __future__ import annotations

from dataclasses import dataclass

from oa.datasets.actions.trouble import told
from oa.moderation.models import Case
from oa.moderation.rules import Cause, ReportReason, Verb


@dataclass(frozen=True)
class Way:
    """How a case is decided: the key of the decision, the keys within its dialog, and words where they are needed."""

    key: str
    verb: Verb
    keys: tuple[str, ...] = ()
    words: str = ""


LEFT = Way("l", Verb.DISMISS)
REPORTED = {
    ReportReason.SPAM: Way("s", Verb.SPAM),
    ReportReason.HATE: Way("d", Verb.DELETE),
    ReportReason.PERSONAL_DATA: Way("d", Verb.DELETE),
    ReportReason.OTHER: Way("w", Verb.WARN, ("0",), "Please be kind, and write what somebody can answer."),
}
BY_CAUSE = {
    Cause.PURGE: Way("x", Verb.PURGE),
    Cause.PERSONAL_DATA: Way("d", Verb.DELETE),
    Cause.RED_FLAGS: Way("d", Verb.DELETE),
    Cause.PEOPLE_HIGH: Way("d", Verb.DELETE, words="Insults whoever asked."),
    Cause.SKIPS: Way("h", Verb.RESUME, words="It is long, and nothing is wrong with it."),
    Cause.REJECTED_ANSWERED: Way("e", Verb.EDIT, words="Heat the pan first, then the oil, then the onions."),
    Cause.SPLIT: LEFT,
}
APPEALS = {
    Verb.BAN: Way("l", Verb.UPHOLD, words="There were eleven of them, and two warnings."),
    Verb.DELETE: Way("g", Verb.GRANT, words="There is no other one. Sorry!"),
}
SUSPECTED = {
    "careless": Way("c", Verb.WATCH),
    "senseless": Way("t", Verb.MUTE),
}


def way_of(case: Case) -> Way:
    if case.appeal:
        return APPEALS[Verb(case.appeal.decision.verb)]
    if case.person:
        roles = {name: role for role, name in told()["accounts"].items() if isinstance(name, str)}
        return SUSPECTED[roles[case.person.display_name]]
    if case.message and case.message.deleted:
        return LEFT
    if case.message and Cause.REPORT in case.causes:
        return REPORTED[ReportReason(case.message.reports.earliest("at").reason)]
    return next(way for cause, way in BY_CAUSE.items() if cause in case.causes)
