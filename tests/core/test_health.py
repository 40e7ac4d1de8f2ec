"""What a load balancer and a process manager are told."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django.fixtures import Settings

from oa.core import health


def test_a_living_process_says_so_without_asking_anybody(client: Client) -> None:
    """No database mark on this test: a query would fail it."""
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_is_who_has_a_database_with_all_migrations(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "redis": "ok"}


@pytest.mark.django_db
def test_without_redis_people_can_still_be_served(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock"}}

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": "ok", "redis": "unreachable"}


def test_without_a_database_nobody_is_sent_here(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "MigrationExecutor", away)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"
