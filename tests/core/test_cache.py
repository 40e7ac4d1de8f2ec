"""A cache that does without Redis while it is away."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache, caches
from django.test import override_settings

AWAY = {"default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock"}}


def test_it_keeps_what_it_is_told() -> None:
    cache.set("word", "kept", 10)
    cache.add("count", 1, 10)

    assert cache.get("word") == "kept"
    assert cache.incr("count") == 2
    cache.delete_many(["word", "count"])
    assert cache.get_many(["word", "count"]) == {}


@override_settings(CACHES=AWAY)
def test_without_redis_it_is_empty_and_forgets() -> None:
    away = caches["default"]
    started = time.monotonic()

    away.set("word", "lost")
    away.set_many({"word": "lost"})
    away.delete_many(["word"])

    assert away.get("word") is None
    assert away.get("word", "other") == "other"
    assert away.get_or_set("word", "computed") == "computed"
    assert away.get_many(["word"]) == {}
    assert away.add("word", 1) is True
    assert away.touch("word") is False
    assert away.delete("word") is False
    assert "word" not in away
    assert away.incr("word") == 1
    assert time.monotonic() - started < 30
