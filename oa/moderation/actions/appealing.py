"""Appeals: people make them, another moderator decides them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden, Gone, Invalid, Missing
from oa.core.verbs import verb
from oa.moderation.actions.cases import open_appeal_case
from oa.moderation.actions.deciding import decided, refuse_others
from oa.moderation.actions.undoing import undo_after_appeal
from oa.moderation.models import Appeal, Decision, told_to
from oa.moderation.rules import APPEALABLE, LONGEST_APPEAL, AppealOutcome, Verb, appeal_until

SALT = "moderation.appeal"


def link_of(*, person_id: UUID, decision_id: UUID) -> str:
    """What stands in the mail of a ban, for an appeal without signing in. It says who may appeal against what."""
    return signing.dumps([str(person_id), str(decision_id)], salt=SALT)


@dataclass(frozen=True, slots=True)
class Link:
    """Who may appeal against what by a link."""

    person: User
    decision_id: UUID


def read_link(token: str) -> Link:
    """What a link is good for; Missing for one that is not of ours."""
    try:
        person_id, decision_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Missing("unknown_link", _("This link is not one of ours.")) from None
    person = User.objects.filter(pk=person_id, left_at=None).first()
    if person is None:
        raise Missing("unknown_link", _("This link is not one of ours."))
    return Link(person, UUID(decision_id))


def decision_about(decision_id: UUID, *, person: User) -> Decision:
    """A decision that this person was told of; Missing for any other."""
    if decision_id not in told_to(person.pk):
        raise Missing("no_such_decision", _("There is no such decision about you."))
    return Decision.objects.select_related("undone_by").get(pk=decision_id)


@verb
def appeal(*, decision_id: UUID, text: str, by: User, now: datetime) -> Appeal:
    """Ask that another moderator look at a decision about oneself or one's own words. Once, within 30 days.

    Who is shut out or muted may. Conflict `already_appealed`, `already_undone`, `not_appealable`; Gone `too_late`.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_APPEAL:
        raise Invalid(
            "bad_appeal", _("Say it in 1 to %d characters.") % LONGEST_APPEAL, limit=LONGEST_APPEAL
        )  # fmt: skip
    User.objects.hold(by.pk)  # two of their tabs take turns
    decision = decision_about(decision_id, person=by)
    _refuse_appeal(decision, by=by, now=now)
    made = Appeal.objects.create(decision=decision, by=by, against=decision.by, text=text, at=now)
    open_appeal_case(appeal=made, now=now)
    return made


def _refuse_appeal(decision: Decision, *, by: User, now: datetime) -> None:
    if decision.verb not in APPEALABLE:
        raise Conflict("not_appealable", _("This decision has taken nothing away from you."))
    if hasattr(decision, "undone_by"):
        raise Conflict("already_undone", _("This decision was taken back already."))
    if now > appeal_until(decision.at):
        raise Gone("too_late", _("The time for an appeal is over."))
    if Appeal.objects.filter(decision=decision, by=by).exists():
        raise Conflict("already_appealed", _("You have appealed against this decision already."))


@verb
def uphold(*, appeal_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Let a decision stand after an appeal. Not for whoever decided; Conflict `already_decided`."""
    found = _open_appeal(appeal_id, by=by)
    made = _answer(found, Verb.UPHOLD, why=why, by=by, now=now)
    _close(found, AppealOutcome.UPHELD, why=why, by=by, now=now)
    return made


@verb
def grant(*, appeal_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Take a decision back after an appeal: it is undone. Not for whoever decided.

    Refused as `undo` is where something was decided since. Conflict `already_decided`.
    """
    found = _open_appeal(appeal_id, by=by)
    undone = Decision.objects.filter(undoes=found.decision_id).first()
    if undone is None:
        undone = undo_after_appeal(decision_id=found.decision_id, why=why, by=by, now=now)
    made = _answer(found, Verb.GRANT, why=why, by=by, now=now, undo=str(undone.pk))
    _close(found, AppealOutcome.GRANTED, why=why, by=by, now=now)
    return made


def _open_appeal(appeal_id: UUID, *, by: User) -> Appeal:
    """An appeal that this person may decide about, held."""
    refuse_others(by)
    held = Appeal.objects.select_for_update(of=("self",), no_key=True).select_related("decision", "by")
    found = held.filter(pk=appeal_id).first()
    if found is None:
        raise Missing("no_such_appeal", _("There is no such appeal."))
    if found.outcome:
        raise Conflict("already_decided", _("This appeal is decided already."), outcome=found.outcome)
    if by.pk == found.against_id:
        raise Forbidden(
            "decided_by_yourself",
            _("This appeal is against a decision of yours."),
            remedy=_("Another moderator has to look at it."),
        )
    if by.pk == found.by_id:
        raise Forbidden("own_appeal", _("Nobody decides their own appeal."))
    return found


def _answer(found: Appeal, what: Verb, *, why: str, by: User, now: datetime, **details: str) -> Decision:
    against = found.decision
    return decided(
        verb=what, by=by, why=why, now=now, person=found.by, message_id=against.message_id, tree_id=against.tree_id,
        details={"appeal": str(found.pk), "decision": str(against.pk), **details},
    )  # fmt: skip


def _close(found: Appeal, outcome: AppealOutcome, *, why: str, by: User, now: datetime) -> None:
    found.outcome, found.why, found.decided_by, found.decided_at = outcome, why, by, now
    found.save(update_fields=["outcome", "why", "decided_by", "decided_at"])
