"""What happens around every request: an id, a line in the log, figures, and the rules for the browser."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest, HttpResponse

from oa.core import metrics

Next = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("oa.request")

# A proxy may name the request; anything else in that header is not repeated into our logs.
SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
NOISY = frozenset({"healthz", "readyz", "metrics"})


class RequestLog:
    """First in the chain, so that it sees what every other middleware answers, and its id is in all their lines."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if given and SANE_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        response["X-Request-ID"] = request_id
        view = request.resolver_match.view_name or "unnamed" if request.resolver_match else "none"
        metrics.count_request(method=request.method or "", view=view, status=response.status_code, seconds=seconds)
        if view not in NOISY:
            self._write_line(request, response, view, seconds)
        return response

    def _write_line(self, request: HttpRequest, response: HttpResponse, view: str, seconds: float) -> None:
        user = getattr(request, "user", None)
        log.info(
            "request",
            method=request.method,
            path=request.path,
            view=view,
            status=response.status_code,
            milliseconds=round(seconds * 1000, 1),
            user=str(user.pk) if user is not None and user.is_authenticated else None,
        )


class PageMessages(MessageMiddleware):
    """Django's messages, which only the pages of the admin have: the API is spared 50 µs for each call."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.path_info.startswith("/api/"):
            super().process_request(request)


class BrowserRules:
    """`settings.SECURE_CSP` as a header; and nobody on the way keeps what the API says, most of it about one person.

    A view that must differ sets the header itself.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
