"""Redis for what can be done without for a while: throttles, and telling open pages that there is news.

Nobody waits for a Redis that is away: the first to notice tells the others in this process, and for a moment none asks.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import Enum
from functools import lru_cache
from typing import TypeVar

import structlog
from django.conf import settings
from redis import Redis
from redis import asyncio as redis_async
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

T = TypeVar("T")
AWAY = (RedisConnectionError, RedisTimeoutError)
REST = 2.0  # seconds without asking after a failure

log = structlog.get_logger("oa.redis")


class Line:
    """A line to Redis that is left alone for a moment after it failed."""

    def __init__(self, url: str) -> None:
        patience = settings.REDIS_TIMEOUT
        self._redis = Redis.from_url(
            url,
            socket_timeout=patience,
            socket_connect_timeout=patience,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
        )
        self._quiet_until = 0.0

    def ask(self, question: Callable[[Redis], T], otherwise: T) -> T:
        """The answer to `question`, or `otherwise` while Redis is away."""
        if time.monotonic() < self._quiet_until:
            return otherwise
        try:
            return question(self._redis)
        except AWAY as error:
            self._quiet_until = time.monotonic() + REST
            log.warning("redis is away", error=str(error))
            return otherwise


@lru_cache(maxsize=4)
def _line(url: str) -> Line:
    return Line(url)


def line() -> Line:
    """This process's line to the Redis of the settings."""
    return _line(settings.REDIS_URL)


def tell(channel: str, word: str) -> None:
    """Wake whoever listens on a channel. Lost while Redis is away: listeners look for themselves now and then."""
    line().ask(lambda redis: redis.publish(channel, word), 0)


class Heard(Enum):
    """What came of listening for a while."""

    NEWS = "news"
    NOTHING = "nothing"
    DEAF = "deaf"  # Redis is away: there may have been news


class Ear:
    """Somebody who listens on one channel. While Redis is away they hear nothing, and know it."""

    def __init__(self, channel: str, url: str) -> None:
        self._channel = channel
        self._redis = redis_async.from_url(
            url, socket_connect_timeout=settings.REDIS_TIMEOUT, retry=AsyncRetry(NoBackoff(), 0)
        )
        self._listener: redis_async.client.PubSub | None = None

    async def open(self) -> bool:
        """Begin to listen: what is told from now on is heard by `wait`. False while Redis is away."""
        if self._listener is not None:
            return True
        listener = self._redis.pubsub()
        try:
            await listener.subscribe(self._channel)
        except AWAY as error:
            log.warning("redis is away", error=str(error))
            return False
        self._listener = listener
        return True

    async def wait(self, seconds: float, *, deaf: float) -> Heard:
        """Wait for news, `seconds` at most, or `deaf` seconds while nothing can be heard."""
        try:
            if await self.open() and self._listener is not None:
                return await self._listen(self._listener, seconds)
        except AWAY as error:
            log.warning("redis is away", error=str(error))
            await self._hang_up()
        await asyncio.sleep(deaf)
        return Heard.DEAF

    async def _listen(self, listener: redis_async.client.PubSub, seconds: float) -> Heard:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            heard = await listener.get_message(ignore_subscribe_messages=True, timeout=left)
            if heard is not None:
                return Heard.NEWS
        return Heard.NOTHING

    async def _hang_up(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(*AWAY):  # it is gone already, which is all we wanted
                await listener.aclose()  # type: ignore[no-untyped-call]  # the library has none here

    async def close(self) -> None:
        await self._hang_up()
        await self._redis.aclose()


@asynccontextmanager
async def listening(channel: str) -> AsyncIterator[Ear]:
    ear = Ear(channel, settings.REDIS_URL)
    try:
        yield ear
    finally:
        await ear.close()
