"""Cases: what needs a moderator. They are opened, changed and closed here, and answered in `answering`.

Most follow from doubts, which triggers write down (migration 0008). Appeals and erasures open theirs themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.moderation.models import Appeal, Case, Doubt, Purge, known_of, policies_in_force, records_of
from oa.moderation.rules import Cause, MessageFacts, Policies, causes_of, pressing, severity, suspicion

# So many doubts are considered in one transaction.
AT_ONCE = 500
# Of all numbers that PostgreSQL locks on request, the one that says: doubts are being considered.
CONSIDERING = 5_060_708_090
CHANGED = ("lang", "causes", "severity", "opened_at", "claimed_by", "claimed_until", "closed_at", "closed_by")


@verb
def open_appeal_case(*, appeal: Appeal, now: datetime) -> Case:
    """Ask moderators to decide about an appeal. It is answered by a decision with `details={"appeal": str(appeal.pk)}`
    (`deciding.decided` looks for it there), whose verb is UPHOLD or GRANT."""
    return _open(Cause.APPEAL, appeal=appeal, now=now)


@verb
def open_purge_case(*, purge: Purge, now: datetime) -> Case:
    """Ask a second moderator to confirm that something is erased for good. It is answered by a decision with
    `details={"purge": str(purge.pk)}`, whose verb is PURGE or CALL_OFF_PURGE."""
    return _open(Cause.PURGE, purge=purge, now=now)


def _open(cause: Cause, *, now: datetime, appeal: Appeal | None = None, purge: Purge | None = None) -> Case:
    causes = {cause: 1}
    about = appeal.decision.message if appeal else purge.message if purge else None
    return Case.objects.create(
        appeal=appeal, purge=purge, lang=about.lang if about else "", causes=causes,
        severity=severity(causes), opened_at=now,
    )  # fmt: skip


def doubt_person(*, person_id: UUID) -> None:
    """Somebody might need a moderator's attention: a round considers it."""
    Doubt.objects.create(person_id=person_id)


@verb
def doubt_all_again(*, lang: str = "") -> int:
    """Thresholds have changed: whatever they could concern is doubted again, in one statement. A round considers it.

    `lang` is the language whose policy changed; empty: any. Returns the number of doubts.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DOUBT_ALL, {"lang": lang})
        return int(cursor.rowcount)


# What the triggers of migration 0008 would have written down about the rows as they are.
_DOUBT_ALL = """
INSERT INTO moderation_doubt (message_id, person_id)
SELECT message.id, NULL::uuid FROM trees_message message
JOIN trees_tree tree ON tree.id = message.tree_id
LEFT JOIN screening_toxicityscore score ON score.message_id = message.id AND score.version = message.version
LEFT JOIN screening_opinion opinion ON opinion.message_id = message.id AND opinion.version = message.version
LEFT JOIN moderation_case opened ON opened.message_id = message.id AND opened.closed_at IS NULL
WHERE NOT tree.archived AND NOT message.deleted AND (%(lang)s = '' OR message.lang = %(lang)s)
  AND (opened.id IS NOT NULL OR message.emojis ?| ARRAY['red_flag', '_skip_reply'] OR message.worst_said >= 0.05
       OR score.peak >= 0.05 OR opinion.personal_data <> '[]'
       OR message.review_result IS NOT NULL
          AND (message.baseline IS NOT NULL
               OR coalesce((message.label_sums -> 'spam' ->> 0)::float8, 0)
                  + coalesce((message.label_sums -> 'lang_mismatch' ->> 0)::float8, 0) > 0))
UNION ALL
SELECT NULL::uuid, opened.person_id FROM moderation_case opened
WHERE opened.person_id IS NOT NULL AND opened.closed_at IS NULL AND %(lang)s = ''
"""


@verb
def consider_doubts(*, now: datetime, most: int = AT_ONCE) -> int:
    """Read some doubts, the oldest first, and open, change or close the cases they are about. Returns how many.

    One worker at a time does: two that read the facts of one message in turn could write them in another. Doubts are
    deleted before the facts are read, so that one which is written meanwhile stays for the next time; one whose
    case somebody holds (a decision is under way) waits too.
    """
    if not _is_my_turn():
        return 0
    close_settled(now=now)
    doubts = list(Doubt.objects.order_by("id").select_for_update(skip_locked=True, of=("self",))[:most])
    free = _whose_cases_are_free(doubts)
    considered = [doubt for doubt in doubts if (doubt.message_id or doubt.person_id) in free.subjects]
    # All that can be seen about the same things goes along: what they say of is read after this.
    Doubt.objects.filter(Q(message__in=free.subjects) | Q(person__in=free.subjects)).delete()
    cases = [*free.cases, *_not_yet_opened(considered, free.cases, now=now)]
    consider_held(cases, now=now)
    return len(considered)


def _is_my_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CONSIDERING])
        return bool(cursor.fetchone()[0])


def close_settled(*, now: datetime) -> int:
    """What settled itself while a moderator had it in hand is closed when their time is over."""
    over = Case.objects.open().filter(causes={}, claimed_until__lte=now)
    return over.update(closed_at=now, claimed_by=None, claimed_until=None)


@dataclass(frozen=True, slots=True)
class _Free:
    """What nobody else holds: what doubts are about, and the cases there are of it, held."""

    subjects: frozenset[UUID]
    cases: list[Case]


def _whose_cases_are_free(doubts: Sequence[Doubt]) -> _Free:
    messages = {doubt.message_id for doubt in doubts if doubt.message_id}
    persons = {doubt.person_id for doubt in doubts if doubt.person_id}
    there = Case.objects.filter(Q(message__in=messages) | Q(person__in=persons))
    cases = list(there.order_by("id").select_for_update(skip_locked=True, of=("self",), no_key=True))
    held = {case.pk for case in cases}
    busy = {case.message_id or case.person_id for case in there if case.pk not in held}
    return _Free(frozenset((messages | persons) - busy), cases)


def _not_yet_opened(doubts: Iterable[Doubt], cases: Iterable[Case], *, now: datetime) -> list[Case]:
    known = {case.message_id or case.person_id for case in cases}
    subjects = {(doubt.message_id, doubt.person_id) for doubt in doubts}
    return [
        Case(message_id=message_id, person_id=person_id, opened_at=now, closed_at=now)
        for message_id, person_id in subjects
        if (message_id or person_id) not in known
    ]


def consider_held(cases: Sequence[Case], *, now: datetime) -> None:
    """See whether these cases, held or not yet kept, are to be open, and for what. Appeals and erasures stay as they
    are: only a decision closes them."""
    found = look_into(cases)
    changed = [case for case in cases if case.pk in found and _follow(case, found[case.pk], now=now)]
    fresh = [case for case in changed if case._state.adding]
    Case.objects.bulk_create(fresh)
    Case.objects.bulk_update([case for case in changed if case not in fresh], [*CHANGED, "answered"])


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is now, answered or not: {cause: level}; a message's language and facts."""

    levels: Mapping[Cause, int]
    lang: str = ""
    facts: MessageFacts | None = None


def look_into(cases: Sequence[Case]) -> dict[UUID, Findings]:
    """What there is now about messages and people, by case; in a bounded number of statements."""
    if not cases:
        return {}
    policies = policies_in_force()
    return {**_about_messages(cases, policies), **_about_people(cases, policies)}


def _about_messages(cases: Sequence[Case], policies: Policies) -> dict[UUID, Findings]:
    of_messages = {case.message_id: case.pk for case in cases if case.message_id}
    known = known_of(list(of_messages), policies) if of_messages else {}
    return {
        of_messages[pk]: Findings(causes_of(row.facts, policies.of(row.lang)), row.lang, row.facts)
        for pk, row in known.items()
    }


def _about_people(cases: Sequence[Case], policies: Policies) -> dict[UUID, Findings]:
    """Whoever is shut out has been decided about."""
    of_people = {case.person_id: case.pk for case in cases if case.person_id}
    if not of_people:
        return {}
    inside = set(User.objects.enabled().filter(pk__in=of_people).values_list("pk", flat=True))
    levels = {record.person_id: suspicion(record, policies.usual) for record in records_of(list(inside))}
    return {
        case_id: Findings({Cause.SUSPICIOUS: levels[person_id]} if levels.get(person_id) else {})
        for person_id, case_id in of_people.items()
    }


def _follow(case: Case, now_there: Findings, *, now: datetime) -> bool:
    """Open, change or close a case by what there is now; whether anything changed.

    A case somebody has in hand is not closed under their hands.
    """
    before = [getattr(case, name) for name in CHANGED]
    causes = pressing(now_there.levels, case.answered)
    if causes:
        if case.closed_at is not None:
            case.opened_at, case.closed_at, case.closed_by = now, None, None
        case.causes, case.lang = causes, now_there.lang
        case.severity = severity(causes, now_there.facts)
    elif case.closed_at is None:
        case.causes, case.severity = {}, 0
        if case.claimed_until is None or case.claimed_until <= now:
            case.closed_at, case.claimed_by, case.claimed_until = now, None, None
    return before != [getattr(case, name) for name in CHANGED]
