"""Telling an open page that a task has come: server-sent events."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.views.permissions import Worker, person_of
from oa.core.redis import Heard, listening
from oa.core.threads import aside
from oa.tasks.models import Task
from oa.tasks.rules import channel_of
from oa.tasks.serializers.showing import task_of

LIFE = 300.0  # seconds; then the client comes again, perhaps to another web process
BEAT = 15.0  # a comment, so that nobody on the way takes the line for dead
NET = 60.0  # how often to look even though nothing was heard
LOOK = 3.0  # how often to look for oneself while Redis is away
MEMORY = timedelta(minutes=30)


class EventStream(BaseRenderer):
    """Only a name: what a browser asks for when it opens an event source."""

    media_type = "text/event-stream"
    format = "event-stream"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return orjson.dumps(data)


class StreamView(APIView):
    permission_classes = [Worker]
    renderer_classes = [EventStream]

    @extend_schema(
        tags=["tasks"],
        summary="Be told when a task comes (server-sent events)",
        parameters=[
            OpenApiParameter(
                "Last-Event-ID",
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                description="Browsers send it when they come again; what came in between is told then.",
            )
        ],
        responses={(200, "text/event-stream"): OpenApiResponse(OpenApiTypes.STR, description="Events named `task`.")},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """An event `task` for every task that came into one's hands, by waiting or otherwise; its data is the task.

        The line is closed after some minutes; event sources come again by themselves.
        """
        watch = Watch(person_of(request), _since(request.headers.get("Last-Event-ID", "")))
        answer = StreamingHttpResponse(watch.events(), content_type="text/event-stream")
        answer["Cache-Control"] = "no-store"
        answer["X-Accel-Buffering"] = "no"
        return answer


def _since(last: str) -> datetime:
    """From when on tasks are news: after the last one told, if that was not long ago; else from now on."""
    now = timezone.now()
    try:
        told = parse_datetime(last)
    except ValueError:
        return now
    if told is None or told.tzinfo is None or not now - MEMORY < told <= now:
        return now
    return told


@dataclass
class Watch:
    """One open page. Between two looks it holds no database connection."""

    person: User
    since: datetime

    async def events(self) -> AsyncIterator[bytes]:
        ends, look_at = time.monotonic() + LIFE, 0.0
        yield b"retry: 2000\n: hello\n\n"
        async with listening(channel_of(self.person.pk)) as ear:
            await ear.open()  # before the first look, or what comes between the two would be missed
            heard = Heard.NEWS
            while time.monotonic() < ends:
                if heard is not Heard.NOTHING or time.monotonic() > look_at:
                    look_at = time.monotonic() + NET
                    yield await aside(self._news)
                heard = await ear.wait(BEAT, deaf=LOOK)
                yield b": still here\n\n"

    def _news(self) -> bytes:
        fresh = Task.objects.held_by(self.person.pk).filter(leased_at__gt=self.since).order_by("leased_at")
        return b"".join(self._tell(task) for task in fresh)

    def _tell(self, task: Task) -> bytes:
        self.since = task.leased_at or self.since
        data = orjson.dumps(task_of(task, by=self.person))
        return b"event: task\nid: %s\ndata: %s\n\n" % (self.since.isoformat().encode(), data)
