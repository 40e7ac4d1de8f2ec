"""Booking: what a tree owes becomes lines of the ledger, sums, badges and notices. All of it in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random
from uuid import UUID

from oa.accounts.models import User
from oa.community.actions.reading import facts_of, take_tasks, trees_due
from oa.community.models import ActiveDay, Award, Entry, Member, Notice, Sums, Tally, Total
from oa.community.models.standings import records_of
from oa.community.rules import (
    Change,
    News,
    NoticeKind,
    Reason,
    difference,
    earned,
    level_of,
    local_day,
    news_of,
    owed,
)
from oa.core.verbs import verb
from oa.trees.models import Tree
from oa.trees.rules import State


@dataclass(frozen=True, slots=True)
class Done:
    """A task that was handed in, seen by the ledger for the first time."""

    person_id: UUID
    at: datetime
    lang: str


@verb
def book(*, tree_id: UUID, now: datetime) -> int | None:
    """Make the ledger agree with what a tree owes. Gives the number of lines added; a second run adds none.

    A tree that somebody holds is left for the next round: None, as for one that is not there.
    """
    tree = Tree.objects.filter(pk=tree_id).hold_first_free()
    if tree is None:
        return None
    done = [Done(person, at, lang) for person, at, lang in take_tasks(tree_id)]
    facts = facts_of([tree])[tree_id]
    changes = difference(owed(facts, tree.policy.policy), Entry.objects.booked([tree_id])[tree_id])
    told = Notice.objects.told(tree_id)
    news = [
        item
        for item in news_of(facts, tree_id=tree_id, state=State(tree.state), drawn=tree.won_lottery_at is not None)
        if (item.person_id, item.key) not in told
    ]
    _write(tree_id, done, changes, news, now=now)
    if tree.unbooked:
        Tree.objects.filter(pk=tree_id).update(unbooked=False)
    return len(changes)


def book_due(*, most: int, now: datetime, rng: Random) -> int:
    """Book what happened in up to `most` trees, each in a transaction of its own. Gives how many were due.

    One after another in one job: a job for each tree, sent anew every second, would bury workers that fall behind.
    In a random order, so that two rounds at once seldom meet, and a tree that can't be booked stops no other for good.
    """
    due = list(trees_due(most=most))
    rng.shuffle(due)
    for tree_id in due:
        book(tree_id=tree_id, now=now)
    return len(due)


def _write(
    tree_id: UUID, done: Sequence[Done], changes: Sequence[Change], news: Sequence[News], *, now: datetime
) -> None:
    people = {task.person_id for task in done} | {change.key.person_id for change in changes}
    members = Member.objects.hold(people | {item.person_id for item in news})
    if not members:
        return
    # Read after the lock: whoever shuts somebody out holds their row too, and we must see what they did.
    users = User.objects.in_bulk(list(members))
    _write_lines(tree_id, changes, now=now)
    sums = _sums(done, changes, now=now)
    shown = {pk: member.show_on_boards and users[pk].is_active for pk, member in members.items()}
    points = Total.objects.add(sums, shown=shown) if sums else {}
    _write_days(done, users)
    reached = [*_levels(sums, points), *_badges(people, done, now=now)]
    tell([*news, *reached], members, tree_id=tree_id, now=now)


def _write_lines(tree_id: UUID, changes: Iterable[Change], *, now: datetime) -> None:
    Entry.objects.bulk_create(
        Entry(
            person_id=change.key.person_id, reason=change.key.reason, subject=change.key.subject,
            points=change.points, times=change.times, message_id=change.message_id, tree_id=tree_id,
            lang=change.lang, at=change.at or now,
        )
        for change in changes
    )  # fmt: skip
    counts: Counter[tuple[UUID, Reason, str]] = Counter()
    for change in changes:
        counts[change.key.person_id, change.key.reason, change.lang] += change.times
    Tally.objects.add(counts.items())


def _sums(done: Iterable[Done], changes: Iterable[Change], *, now: datetime) -> Sums:
    sums = Sums()
    for task in done:
        sums.add(task.person_id, lang=task.lang, at=task.at, tasks=1)
    for change in changes:
        sums.add(change.key.person_id, lang=change.lang, at=change.at or now, points=change.points)
    return sums


def _write_days(done: Iterable[Done], users: Mapping[UUID, User]) -> None:
    days = {(task.person_id, local_day(task.at, users[task.person_id].time_zone)) for task in done}
    rows = [ActiveDay(person_id=person, day=day) for person, day in sorted(days)]
    ActiveDay.objects.bulk_create(rows, ignore_conflicts=True)


def _levels(sums: Sums, points: Mapping[UUID, Decimal]) -> list[News]:
    """Whoever has come to a higher level by what was just added."""
    found = []
    for person, gained in sums.gained().items():
        level = level_of(points[person])
        if level.number > level_of(points[person] - gained).number:
            data = {"number": level.number, "ceiling": level.ceiling}
            found.append(News(person, NoticeKind.LEVEL, f"level:{level.number}", None, data))
    return found


def _badges(people: set[UUID], done: Sequence[Done], *, now: datetime) -> list[News]:
    """Write down the badges these people have come to; those they had before are nothing new."""
    records = records_of(people)
    had = set(Award.objects.filter(person__in=people).values_list("person_id", "code"))
    new = [
        (person, badge.code)
        for person, record in records.items()
        for badge in earned(record)
        if (person, badge.code) not in had
    ]
    Award.objects.bulk_create(Award(person_id=person, code=code, at=now) for person, code in new)
    return [News(person, NoticeKind.BADGE, f"badge:{code}", None, {"code": code}) for person, code in new]


def tell(
    news: Iterable[News], members: Mapping[UUID, Member], *, tree_id: UUID | None, now: datetime, always: bool = False
) -> None:
    """Write down what these people are told. What they have been told before is left out; what they muted, hidden,
    but for what they are told `always`."""
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=item.person_id, kind=item.kind, key=item.key, message_id=item.message_id,
                tree_id=None if item.kind in _OF_ONESELF else tree_id, data=dict(item.data),
                muted=item.kind in members[item.person_id].muted and not always, at=now,
            )
            for item in news
        ],
        ignore_conflicts=True,
    )  # fmt: skip


# What is not about any tree, though a tree may have been the last step to it.
_OF_ONESELF = (NoticeKind.LEVEL, NoticeKind.BADGE)
