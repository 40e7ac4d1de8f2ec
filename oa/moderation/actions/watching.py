"""What is noted of accounts by themselves: in which networks they are seen, and whether their work is suspicious.

Nothing follows from either but a line in a list that moderators read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import cast
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.utils.crypto import salted_hmac
from redis import Redis

from oa.core.redis import line
from oa.core.verbs import verb
from oa.moderation.actions.cases import doubt_person
from oa.moderation.models import Case, Sighting, concerned_since, policies_in_force, records_of
from oa.moderation.rules import DIGEST_LENGTH, KEPT_DAYS, network_of, suspicion

# --- networks ---------------------------------------------------------------------------------------------------------

# Sightings wait here until a worker writes them down, so that nobody's submission waits for that.
WAITING = "oa:sightings"
FORGOTTEN_AFTER = 2 * 24 * 60 * 60
AT_ONCE = 1000

# What this process has noted on `_noted_on`: most requests of a day bring nothing new, and ask nobody.
_noted: set[tuple[UUID, str]] = set()
_noted_on = [date.min]
MOST_NOTED = 50_000


def note_sighting(*, person_id: UUID, address: str, now: datetime) -> None:
    """Note in which network somebody is. Once for each person, network and day; lost while Redis is away.

    Neither kept nor logged: the address.
    """
    network, day = network_of(address), now.date()
    if network is None:
        return
    seen = (person_id, digest_of(network))
    if _noted_on[0] != day or len(_noted) >= MOST_NOTED:
        _noted.clear()
        _noted_on[0] = day
    if seen not in _noted and _keep(day, *seen):
        _noted.add(seen)


def digest_of(network: str) -> str:
    """The key is the site's secret with a salt of its own: of no use against anything else that is signed with it."""
    return salted_hmac("oa.moderation.sightings", network, algorithm="sha256").hexdigest()[:DIGEST_LENGTH]


def _keep(day: date, person_id: UUID, digest: str) -> bool:
    def ask(redis: Redis) -> bool:
        pipe = redis.pipeline(transaction=False)
        pipe.sadd(WAITING, f"{day.isoformat()} {person_id} {digest}")
        pipe.expire(WAITING, FORGOTTEN_AFTER)
        pipe.execute()
        return True

    return line().ask(ask, False)


def write_sightings() -> int:
    """Write down what waits. Gives the number of new rows; what is written twice stands there once."""
    written = 0
    nobody: list[str] = []
    while waiting := line().ask(_some_waiting, nobody):
        written += _write(seen=waiting)
        line().ask(partial(_forget, waiting), 0)
    return written


def _some_waiting(redis: Redis) -> list[str]:
    return cast(list[str], redis.srandmember(WAITING, AT_ONCE))


def _forget(seen: Sequence[str], redis: Redis) -> int:
    return redis.srem(WAITING, *seen)


# Whoever is no more is left out.
_WRITE = """
INSERT INTO moderation_sighting (person_id, digest, day)
SELECT person.id, seen.digest, seen.day
FROM unnest(%(people)s::uuid[], %(digests)s::text[], %(days)s::date[]) seen(person_id, digest, day)
JOIN accounts_user person ON person.id = seen.person_id
ON CONFLICT DO NOTHING
"""


@verb
def _write(*, seen: Sequence[str]) -> int:
    days, people, digests = zip(*(one.split(" ") for one in seen), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {"people": list(people), "digests": list(digests), "days": list(days)})
        written: int = cursor.rowcount
        return written


@verb
def drop_old_sightings(*, now: datetime) -> int:
    """Forget who was seen where more than 30 days ago. Gives the number of rows dropped."""
    dropped, _rows = Sighting.objects.filter(day__lte=now.date() - timedelta(days=KEPT_DAYS)).delete()
    return dropped


# --- suspicious accounts ----------------------------------------------------------------------------------------------

# Until when it was looked whose record may have changed. With Redis the mark may be lost: a day is looked at again.
LOOKED_UNTIL = "moderation.looked_until"
LOOK_BACK = timedelta(days=1)
# What was being written when it was last looked is looked at again; so are rankings, whose result takes a moment.
OVERLAP = timedelta(minutes=2)
# So many records are worked out in one statement.
PEOPLE_AT_ONCE = 200


def look_for_suspicious(*, now: datetime) -> int:
    """Doubt those whose record may have changed since the last look and is suspicious, and those who have been
    suspicious and may be so no more. Gives their number."""
    since: datetime = cache.get(LOOKED_UNTIL) or now - LOOK_BACK
    concerned = concerned_since(min(since, now) - OVERLAP)
    parts = [concerned[start : start + PEOPLE_AT_ONCE] for start in range(0, len(concerned), PEOPLE_AT_ONCE)]
    doubted = sum(_doubt_suspicious(people=part) for part in parts)
    cache.set(LOOKED_UNTIL, now, None)
    return doubted


@verb
def _doubt_suspicious(*, people: Sequence[UUID]) -> int:
    policy = policies_in_force().usual
    suspicious = {record.person_id for record in records_of(people) if suspicion(record, policy)}
    suspected = Case.objects.filter(person__in=people, closed_at=None).values_list("person_id", flat=True)
    doubted = suspicious.union(suspected)
    for person_id in sorted(doubted):
        doubt_person(person_id=person_id)
    return len(doubted)
