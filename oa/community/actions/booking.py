"""Booking: what trees owe becomes lines of the ledger, sums, badges and notices. All of it in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from random import Random
from uuid import UUID

from django.db import DataError, IntegrityError

from oa.community.actions.reading import Done, facts_of, hold_free, take_tasks, trees_due
from oa.community.models import ActiveDay, Award, Entry, Member, Notice, Sums, Tally, Total
from oa.community.models.standings import records_of
from oa.community.rules import (
    SKILLS,
    Change,
    Facts,
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
from oa.core.prepared import run
from oa.core.verbs import verb
from oa.trees.models import Tree
from oa.trees.rules import State

# So many trees are booked in one transaction. A statement costs about the same for one as for twenty; but whoever hands
# something in for one of them waits until all of them are booked.
AT_ONCE = 25
# What a tree that can't be booked may fail with: a mistake in the program, or a row that should not be.
FAILURES = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError, IntegrityError, DataError)


@verb
def book(*, tree_id: UUID, now: datetime) -> int | None:
    """Make the ledger agree with all that a tree owes. Gives the number of lines added; a second run adds none.

    A tree that somebody holds is left for the next round: None, as for one that is not there.
    """
    return _book(hold_free([tree_id]), whole=True, now=now).get(tree_id)


@verb
def book_trees(*, tree_ids: Sequence[UUID], now: datetime) -> dict[UUID, int]:
    """Book what happened in these trees since the last time. Gives the number of lines added for each.

    Those that somebody holds are left for the next round and are not among them. Of trees in which nothing happened
    but that people handed something in, only the messages that these tasks came to are looked at.
    """
    return _book(hold_free(tree_ids), whole=False, now=now)


def book_due(*, most: int, now: datetime, rng: Random) -> int:
    """Book what happened in up to `most` trees. Gives how many were due.

    One after another in one job: a job for each tree, sent anew every second, would bury workers that fall behind.
    In a random order, so that two rounds at once seldom meet, and a tree that can't be booked stops no other for good.
    """
    due = list(trees_due(most=most))
    rng.shuffle(due)
    for some in _batches(due):
        try:
            book_trees(tree_ids=some, now=now)
        except FAILURES:
            # One of them can't be booked. The others are, in their random order, up to that one, which is told.
            for tree_id in some:
                book_trees(tree_ids=[tree_id], now=now)
    return len(due)


def _batches(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


@dataclass(slots=True)
class _Work:
    """What is to be written in one transaction."""

    done: Sequence[Done]
    changes: list[tuple[UUID, Change]] = field(default_factory=list)
    news: list[tuple[UUID, News]] = field(default_factory=list)


_NOTHING = Facts(())


def _book(trees: Sequence[Tree], *, whole: bool, now: datetime) -> dict[UUID, int]:
    if not trees:
        return {}
    work = _Work(take_tasks([tree.pk for tree in trees]))
    everything, about = _scope(trees, work.done, whole=whole)
    facts = facts_of(everything, about=[message for messages in about.values() for message in messages])
    booked = Entry.objects.booked(
        [tree.pk for tree in everything], others=list(about), about=[pk for pks in about.values() for pk in pks]
    )
    lines: dict[UUID, int] = {}
    for tree in trees:
        seen = facts.get(tree.pk, _NOTHING)
        changes = difference(owed(seen, tree.policy.policy), booked[tree.pk])
        work.changes += [(tree.pk, change) for change in changes]
        drawn = tree.won_lottery_at is not None
        news = news_of(seen, tree_id=tree.pk, state=State(tree.state), drawn=drawn)
        work.news += [(tree.pk, item) for item in news]
        lines[tree.pk] = len(changes)
    told = Notice.objects.told(item for _tree, item in work.news)
    work.news = [(pk, item) for pk, item in work.news if (item.person_id, item.key) not in told]
    _write(work, now=now)
    heard = [tree.pk for tree in trees if tree.unbooked]
    if heard:
        Tree.objects.filter(pk__in=heard).update(unbooked=False)
    return lines


def _scope(trees: Sequence[Tree], done: Iterable[Done], *, whole: bool) -> tuple[list[Tree], dict[UUID, set[UUID]]]:
    """Which trees are to be looked at whole, and of which others only these messages.

    A task alone changes what is owed for the message it came to, and for no other, as long as no order of replies
    is in force above or below it: ranks are paid by group. All else that may change what is owed leaves word
    (`Tree.unbooked`): a move of the tree, a verdict of a moderator, a deletion, an edit, ranks.
    """
    about: dict[UUID, set[UUID]] = {}
    everything: dict[UUID, Tree] = {}
    tasks: dict[UUID, list[Done]] = {tree.pk: [] for tree in trees}
    for task in done:
        tasks[task.tree_id].append(task)
    for tree in trees:
        messages = {task.message_id for task in tasks[tree.pk] if task.message_id and not task.among_ranked}
        plain = len(messages) == len({task.message_id for task in tasks[tree.pk]})
        if whole or tree.unbooked or tree.archived or tree.state == State.READY_FOR_EXPORT or not plain:
            everything[tree.pk] = tree
        else:
            about[tree.pk] = messages
    return list(everything.values()), about


def _write(work: _Work, *, now: datetime) -> None:
    people = {task.person_id for task in work.done} | {change.key.person_id for _tree, change in work.changes}
    members = Member.objects.hold(people | {item.person_id for _tree, item in work.news})
    if not members:
        return
    # Read after the lock: whoever shuts somebody out holds their row too, and we must see what they did.
    users = _users(list(members))
    Entry.objects.write(work.changes, now=now)
    counts: Counter[tuple[UUID, Reason, str]] = Counter()
    for _tree, change in work.changes:
        counts[change.key.person_id, change.key.reason, change.lang] += change.times
    Tally.objects.add(counts.items())
    sums = _sums(work, now=now)
    shown = {pk: member.show_on_boards and users[pk].inside for pk, member in members.items()}
    points = Total.objects.add(sums, shown=shown) if sums else {}
    new_days = ActiveDay.objects.write({
        (task.person_id, local_day(task.at, users[task.person_id].zone)) for task in work.done
    })
    skilled = {person for (person, reason, _lang), times in counts.items() if times > 0 and reason in SKILLS}
    reached = [*_levels(sums, points), *_badges(skilled | new_days, new_days, now=now)]
    tell(work.news, members, now=now)
    tell([(None, item) for item in reached], members, now=now)


@dataclass(frozen=True, slots=True)
class _Person:
    inside: bool
    zone: str


def _users(ids: Sequence[UUID]) -> dict[UUID, _Person]:
    rows = run("SELECT id, is_active, time_zone FROM accounts_user WHERE id = ANY(%s)", [ids])
    return {pk: _Person(inside, zone) for pk, inside, zone in rows}


def _sums(work: _Work, *, now: datetime) -> Sums:
    sums = Sums()
    for task in work.done:
        sums.add(task.person_id, lang=task.lang, at=task.at, tasks=1)
    for _tree, change in work.changes:
        sums.add(change.key.person_id, lang=change.lang, at=change.at or now, points=change.points)
    return sums


def _levels(sums: Sums, points: Mapping[UUID, Decimal]) -> list[News]:
    """Whoever has come to a higher level by what was just added."""
    found = []
    for person, gained in sums.gained().items():
        level = level_of(points[person])
        if level.number > level_of(points[person] - gained).number:
            data = {"number": level.number, "ceiling": level.ceiling}
            found.append(News(person, NoticeKind.LEVEL, f"level:{level.number}", None, data))
    return found


def _badges(people: set[UUID], new_days: set[UUID], *, now: datetime) -> list[News]:
    """Write down the badges these people have come to; those they had before are nothing new.

    Only who did something more that badges are given for, or came on a new day, can have come to one.
    """
    if not people:
        return []
    records = records_of(people, days_of=new_days)
    had = set(run("SELECT person_id, code FROM community_award WHERE person_id = ANY(%s)", [list(people)]).fetchall())
    new = [
        (person, badge.code)
        for person, record in records.items()
        for badge in earned(record)
        if (person, badge.code) not in had
    ]
    Award.objects.bulk_create(Award(person_id=person, code=code, at=now) for person, code in new)
    return [News(person, NoticeKind.BADGE, f"badge:{code}", None, {"code": code}) for person, code in new]


def tell(
    news: Iterable[tuple[UUID | None, News]], members: Mapping[UUID, Member], *, now: datetime, always: bool = False
) -> None:
    """Write down what these people are told, each with the tree it is about, if any. What they have been told before is
    left out; what they muted, hidden, but for what they are told `always`."""
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=item.person_id, kind=item.kind, key=item.key, message_id=item.message_id,
                tree_id=tree_id, data=dict(item.data),
                muted=item.kind in members[item.person_id].muted and not always, at=now,
            )
            for tree_id, item in news
        ],
        ignore_conflicts=True,
    )  # fmt: skip
