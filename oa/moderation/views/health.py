"""How the site does, over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator
from oa.core.workers import queue_lengths, workers_alive
from oa.moderation.models import Checkup, JobFailure, last_round, queue_now
from oa.moderation.serializers import HealthSerializer
from oa.screening.views import status
from oa.trees.rules import State

FAILURES_SHOWN = 20
# Before a worker has looked for the first time.
NOTHING_YET: dict[str, Any] = {
    "stuck": {"n": None, "looked_at": 0, "examples": []},
    "shortage": [], "funnel": [], "ends": [], "median_hours_week": None,
    "medians": dict.fromkeys(("to_accepted_hours", "to_drawn_hours", "to_ready_hours")),
}  # fmt: skip


class HealthView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_health",
        summary="How the site does",
        description=(
            "What waits for moderators, whether trees are stuck, where reviewers are missing, how far trees come, and "
            "the workers. What is dear to read is kept by a worker, and `kept_at` says since when."
        ),
        responses=HealthSerializer,
    )
    def get(self, request: Request) -> Response:
        now = timezone.now()
        checkup = Checkup.objects.first()
        kept, kept_at = (checkup.data, checkup.made_at) if checkup else (NOTHING_YET, None)
        found = {
            "at": now,
            "kept_at": kept_at,
            "queue": {**queue_now(now=now), "median_hours_week": kept["median_hours_week"]},
            "stuck": {**kept["stuck"], "checked_at": kept_at},
            "shortage": kept["shortage"],
            "funnel": _in_order(kept["funnel"]),
            "ends": kept["ends"],
            "medians": kept["medians"],
            "celery": _celery(),
            "screening": status(now=now),
        }
        return Response(HealthSerializer(found).data)


def _in_order(funnel: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The states in the order in which trees come through them."""
    return sorted(funnel, key=lambda line: State.values.index(line["state"]))


def _celery() -> dict[str, Any]:
    return {
        "queues": [{"name": name, "waiting": waiting} for name, waiting in queue_lengths().items()],
        "workers": workers_alive(),
        "failures": JobFailure.objects.order_by("-last_at", "-id")[:FAILURES_SHOWN],
        "beat_last_at": last_round(),
    }
