"""Views that show what a server does with requests, beside those of the site."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from oa.urls import handler400, handler500
from oa.urls import urlpatterns as of_the_site

__all__ = ["handler400", "handler500", "urlpatterns"]
LEFT: Path = settings.OA_UPLOADS_DIR / "left"
PATIENCE = 60.0


class Gate:
    """Some wait at it until somebody opens it for all who are there."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._opened = 0
        self.waiting = 0

    def wait(self, patience: float = PATIENCE) -> bool:
        """Whether it was opened within so many seconds."""
        with self._changed:
            self.waiting += 1
            opened = self._opened
            try:
                return self._changed.wait_for(lambda: self._opened > opened, patience)
            finally:
                self.waiting -= 1

    def open(self) -> None:
        with self._changed:
            self._opened += 1
            self._changed.notify_all()


GATE = Gate()


def slow(request: HttpRequest) -> HttpResponse:
    """Answered after so many seconds, at the gate until then."""
    GATE.wait(float(request.GET["seconds"]))
    return HttpResponse("done")


def waits(_request: HttpRequest) -> HttpResponse:
    """Answered when somebody else asks for `goes`."""
    return HttpResponse("let go" if GATE.wait() else "forgotten")


def goes(_request: HttpRequest) -> HttpResponse:
    GATE.open()
    return HttpResponse("done")


def waiting(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(GATE.waiting))


@csrf_exempt
def body(request: HttpRequest) -> JsonResponse:
    digest, size = hashlib.sha256(), 0
    while piece := request.read(65536):
        digest.update(piece)
        size += len(piece)
    return JsonResponse({"bytes": size, "sha256": digest.hexdigest()})


@csrf_exempt
def held(request: HttpRequest) -> JsonResponse:
    """All at once in memory, which Django bounds."""
    return JsonResponse({"bytes": len(request.body)})


def who(_request: HttpRequest) -> JsonResponse:
    """Which thread answers, over which connection, in which language."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return JsonResponse({"thread": threading.get_ident(), "connection": pid, "language": get_language()})


def locked(_request: HttpRequest) -> HttpResponse:
    """Answered when nobody else holds a lock."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(77)")
    return HttpResponse("done")


def pieces(request: HttpRequest) -> StreamingHttpResponse:
    """Twenty pieces with what is known of the request. From the second on, one every twentieth of a second; with
    `?until=goes` the second is written only when somebody has asked for that."""

    until_asked = request.GET.get("until") == "goes"

    async def written() -> AsyncIterator[bytes]:
        try:
            for number in range(20):
                known = structlog.contextvars.get_contextvars()
                yield f"{known.get('request_id')} {get_language()}\n".encode()
                await asyncio.sleep(0.05)
                if number == 0 and until_asked:
                    await asyncio.to_thread(GATE.wait)
        except (asyncio.CancelledError, GeneratorExit):
            LEFT.touch()
            raise

    return StreamingHttpResponse(written(), content_type="text/plain")


def broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("served/slow", slow),
    path("served/waits", waits),
    path("served/goes", goes),
    path("served/waiting", waiting),
    path("served/body", body),
    path("served/held", held),
    path("served/who", who),
    path("served/locked", locked),
    path("served/pieces", pieces),
    path("served/broken", broken),
    *of_the_site,
]
