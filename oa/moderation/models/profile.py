"""What moderators are shown of one person: a handful of figures, each from one statement that is led by the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.moderation.models.appeals import Appeal
from oa.moderation.models.decisions import Decision, Report
from oa.moderation.models.people import Note
from oa.moderation.models.record import judged_alike, records, usual_seconds
from oa.moderation.rules import (
    KEPT_DAYS,
    LENGTHS,
    MOST_OF_A_NETWORK,
    Record,
    Share,
    Span,
    Standing,
    Standpoint,
    Verb,
    grantable,
    may_decide,
)
from oa.trees.models import Message

WEEKS = 26
EXAMPLES, EXCERPT = 5, 200
MOST_DECISIONS = 50
TIMED_TASKS = 500


@dataclass(frozen=True, slots=True)
class Week:
    """What somebody did in the week that began on a Monday, by UTC."""

    week: date
    messages: int
    reviews: int
    rankings: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """How near somebody's rankings are to the consensus: of how many, and the mean share of pairs ordered alike."""

    n: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far somebody judges as others do."""

    reviews: Share
    rankings: Ranked


@dataclass(frozen=True, slots=True)
class Speed:
    """How long somebody has a kind of task in their hands, and how long everybody has."""

    kind: str
    n: int
    median_seconds: float
    everybody_median: float | None


@dataclass(frozen=True, slots=True)
class Twin:
    """A prompt of somebody's and the earlier one it is very like."""

    message_id: UUID
    excerpt: str
    twin_id: UUID
    twin_excerpt: str
    twin_author: User | None
    likeness: float | None
    own: bool


@dataclass(frozen=True, slots=True)
class Duplicates:
    """How many of somebody's prompts (`of`) are very like an earlier one: of somebody else (`n`), of their own."""

    n: int
    own: int
    of: int
    examples: list[Twin]


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody in a network, and on how many days."""

    id: UUID
    display_name: str
    is_active: bool
    days: int


@dataclass(frozen=True, slots=True)
class Network:
    """A network somebody was seen in lately, and who else was. One of too many people names nobody."""

    people: list[Seen]
    days: int
    public: bool


@dataclass(frozen=True, slots=True)
class Troll:
    """Somebody with what became of their work."""

    person: User
    status: Standing
    record: Record


@dataclass(frozen=True, slots=True)
class Profile:
    """All that moderators are shown of one person. `may` and `roles_i_may_grant` are the asking moderator's."""

    person: User
    activity: list[Week]
    acceptance: Share
    agreement: Agreement
    speed: list[Speed]
    duplicates: Duplicates
    networks: list[Network]
    trolling: Troll | None
    decisions: list[Decision]
    appeals: list[Appeal]
    notes: list[Note]
    reports_made: Share
    may: list[Verb]
    roles_i_may_grant: list[Role]


def _rows(text: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


_ACTIVITY = """
WITH done AS (
    SELECT 'messages' AS what, created_date AS at FROM trees_message
    WHERE author_id = %(person)s AND created_date >= %(since)s
    UNION ALL
    SELECT 'reviews', created_at FROM reviews_review WHERE by_id = %(person)s AND created_at >= %(since)s
    UNION ALL
    SELECT 'rankings', created_at FROM rankings_ballot WHERE by_id = %(person)s AND created_at >= %(since)s
)
SELECT week::date, count(*) FILTER (WHERE what = 'messages'), count(*) FILTER (WHERE what = 'reviews'),
       count(*) FILTER (WHERE what = 'rankings')
FROM generate_series(%(since)s::timestamp, %(since)s::timestamp + interval '1 week' * (%(weeks)s - 1), '1 week') week
LEFT JOIN done ON date_trunc('week', done.at AT TIME ZONE 'UTC') = week
GROUP BY week ORDER BY week
"""


def activity_of(person_id: UUID, *, now: datetime) -> list[Week]:
    """The last 26 weeks, the earliest first; the last one is this week."""
    monday = now.date() - timedelta(days=now.weekday())
    since = datetime.combine(monday - timedelta(weeks=WEEKS - 1), datetime.min.time(), tzinfo=now.tzinfo)
    return [Week(*row) for row in _rows(_ACTIVITY, person=person_id, since=since, weeks=WEEKS)]


def acceptance_of(person_id: UUID) -> Share:
    """How many of somebody's decided messages their reviewers accepted."""
    decided = Message.objects.filter(author=person_id, review_result__isnull=False)
    counted = decided.aggregate(n=Count("id"), k=Count("id", filter=Q(review_result=True)))
    return Share(counted["k"], counted["n"])


def agreement_of(person_id: UUID) -> Agreement:
    agreed, reviews, ranked, mean = judged_alike(person_id)
    return Agreement(Share(agreed, reviews), Ranked(ranked, mean))


_SPEED = """
SELECT kind, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - leased_at))
FROM (SELECT kind, closed_at, leased_at FROM tasks_task WHERE assignee_id = %(person)s AND status = 'done'
      ORDER BY closed_at DESC, id DESC LIMIT %(timed)s) latest
GROUP BY kind ORDER BY kind
"""


def speed_of(person_id: UUID) -> list[Speed]:
    """How long somebody had their latest tasks in their hands, by kind. (And everybody: every ten minutes one more.)"""
    usual = usual_seconds()
    return [
        Speed(kind, number, median, usual.get(kind))
        for kind, number, median in _rows(_SPEED, person=person_id, timed=TIMED_TASKS)
    ]


# The counts stand beside each example; a person without any twin has one row, of counts only.
_TWINS = """
WITH prompt AS MATERIALIZED (
    SELECT message.id, message.text, message.created_date, twin.id AS twin_id, twin.text AS twin_text,
           twin.author_id AS twin_author_id, opinion.likeness, twin.author_id = message.author_id AS own
    FROM trees_message message
    JOIN screening_opinion opinion ON opinion.message_id = message.id AND opinion.version = message.version
    LEFT JOIN trees_message twin ON twin.id = opinion.twin_id
    WHERE message.author_id = %(person)s AND message.depth = 0 AND opinion.digest <> ''
), counted AS (
    SELECT count(*) AS prompts, count(*) FILTER (WHERE own) AS own,
           count(*) FILTER (WHERE twin_id IS NOT NULL AND own IS NOT true) AS copies FROM prompt
)
SELECT counted.*, example.id, left(example.text, %(length)s), example.twin_id, left(example.twin_text, %(length)s),
       example.likeness, coalesce(example.own, false), author.id, author.display_name, author.role, author.is_active
FROM counted LEFT JOIN LATERAL (
    SELECT * FROM prompt WHERE twin_id IS NOT NULL
    ORDER BY coalesce(own, false), created_date DESC, id DESC LIMIT %(examples)s
) example ON true
LEFT JOIN accounts_user author ON author.id = example.twin_author_id
ORDER BY coalesce(example.own, false), example.created_date DESC, example.id DESC
"""


def duplicates_of(person_id: UUID) -> Duplicates:
    """How many of somebody's prompts are very like an earlier one, with the latest of them."""
    rows = _rows(_TWINS, person=person_id, length=EXCERPT, examples=EXAMPLES)
    prompts, own, copies = rows[0][:3]
    return Duplicates(copies, own, prompts, [_twin(row[3:]) for row in rows if row[3] is not None])


def _twin(row: tuple[Any, ...]) -> Twin:
    message_id, excerpt, twin_id, twin_excerpt, likeness, own, author_id, name, role, is_active = row
    author = User(id=author_id, display_name=name, role=role, is_active=is_active) if author_id else None
    return Twin(message_id, excerpt, twin_id, twin_excerpt, author, likeness, own)


# Networks of theirs, the one they were seen in on most days first; in each, whoever else was seen there most.
_NETWORKS = """
WITH mine AS (
    SELECT digest, count(*) AS days FROM moderation_sighting
    WHERE person_id = %(person)s AND day > %(since)s GROUP BY digest
), seen AS (
    SELECT mine.digest, mine.days AS my_days, sighting.person_id, count(*) AS days
    FROM mine JOIN moderation_sighting sighting ON sighting.digest = mine.digest AND sighting.day > %(since)s
    GROUP BY mine.digest, mine.days, sighting.person_id
), placed AS (
    SELECT seen.*, count(*) OVER (PARTITION BY digest) AS people FROM seen
)
SELECT placed.digest, placed.my_days, placed.people > %(most)s, somebody.id, somebody.display_name,
       somebody.is_active, placed.days
FROM placed JOIN accounts_user somebody ON somebody.id = placed.person_id
WHERE placed.person_id = %(person)s OR placed.people <= %(most)s
ORDER BY placed.my_days DESC, placed.digest, placed.days DESC, somebody.id
"""


def networks_of(person_id: UUID, *, now: datetime) -> list[Network]:
    """The networks somebody was seen in during the last 30 days, and who else was. A hint: people of one household,
    school or company share a network."""
    since = now.date() - timedelta(days=KEPT_DAYS)
    rows = _rows(_NETWORKS, person=person_id, since=since, most=MOST_OF_A_NETWORK)
    return [_network(person_id, list(group)) for _digest, group in groupby(rows, key=itemgetter(0))]


def _network(person_id: UUID, rows: list[tuple[Any, ...]]) -> Network:
    _digest, days, public, *_rest = rows[0]
    others = [Seen(*row[3:]) for row in rows if row[3] != person_id]
    return Network(others, days, public)


# What a moderator decided at the moment in which the report was closed, if that was against the message.
_AGAINST = (Verb.DELETE, Verb.SPAM, Verb.EDIT, Verb.MOVE, Verb.HALT, Verb.PURGE, Verb.WARN, Verb.MUTE, Verb.BAN)


def reports_of(person_id: UUID) -> Share:
    """How many of the messages somebody reported were acted upon for that. The open ones count as not (yet) so."""
    acted = Decision.objects.filter(
        tree=OuterRef("message__tree"), at=OuterRef("handled_at"), verb__in=_AGAINST, undone_by=None
    )
    counted = Report.objects.filter(by=person_id).annotate(acted=Exists(acted))
    found = counted.aggregate(n=Count("id"), k=Count("id", filter=Q(acted=True)))
    return Share(found["k"], found["n"])


def decisions_about(person_id: UUID) -> QuerySet[Decision]:
    """The latest decisions about somebody or their words."""
    about = Decision.objects.filter(person=person_id).order_by().values("pk")
    words = Decision.objects.filter(message__author=person_id).order_by().values("pk")
    return Decision.objects.told().filter(pk__in=about.union(words)).order_by("-at", "id")[:MOST_DECISIONS]


def standpoint_of(person: User, *, now: datetime) -> Standpoint:
    return Standpoint(
        role=person.role,
        active=person.is_active,
        muted=person.muted_until is not None and person.muted_until > now,
        watched=person.watched,
        gone=person.imported or person.left_at is not None,
    )


def profile_of(person: User, *, by: User, now: datetime) -> Profile:
    """All about one person, for this moderator, in a number of statements that does not grow with what they did."""
    standpoint, oneself = standpoint_of(person, now=now), person.pk == by.pk
    record = next(iter(records(people=[person.pk])), None)
    return Profile(
        person=person,
        activity=activity_of(person.pk, now=now),
        acceptance=acceptance_of(person.pk),
        agreement=agreement_of(person.pk),
        speed=speed_of(person.pk),
        duplicates=duplicates_of(person.pk),
        networks=networks_of(person.pk, now=now),
        trolling=Troll(person, standpoint.standing, record) if record else None,
        decisions=list(decisions_about(person.pk)),
        appeals=list(Appeal.objects.filter(by=person).select_related("decision").order_by("-at", "-id")),
        notes=list(Note.objects.filter(person=person).select_related("by").order_by("-at", "-id")),
        reports_made=reports_of(person.pk),
        may=may_decide(by.role, standpoint, oneself=oneself),
        roles_i_may_grant=grantable(by.role, standpoint, oneself=oneself),
    )


MOST_TROLLS = 100
# Work of long is counted once in a while and not for each look: whoever is shut out meanwhile is left out at once.
KEPT_SECONDS = {Span.MONTH: 60, Span.TOTAL: 600}


@dataclass(frozen=True, slots=True)
class Trollboard:
    """The worst first, and when that was counted."""

    rows: list[Troll]
    at: datetime


def trollboard(span: Span, *, banned: bool, min_pieces: int, now: datetime) -> Trollboard:
    """Those whose work of this time goes wrong most for certain: by the lower end of the interval. People of whom
    nothing went wrong are not on it. Two statements."""
    at, counted = _counted(span, now=now)
    bad = {record.person_id: record for record in counted if record.bad and record.pieces >= min_pieces}
    people = User.objects.filter(pk__in=list(bad), **({} if banned else {"is_active": True}))
    trolls = [Troll(person, standpoint_of(person, now=now).standing, bad[person.pk]) for person in people]
    return Trollboard(sorted(trolls, key=_worst_first)[:MOST_TROLLS], at)


def _counted(span: Span, *, now: datetime) -> tuple[datetime, list[Record]]:
    """The records of everybody's work of this time, and when they were made."""
    key = f"moderation.records.{span}"
    kept: tuple[datetime, list[Record]] | None = cache.get(key) if span in KEPT_SECONDS else None
    if kept is None:
        length = LENGTHS[span]
        kept = now, records(since=now - length if length else None)
        if span in KEPT_SECONDS:
            cache.set(key, kept, KEPT_SECONDS[span])
    return kept


def _worst_first(troll: Troll) -> tuple[float, int, UUID]:
    return -troll.record.share.low, -troll.record.bad, troll.person.pk
