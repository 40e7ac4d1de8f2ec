"""Figures over HTTP, and all that is known of one person."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Anybody, InPerson, person_of
from oa.core.moments import one_moment
from oa.stats.models import all_about, totals
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


class MyDataView(APIView):
    permission_classes = (InPerson,)

    @extend_schema(
        operation_id="me_data",
        tags=["people"],
        summary="All data about me",
        description="One JSON file: profile, consents, texts, reviews, rankings, tasks, drafts, points, notices.",
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponse:
        person, now = person_of(request), timezone.now()
        with one_moment():
            found = {"made_at": now, **all_about(person)}
        body = orjson.dumps(found, default=str, option=orjson.OPT_INDENT_2)
        name = f"oa-my-data-{now:%Y-%m-%d}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(body, content_type="application/json", headers=headers)
