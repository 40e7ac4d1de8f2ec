"""Figures for Prometheus.

With several processes each writes into a file of its own in PROMETHEUS_MULTIPROC_DIR, and whichever answers `/metrics`
adds them up. The library reads that variable when it is imported, so whoever starts us sets it.
"""

from __future__ import annotations

import os

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.registry import Collector

REQUESTS = Counter("oa_http_requests_total", "Requests answered.", ["method", "view", "status"])
SECONDS = Histogram(
    "oa_http_request_seconds",
    "Time until the answer was made.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

# Figures read from the database when asked, the same whichever process answers. Apps above this one add theirs.
_live: list[Collector] = []


def add_live(collector: Collector) -> None:
    _live.append(collector)


def count_request(*, method: str, view: str, status: int, seconds: float) -> None:
    # A method is whatever a client sends: without this, each invented one would be kept for good.
    REQUESTS.labels(method if method in METHODS else "other", view, str(status)).inc()
    SECONDS.labels(view).observe(seconds)


def exposition() -> bytes:
    """Without the live figures where the database is away: that is when the others are wanted most."""
    try:
        return _counted() + _read_live()
    except OperationalError:
        return _counted()


def _counted() -> bytes:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types here
    return generate_latest(registry)


def _read_live() -> bytes:
    registry = CollectorRegistry()
    for collector in _live:
        registry.register(collector)
    return generate_latest(registry)


def metrics(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
