"""What happens around every request."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from django.db import OperationalError
from django.test import Client
from prometheus_client import REGISTRY, Metric
from prometheus_client.registry import Collector
from structlog.testing import capture_logs

from oa.core.metrics import count_request

ADD_ONE = """
from oa.core import metrics
metrics.count_request(method="GET", view="next", status=200, seconds=0.01)
"""
READ = """
from oa.core import metrics
print(metrics.exposition().decode())
"""


def test_an_answer_names_its_request(client: Client) -> None:
    assert len(client.get("/healthz")["X-Request-ID"]) == 32


def test_a_proxy_may_name_the_request(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "from-proxy-17"})["X-Request-ID"] == "from-proxy-17"


@pytest.mark.parametrize("name", ["short", "with space in it", "x" * 65, "line\nbreak-in-it"])
def test_but_not_write_whatever_it_likes_into_the_logs(client: Client, name: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": name})["X-Request-ID"] != name


def test_a_line_in_the_log_says_what_was_asked_and_answered(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oa.core.middleware.log", structlog.get_logger("oa.request.fresh"))
    with capture_logs() as lines:
        client.get("/no-such-file.txt?token=secret")

    (line,) = [line for line in lines if line["event"] == "request"]
    assert line["status"] == 404
    assert line["path"] == "/no-such-file.txt"
    assert "secret" not in str(line), "query strings hold things that don't belong in logs"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/me", "/api/v1/community/formula", "/api/v1/no-such-thing"])
def test_nobody_on_the_way_keeps_what_the_api_says(client: Client, path: str) -> None:
    assert client.get(path)["Cache-Control"] == "no-store"


def test_browsers_are_told_to_load_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_requests_are_counted_by_view_and_status(client: Client) -> None:
    labels = {"method": "GET", "view": "healthz", "status": "200"}
    before = REGISTRY.get_sample_value("oa_http_requests_total", labels) or 0

    client.get("/healthz")

    assert REGISTRY.get_sample_value("oa_http_requests_total", labels) == before + 1
    assert "oa_http_request_seconds_bucket" in client.get("/metrics").content.decode()


@pytest.mark.django_db
def test_nobody_can_fill_our_memory_with_invented_names(client: Client) -> None:
    client.get("/invented/path.txt")
    count_request(method="INVENTED", view="v", status=200, seconds=0.0)

    text = client.get("/metrics").content.decode()

    assert "invented" not in text.lower()


def test_without_a_database_the_counted_figures_are_there(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away(Collector):
        def collect(self) -> Iterator[Metric]:
            raise OperationalError("connection refused")

    monkeypatch.setattr("oa.core.metrics._live", [Away()])

    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert b"oa_http_requests_total" in answer.content


def test_several_processes_are_added_up(tmp_path: Path) -> None:
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", ADD_ONE], env=environ, check=True)

    read = subprocess.run([sys.executable, "-c", READ], env=environ, check=True, capture_output=True, text=True)

    assert 'oa_http_requests_total{method="GET",status="200",view="next"} 2.0' in read.stdout
