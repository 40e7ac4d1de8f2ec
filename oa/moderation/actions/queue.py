"""Deciding a case: each answer is one of the verbs of moderation, about what the case is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Invalid, Missing, Refusal
from oa.core.verbs import verb
from oa.moderation.actions import appealing, messages, purging, sanctions, triage
from oa.moderation.actions.answering import answer_within, refuse_closed, refuse_other_hands
from oa.moderation.actions.claims import refuse_unfit
from oa.moderation.actions.deciding import refuse_others
from oa.moderation.models import Case, Decision
from oa.moderation.rules import ANSWERS, CaseVerb

V = CaseVerb


@dataclass(frozen=True, slots=True)
class Answer:
    """What a moderator decides about a case. `text`, `lang` and `until` are for the verbs that want them."""

    verb: CaseVerb
    why: str
    reason: str = ""
    text: str = ""
    lang: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _How:
    """By which action something is decided: what it is about, and what else it is given."""

    act: Callable[..., object]
    about: str
    given: tuple[str, ...] = ("reason",)


_HOW: Mapping[CaseVerb, _How] = {
    V.DISMISS: _How(triage.dismiss_message, "message"),
    V.DELETE: _How(messages.delete_message, "message"),
    V.RESTORE: _How(messages.restore_message, "message"),
    V.SPAM: _How(messages.mark_spam, "message"),
    V.EDIT: _How(messages.edit_message, "message", ("reason", "text")),
    V.HALT: _How(messages.halt_tree, "tree"),
    V.RESUME: _How(messages.resume_tree, "tree"),
    V.MOVE: _How(messages.move_language, "tree", ("reason", "lang")),
    V.WARN: _How(sanctions.warn, "person"),
    V.MUTE: _How(sanctions.mute, "person", ("reason", "until")),
    V.BAN: _How(sanctions.ban_person, "person", ("reason", "until")),
    V.WATCH: _How(sanctions.watch, "person"),
    V.CLEAR: _How(sanctions.clear, "person"),
    V.UPHOLD: _How(appealing.uphold, "appeal", ()),
    V.GRANT: _How(appealing.grant, "appeal", ()),
    V.CONFIRM_PURGE: _How(purging.confirm_purge, "purge", ()),
    V.CALL_OFF_PURGE: _How(purging.call_off_purge, "purge", ()),
}


def decide(*, case_id: UUID, answer: Answer, by: User, now: datetime) -> Decision:
    """Decide a case. It is closed in the same transaction, whatever the decision is about: a warning to its author
    answers a case about a message.

    Conflict when another moderator has it in hand (`in_other_hands`) or has decided it meanwhile (`already_decided`);
    Forbidden for what is one's own; Invalid for what can't be answered here. All else is refused as the verb itself
    refuses it.
    """
    try:
        return _decide(case_id=case_id, answer=answer, by=by, now=now)
    except Refusal:
        # Whoever was faster is the reason, whatever the verb stumbled upon. Nothing was written, so it is asked anew.
        meanwhile = Case.objects.select_related("closed_by").filter(pk=case_id).first()
        if meanwhile is not None and by.is_moderator:
            refuse_closed(meanwhile)
        raise


@verb
def _decide(*, case_id: UUID, answer: Answer, by: User, now: datetime) -> Decision:
    refuse_others(by)
    case = Case.objects.told().filter(pk=case_id).first()
    if case is None:
        raise Missing("no_such_case", _("There is no such case."))
    refuse_closed(case)
    refuse_other_hands([case], by=by, now=now)
    refuse_unfit(case, by=by)
    how = _how(case, answer)
    given = {name: getattr(answer, name) for name in how.given}
    subject = {f"{how.about}_id": _subject_of(case, how.about)}
    with answer_within(case):
        done = how.act(**subject, why=answer.why, **given, by=by, now=now)
    return done if isinstance(done, Decision) else _last_decision_about(subject)


def _how(case: Case, answer: Answer) -> _How:
    if answer.verb not in ANSWERS[case.subject]:
        raise Invalid(
            "not_an_answer",
            _("This can't be decided here: %(verb)s.") % {"verb": CaseVerb(answer.verb).label},
            verbs=[offered.value for offered in ANSWERS[case.subject]],
        )
    if answer.verb is CaseVerb.MUTE and answer.until is None:
        raise Invalid("until_missing", _("Please say until when."))
    return _HOW[answer.verb]


def _subject_of(case: Case, about: str) -> Any:
    """The id of what is decided about."""
    if about == "person":
        if case.whom is None:
            raise Invalid("nobody_to_decide_about", _("Nobody known has written this."))
        return case.whom.pk
    if about == "tree":
        return case.in_question.tree_id if case.in_question else None
    return getattr(case, f"{about}_id")


def _last_decision_about(subject: Mapping[str, Any]) -> Decision:
    """What was written down, where the verb gives something else."""
    return Decision.objects.filter(details__purge=str(subject["purge_id"])).latest("at", "id")
