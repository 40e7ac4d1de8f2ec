"""Figures over HTTP."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Anybody
from oa.stats.models import totals
from oa.stats.serializers import StatsSerializer


class StatsView(APIView):
    permission_classes = (Anybody,)

    @extend_schema(
        operation_id="stats_read",
        summary="How much there is, and how much is to be done",
        description="At most half a minute old. Open to everybody.",
        responses=StatsSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(StatsSerializer(totals(now=timezone.now())).data)
