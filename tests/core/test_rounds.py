"""Rounds share out what they find, and workers that fall behind are not buried under it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import redis
from django.conf import settings

from oa.core.rounds import MOST_MESSAGES, for_each, share_out

Sent = Callable[[], list[dict[str, Any]]]
done: list[str] = []


@for_each(at_once=3)
def note(pk: str) -> None:
    """A job of this test."""
    done.append(pk)
    if pk == "bad":
        raise ValueError(pk)


@pytest.fixture
def sent() -> Iterator[Sent]:
    """The messages of this test's job that wait for workers, those sent first at the beginning."""
    queue = redis.Redis.from_url(settings.REDIS_URL)
    done.clear()

    def waiting() -> list[dict[str, Any]]:
        messages = [(raw, json.loads(raw)) for raw in queue.lrange("oa:default", 0, -1)]
        return [
            {"raw": raw, "expires": message["headers"]["expires"], "args": message["headers"]["argsrepr"]}
            for raw, message in reversed(messages)
            if message["headers"]["task"] == note.name
        ]

    yield waiting
    for message in waiting():
        queue.lrem("oa:default", 1, message["raw"])


def test_a_round_that_finds_little_does_it_at_once_and_sends_nothing(sent: Sent) -> None:
    share_out(note, ["a", "b", "c"])

    assert (done, sent()) == (["a", "b", "c"], [])


def test_a_round_that_finds_nothing_does_nothing(sent: Sent) -> None:
    share_out(note, [])

    assert (done, sent()) == ([], [])


def test_what_is_more_goes_to_other_workers_many_in_a_message(sent: Sent) -> None:
    share_out(note, range(8))

    assert done == ["0", "1", "2"]
    assert [message["args"] for message in sent()] == ["('3', '4', '5')", "('6', '7')"]


def test_a_message_that_nobody_has_begun_in_time_is_dropped(sent: Sent) -> None:
    share_out(note, range(4))

    (message,) = sent()
    end = datetime.fromisoformat(message["expires"])
    assert datetime.now(UTC) < end < datetime.now(UTC) + timedelta(seconds=30)


def test_a_round_sends_no_more_messages_than_workers_can_throw_away(sent: Sent) -> None:
    share_out(note, range(1000))

    assert len(sent()) == MOST_MESSAGES


def test_one_that_fails_stops_no_other_and_is_told(sent: Sent) -> None:
    with pytest.raises(ValueError, match="bad"):
        note("a", "bad", "b", "c")

    assert done == ["a", "bad"]
    assert [message["args"] for message in sent()] == ["('b', 'c')"]
