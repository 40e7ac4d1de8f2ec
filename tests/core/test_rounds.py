"""Workers that fall behind are not buried under the same work again and again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import redis
from django.conf import settings

from oa.core.rounds import send_each
from oa.rankings.jobs import score_tree


def test_a_job_that_nobody_has_begun_in_time_is_dropped() -> None:
    trees = [str(uuid4()), str(uuid4())]

    send_each(score_tree, trees)

    queue = redis.Redis.from_url(settings.REDIS_URL)
    headers = [json.loads(message)["headers"] for message in queue.lrange("oa:default", 0, -1)]
    sent = [header for header in headers if any(tree in header["argsrepr"] for tree in trees)]
    ends = [datetime.fromisoformat(header["expires"]) for header in sent]
    soon = datetime.now(UTC) + timedelta(seconds=30)
    assert len(ends) == 2
    assert all(datetime.now(UTC) < end < soon for end in ends)
