"""Moderators take data along, in any form: written while it is read, and written in the log."""

from __future__ import annotations

from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator, person_of
from oa.datasets.actions import releasing
from oa.datasets.rules.releases import read_query
from oa.datasets.rules.selecting import Selection
from oa.datasets.serializers.exports import ExportQuery
from oa.datasets.views.sending import TYPES, AnyFile, streamed


class ExportView(APIView):
    permission_classes = (Moderator,)
    renderer_classes = (AnyFile, JSONRenderer)
    problems = {"GET": (422,)}

    @extend_schema(
        operation_id="export", tags=["data sets"], summary="Download data in any form",
        description="Filters as those of a release, and `role`, `user`, `deleted` and others that choose single "
        "messages; lists with commas, bounds of labels as `quality:0.5,toxicity:0.2`. Ids are pseudonyms of the "
        "name space of exports unless `original_ids` is asked for. Who took what along is in the log. "
        "`unknown_filter`, `bad_filter_value`, `filters_contradict`, `form_needs_trees`.",
        parameters=[ExportQuery], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def get(self, request: Request) -> StreamingHttpResponse:
        given = request.query_params.dict()
        query = ExportQuery(data={name: value for name, value in given.items() if name in ExportQuery().fields})
        query.is_valid(raise_exception=True)
        asked: dict[str, Any] = query.validated_data
        filters = {name: value for name, value in given.items() if name not in query.fields}
        now = timezone.now()
        taken = releasing.take_data(
            selection=Selection.of(read_query(filters)), by=person_of(request), now=now, **asked,
        )  # fmt: skip
        name = f"oa-{asked['form']}-{now:%Y-%m-%d}.{asked['packing']}"
        kind = TYPES["." + asked["packing"].rsplit(".", 1)[-1]]
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return StreamingHttpResponse(streamed(taken), content_type=kind, headers=headers)
