"""Two questions of whoever runs us: does this process live, and can it serve people?"""

from __future__ import annotations

from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from oa.core.cache import PatientRedisCache


def healthz(_request: HttpRequest) -> HttpResponse:
    """Asks nothing of anybody: a database that is away is no reason to restart this process."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> HttpResponse:
    """503 while people can't be served. Without Redis they can, so that is said but is no refusal."""
    database = _database()
    redis = _redis()
    status = "ok" if database == redis == "ok" else "degraded" if database == "ok" else "unavailable"
    return JsonResponse(
        {"status": status, "database": database, "redis": redis}, status=200 if database == "ok" else 503
    )


def _database() -> str:
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return "unreachable"
    return f"{len(missing)} migrations missing" if missing else "ok"


def _redis() -> str:
    redis = caches["default"]
    return "ok" if isinstance(redis, PatientRedisCache) and redis.answers() else "unreachable"
