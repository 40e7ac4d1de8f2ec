"""Whom a decision is told to: the authors of the messages it is about, the person it is about, and whom by mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from oa.community import actions as community
from oa.moderation.models import Decision, Letter
from oa.moderation.rules import APPEALABLE, MAILED, TOLD_TO_PERSON, Verb, appeal_until


def tell_of(decision: Decision, message_ids: Sequence[UUID]) -> None:
    """Tell of a decision that was just written down, in words made when they are read."""
    if message_ids:
        community.tell_of_decision(
            decision_id=decision.pk, said=facts_of(decision), message_ids=message_ids, by=decision.by, now=decision.at
        )
    person = decision.person
    if person is None or person.imported or person.left_at is not None or _about(decision) not in TOLD_TO_PERSON:
        return
    community.tell_person_of_decision(
        decision_id=decision.pk, said=facts_of(decision), person=person, now=decision.at
    )  # fmt: skip
    # Whose time is over finds out by coming back; a moderator's word is worth a mail.
    if decision.by_id is not None and _about(decision) in MAILED:
        Letter.objects.create(decision=decision, person=person, not_before=decision.at)


def _about(decision: Decision) -> Verb:
    """What a decision is, or what it takes back: that nobody is told of is not told of when it is undone either."""
    return Verb(decision.undoes.verb if decision.undoes is not None else decision.verb)


def facts_of(decision: Decision) -> dict[str, object]:
    """What `oa.community.rules.decisions` makes its words of."""
    said: dict[str, object] = {
        "decision": str(decision.pk), "verb": decision.verb, "reason": decision.reason, "why": decision.why,
    }  # fmt: skip
    if decision.by_id is None:
        said["by_rule"] = True
    if decision.undoes is not None:
        said["undone"], said["undone_by_rule"] = decision.undoes.verb, decision.undoes.by_id is None
    if end := end_of_sanction(decision):
        said["until"] = end.isoformat()
    if decision.verb in APPEALABLE:
        said["appeal_until"] = appeal_until(decision.at).isoformat()
    return said


_ENDS = {Verb.MUTE: "muted_until", Verb.BAN: "banned_until"}


def end_of_sanction(decision: Decision) -> datetime | None:
    """The moment at which a mute or a ban ends; None for one for good, and for anything else."""
    column = _ENDS.get(Verb(decision.verb))
    end = decision.after.get("person", {}).get(column) if column else None
    return datetime.fromisoformat(end) if end else None
