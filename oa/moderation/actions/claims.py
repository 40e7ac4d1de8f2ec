"""Who has which case in hand. A claim lasts for some minutes, so that no two decide the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Forbidden, Missing
from oa.core.verbs import verb
from oa.moderation.actions.answering import refuse_closed, refuse_other_hands
from oa.moderation.actions.deciding import refuse_others
from oa.moderation.models import Case, CaseQuerySet, policies_in_force


@verb
def claim_next(
    *, cause: str = "", lang: str = "", after: UUID | None = None, by: User, now: datetime
) -> Case | None:  # fmt: skip
    """Lend the worst case that this moderator may decide and nobody else has; None when there is none.

    `after` is the case they leave undecided: it is let go, and what comes behind it is given; behind the last comes the
    first again. Whoever asks at the same moment skips the row we hold and gets the next.
    """
    refuse_others(by)
    found = Case.objects.free_for(by, now).fit_for(by).about(cause=cause, lang=lang).worst_first()
    left = _let_go(after, by=by, now=now) if after else None
    case = _first(_behind(found, left)) or _first(found.exclude(pk=left.pk)) if left else _first(found)
    return _lend(case, by=by, now=now) if case else None


def _behind(cases: CaseQuerySet, left: Case) -> CaseQuerySet:
    """Of these cases those that are shown after this one."""
    later = Q(opened_at__gt=left.opened_at) | Q(opened_at=left.opened_at, pk__gt=left.pk)
    return cases.filter(Q(severity__lt=left.severity) | Q(severity=left.severity) & later)


def _first(cases: CaseQuerySet) -> Case | None:
    return cases.select_for_update(skip_locked=True, of=("self",), no_key=True).first()


def _lend(case: Case, *, by: User, now: datetime) -> Case:
    minutes = policies_in_force().of(case.lang).claim_minutes
    case.claimed_by, case.claimed_until = by, now + timedelta(minutes=minutes)
    case.save(update_fields=["claimed_by", "claimed_until"])
    return case


@verb
def claim(*, case_id: UUID, by: User, now: datetime) -> Case:
    """Take one case in hand, or keep it for longer. Conflict when another moderator has it (`in_other_hands`) or has
    decided it (`already_decided`), Forbidden for what is one's own (`not_yours_to_decide`)."""
    refuse_others(by)
    case = _held(case_id)
    refuse_closed(case)
    refuse_unfit(case, by=by)
    refuse_other_hands([case], by=by, now=now)
    return _lend(case, by=by, now=now)


@verb
def release(*, case_id: UUID, by: User, now: datetime) -> Case:
    """Let a case go. Nothing happens to one that is nobody's; Conflict when another moderator has it."""
    refuse_others(by)
    case = _held(case_id)
    refuse_other_hands([case], by=by, now=now)
    _put_back(case, now=now)
    return case


def refuse_unfit(case: Case, *, by: User) -> None:
    """Nobody decides about what is their own, nor about people whom they may not act on."""
    if not Case.objects.fit_for(by).filter(pk=case.pk).exists():
        raise Forbidden(
            "not_yours_to_decide",
            _("This is not yours to decide: you are part of it, or it is about somebody whom you may not act on."),
            remedy=_("Leave it to another moderator."),
        )


def _held(case_id: UUID) -> Case:
    case = Case.objects.filter(pk=case_id).hold().first()
    if case is None:
        raise Missing("no_such_case", _("There is no such case."))
    return case


def _let_go(case_id: UUID, *, by: User, now: datetime) -> Case | None:
    """The case somebody leaves, if there is one. It stays where it is if it is not theirs."""
    case = Case.objects.filter(pk=case_id).hold().first()
    if case is not None and case.claimed_by_id == by.pk:
        _put_back(case, now=now)
    return case


def _put_back(case: Case, *, now: datetime) -> None:
    """It is nobody's. What settled itself while somebody had it in hand is closed now."""
    case.claimed_by, case.claimed_until = None, None
    if not case.causes and case.closed_at is None:
        case.closed_at = now
    case.save(update_fields=["claimed_by", "claimed_until", "closed_at"])
