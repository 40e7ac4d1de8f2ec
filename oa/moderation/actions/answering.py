"""How decisions answer cases: whoever has a case in hand is not overruled, and what was decided is closed.

`deciding.decided` calls this for every decision of a moderator, in its transaction: a refusal takes the decision back
with it. A decision about a message concerns its case, and the cases of all that was deleted, restored or marked along
with it; one about a tree concerns the case of its prompt; one about a person theirs. A decision that is made in a case
(`answer_within`) concerns that one too, whatever it is about. The system asks nobody and answers nothing: what it
settles is closed by the round that considers doubts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict
from oa.moderation.actions.cases import CHANGED, consider_held, look_into
from oa.moderation.models import Case, Decision, Report
from oa.moderation.rules import Verb

V = Verb
ABOUT_CONTENT = frozenset({V.DELETE, V.RESTORE, V.EDIT, V.SPAM, V.MOVE, V.HALT, V.RESUME, V.DISMISS})
ABOUT_PEOPLE = frozenset({V.WARN, V.MUTE, V.BAN, V.WATCH, V.CLEAR})
ABOUT_WISHES = frozenset({V.UPHOLD, V.GRANT, V.PURGE, V.CALL_OFF_PURGE})
# After these a case is closed.
ANSWERING = ABOUT_CONTENT | ABOUT_PEOPLE | ABOUT_WISHES
# Nobody does these either while another moderator has the case in hand.
TOUCHING = ANSWERING | {V.UNDO, V.LOOK, V.UNLOOK, V.ASK_PURGE, V.UNMUTE, V.UNBAN, V.UNWATCH}
# These name a message and a person only to say what they are about.
ONLY_THE_WISH = frozenset({V.UPHOLD, V.CALL_OFF_PURGE})

_case_at_hand: ContextVar[Case | None] = ContextVar("case_at_hand", default=None)


@contextmanager
def answer_within(case: Case) -> Iterator[None]:
    """Every decision made in here answers this case."""
    token = _case_at_hand.set(case)
    try:
        yield
    finally:
        _case_at_hand.reset(token)


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a decision is about."""

    messages: frozenset[UUID] = frozenset()
    person: UUID | None = None
    appeal: str | None = None
    purge: str | None = None

    def as_query(self) -> Q:
        found = Q(message__in=self.messages)
        for name in ("person", "appeal", "purge"):
            if pk := getattr(self, name):
                found |= Q(**{name: pk})
        return found


def subjects_of(verb: Verb, about: Mapping[str, Any]) -> Subjects:
    """What a decision is about, by its columns."""
    details: Mapping[str, Any] = about.get("details") or {}
    appeal, purge = details.get("appeal"), details.get("purge")
    if verb in ONLY_THE_WISH:
        return Subjects(appeal=appeal, purge=purge)
    message, tree = _id_of(about, "message"), _id_of(about, "tree")
    named = details.get("messages")
    along = {UUID(pk) for pk in named} if isinstance(named, list) else set()  # erasures count theirs
    # A tree has the id of its prompt.
    about_this = message or tree
    messages = frozenset({*along, about_this} if about_this else along)
    person = _id_of(about, "person") if verb in ABOUT_PEOPLE or message is None else None
    return Subjects(messages, person, appeal, purge)


def _id_of(about: Mapping[str, Any], name: str) -> UUID | None:
    thing = about.get(name)
    found: UUID | None = about.get(f"{name}_id") if thing is None else thing.pk
    return found


@dataclass(frozen=True, slots=True)
class Concerned:
    """The cases that a decision concerns, held, and whether it answers them."""

    cases: Sequence[Case] = field(default_factory=list)
    answers: bool = False

    def noted_in(self, details: Mapping[str, Any] | None) -> dict[str, Any]:
        """The details of the decision, with what was answered in these cases before: an undo puts that back."""
        before = {str(case.pk): case.answered for case in self.cases}
        return {**(details or {}), **({"cases": before} if self.answers and before else {})}


def hold_concerned(*, verb: Verb, by: User | None, now: datetime, about: Mapping[str, Any]) -> Concerned:
    """The open cases that a moderator's decision concerns. Open reports about its messages are answered with them.

    Conflict `in_other_hands` where another moderator has one of them in hand, `already_decided` where the case at hand
    was decided meanwhile.
    """
    if by is None or verb not in TOUCHING:
        return Concerned()
    # Who closes one report of several has not decided about the message.
    answers = verb in ANSWERING and "report" not in (about.get("details") or {})
    at_hand = _case_at_hand.get() if answers else None
    subjects = subjects_of(verb, about)
    if answers:
        _close_reports({*subjects.messages, at_hand.message_id if at_hand else None}, now=now)
    wanted = subjects.as_query() & Q(closed_at=None)
    found = list(Case.objects.filter(wanted | Q(pk=at_hand.pk) if at_hand else wanted).hold())
    for case in found:
        refuse_closed(case)
    refuse_other_hands(found, by=by, now=now)
    return Concerned(found, answers)


def _close_reports(message_ids: Iterable[UUID | None], *, now: datetime) -> None:
    """Before the cases are held: whoever closes a single report holds that first, too."""
    Report.objects.filter(message__in=[pk for pk in message_ids if pk], handled_at=None).update(handled_at=now)


def answer(concerned: Concerned, *, by: User, now: datetime) -> None:
    """Close these cases: what there is now was seen by whoever decided, and only more of it opens them again."""
    if not (concerned.answers and concerned.cases):
        return
    there = look_into(concerned.cases)
    for case in concerned.cases:
        case.answered = dict(there[case.pk].levels) if case.pk in there else case.causes
        case.closed_at, case.closed_by = now, by
        case.claimed_by, case.claimed_until = None, None
    Case.objects.bulk_update(concerned.cases, [*CHANGED, "answered"])


def open_again(undone: Decision, *, now: datetime) -> None:
    """A decision was undone: what it answered is a question again, and so are the reports that it closed."""
    before: Mapping[str, Mapping[str, int]] = undone.details.get("cases", {})
    about = {name: getattr(undone, name) for name in ("message_id", "tree_id", "person_id", "details")}
    messages = subjects_of(Verb(undone.verb), about).messages
    of_cases = Case.objects.filter(pk__in=before, message__isnull=False).values_list("message_id", flat=True)
    closed = Report.objects.filter(Q(message__in=messages) | Q(message__in=of_cases), handled_at=undone.at)
    if undone.verb in ANSWERING:
        closed.update(handled_at=None)
    cases = list(Case.objects.filter(pk__in=before).hold())
    for case in cases:
        case.answered = dict(before[str(case.pk)])
    consider_held(cases, now=now)


def refuse_closed(case: Case) -> None:
    if case.closed_at is None:
        return
    who = case.closed_by
    raise Conflict(
        "already_decided",
        _("%(moderator)s has decided this already.") % {"moderator": who} if who else _("This settled itself."),
        moderator=_named(who), at=case.closed_at.isoformat(),
    )  # fmt: skip


def refuse_other_hands(cases: Iterable[Case], *, by: User, now: datetime) -> None:
    """Nobody decides what another moderator has in hand."""
    for case in cases:
        if case.claimed_until is not None and case.is_in_hands_of_others(by, now):
            raise Conflict(
                "in_other_hands",
                _("%(moderator)s has this in hand.") % {"moderator": case.claimed_by},
                remedy=_("Wait until they have decided, or let it go."),
                moderator=_named(case.claimed_by), until=case.claimed_until.isoformat(),
            )  # fmt: skip


def _named(person: User | None) -> dict[str, str] | None:
    return {"id": str(person.pk), "display_name": str(person)} if person else None
