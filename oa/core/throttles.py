"""How often somebody may do something: counted in Redis, and let through while Redis is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from redis import Redis

from oa.core.limits import Limit
from oa.core.redis import line


def in_force(limits: Sequence[Limit], wish: str | None = None) -> list[Limit]:
    """The limits as OA_THROTTLES would have them: `off`, or `name=times/seconds` for some of them."""
    wish = settings.THROTTLES if wish is None else wish
    if wish == "off":
        return []
    changed = dict(_read(part) for part in wish.split(",") if part.strip())
    return [replace(limit, most=most, seconds=seconds) for limit in limits
            for most, seconds in [changed.get(limit.name, (limit.most, limit.seconds))]]  # fmt: skip


def _read(part: str) -> tuple[str, tuple[int, int]]:
    name, _equals, numbers = part.strip().partition("=")
    most, _slash, seconds = numbers.partition("/")
    if not (name and most.isdecimal() and seconds.isdecimal() and int(most) and int(seconds)):
        raise ImproperlyConfigured(f"OA_THROTTLES: “{part}” should look like tasks=30/240, or say OA_THROTTLES=off")
    return name, (int(most), int(seconds))


def exhausted(limits: Sequence[Limit], *, who: object, now: datetime) -> dict[str, float]:
    """Which limits somebody has reached, and for how many seconds more."""
    if not limits:
        return {}
    unknown: list[str | None] = [None] * len(limits)
    times = line().ask(lambda redis: _look(redis, limits, who), unknown)
    left = {
        limit.name: float(oldest) + limit.seconds - now.timestamp()
        for limit, oldest in zip(limits, times, strict=True)
        if oldest is not None
    }
    return {name: seconds for name, seconds in left.items() if seconds > 0}


def count(limits: Sequence[Limit], *, who: object, now: datetime) -> None:
    """Note that somebody did it once more."""
    if limits:
        line().ask(lambda redis: _note(redis, limits, who, now), None)


# Each limit is a list of the latest times, newest first, no longer than the limit. Whether it is reached is one look
# at its end.
def _key(limit: Limit, who: object) -> str:
    return f"oa:throttle:{limit.name}:{who}"


def _look(redis: Redis, limits: Sequence[Limit], who: object) -> list[str | None]:
    pipe = redis.pipeline(transaction=False)
    for limit in limits:
        pipe.lindex(_key(limit, who), limit.most - 1)
    return cast(list[str | None], pipe.execute())


def _note(redis: Redis, limits: Sequence[Limit], who: object, now: datetime) -> None:
    pipe = redis.pipeline(transaction=False)
    for limit in limits:
        key = _key(limit, who)
        pipe.lpush(key, repr(now.timestamp()))
        pipe.ltrim(key, 0, limit.most - 1)
        pipe.expire(key, limit.seconds)
    pipe.execute()
