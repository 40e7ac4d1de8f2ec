"""An open page is told when a task has come, with Redis and without."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test import AsyncClient, override_settings
from django.utils import timezone

from oa.accounts.models import User
from oa.core import redis as line_to_redis
from oa.core.threads import threads
from oa.embedded import binaries
from oa.tasks import actions, jobs
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.tasks.views import stream
from tests import builders as b
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, in less time: nothing but the clock is another."""
    monkeypatch.setattr(stream, "LOOK", 0.2)
    monkeypatch.setattr(stream, "BEAT", 0.5)


@pytest.fixture
def patient() -> Iterator[None]:
    """A machine that is busy with other tests may let a bell wait for longer than people's requests would."""
    with override_settings(REDIS_TIMEOUT=10.0):
        line_to_redis._line.cache_clear()
        yield
    line_to_redis._line.cache_clear()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server of this test's own, to be killed."""
    socket = tmp_path / "v.sock"
    server = subprocess.Popen(
        [
            str(binaries.valkey_binary()),
            "--port",
            "0",
            "--unixsocket",
            str(socket),
            "--save",
            "",
            "--dir",
            str(tmp_path),
        ],
        stdout=subprocess.DEVNULL,
    )
    while not socket.exists():
        time.sleep(0.02)
    with override_settings(REDIS_URL=f"unix://{socket}"):
        yield server
    server.kill()
    server.wait()


def waits(person: User) -> None:
    actions.wait(kinds=list(Kind), langs=["en"], by=person, now=timezone.now())


def work_comes(person: User) -> None:
    """What a worker does: there is something to review, and whoever waits is given it."""
    b.plant(now=timezone.now())
    jobs.assign(str(person.pk))


async def open_page(person: User, **headers: str) -> AsyncIterator[bytes]:
    client = AsyncClient()
    await client.aforce_login(person)
    answer: Any = await client.get("/api/v1/tasks/stream", headers={"accept": "text/event-stream", **headers})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/event-stream")
    await sync_to_async(lambda: connection.close())()  # the client leaves what the request has opened
    pages: AsyncIterator[bytes] = answer.streaming_content
    return pages


async def next_event(page: AsyncIterator[bytes], *, within: float) -> dict[str, Any]:
    async def read() -> dict[str, Any]:
        async for chunk in page:
            lines = dict(line.split(": ", 1) for line in chunk.decode().splitlines() if line[:1] not in ("", ":"))
            if lines.get("event") == "task":
                return {"id": lines["id"], **json.loads(lines["data"])}
        raise AssertionError("the line was closed")

    return await asyncio.wait_for(read(), within)


def tell(story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await story()
        await asyncio.sleep(0.1)  # what its pages held is closed while there is a loop to close it
        await sync_to_async(lambda: connection.close())()

    asyncio.run(whole())


def test_a_task_that_a_worker_assigned_is_told_at_once(cast: Cast, patient: None) -> None:
    async def story() -> None:
        await sync_to_async(waits)(cast.alice)
        page = await open_page(cast.alice)
        await anext(page)
        await anext(page)  # listening, and has looked
        await sync_to_async(work_comes)(cast.alice)
        started = time.monotonic()
        event = await next_event(page, within=40)

        assert event["kind"] == Kind.LABEL_INITIAL_PROMPT
        assert event["conversation"]
        assert time.monotonic() - started < 30, "told by the bell, not by the look after a minute"

    tell(story)


def test_what_came_while_the_line_was_down_is_told_on_coming_again(cast: Cast, quick: None) -> None:
    async def story() -> None:
        last = timezone.now().isoformat()
        await sync_to_async(waits)(cast.alice)
        await sync_to_async(work_comes)(cast.alice)

        page = await open_page(cast.alice, **{"Last-Event-ID": last})
        event = await next_event(page, within=40)
        again = await open_page(cast.alice, **{"Last-Event-ID": event["id"]})

        with pytest.raises(TimeoutError):
            await next_event(again, within=2)

    tell(story)


def test_somebody_elses_task_is_not_told(cast: Cast, quick: None) -> None:
    async def story() -> None:
        await sync_to_async(waits)(cast.bob)
        page = await open_page(cast.alice)
        await anext(page)
        await sync_to_async(work_comes)(cast.bob)

        with pytest.raises(TimeoutError):
            await next_event(page, within=2)

    tell(story)


def test_redis_dies_while_the_page_is_open(cast: Cast, quick: None, own_redis: subprocess.Popen[bytes]) -> None:
    async def story() -> None:
        await sync_to_async(waits)(cast.alice)
        page = await open_page(cast.alice)
        await anext(page)
        await anext(page)
        own_redis.kill()
        own_redis.wait()
        await sync_to_async(work_comes)(cast.alice)

        event = await next_event(page, within=40)

        assert event["kind"] == Kind.LABEL_INITIAL_PROMPT
        assert await sync_to_async(lambda: Task.objects.held_by(cast.alice.pk).count())() == 1

    tell(story)


def test_between_two_looks_no_database_connection_is_held(cast: Cast, quick: None) -> None:
    async def story() -> None:
        page = await open_page(cast.alice)
        await anext(page)
        await anext(page)

        assert await asyncio.wrap_future(threads().submit(lambda: connection.connection)) is None

    tell(story)


def test_a_page_without_redis_is_told_too(cast: Cast, quick: None) -> None:
    async def story() -> None:
        await sync_to_async(waits)(cast.alice)
        page = await open_page(cast.alice)
        await anext(page)
        await sync_to_async(work_comes)(cast.alice)
        assert (await next_event(page, within=40))["kind"] == Kind.LABEL_INITIAL_PROMPT

    with override_settings(REDIS_URL="unix:///nowhere/valkey.sock"):
        line_to_redis.tell("oa:nobody", "nothing")  # the bell is lost, and nothing breaks
        tell(story)
