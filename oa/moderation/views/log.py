"""The log of decisions over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator, person_of
from oa.moderation import actions
from oa.moderation.models import Decision
from oa.moderation.rules.files import COLUMNS, as_csv_line, as_json_line, csv_head
from oa.moderation.serializers import DecisionFilters, DecisionSerializer

ROWS_AT_ONCE = 1000
Line = Callable[[dict[str, Any]], bytes]


def _filters(request: Request) -> DecisionFilters:
    filters = DecisionFilters(data=request.query_params.dict())
    filters.is_valid(raise_exception=True)
    return filters


def _asked(request: Request) -> dict[str, str]:
    """The filters that were given, as they were: nothing else of an address gets into the log."""
    return {name: value for name, value in request.query_params.dict().items() if name in DecisionFilters().fields}


class DecisionsView(ListAPIView[Decision]):
    permission_classes = (Moderator,)
    serializer_class = DecisionSerializer
    queryset = Decision.objects.none()
    keyset = ("-at", "id")

    @extend_schema(
        operation_id="moderation_decisions",
        summary="The log of decisions, the newest first",
        description="Who decided what about what, why, and how it was before and after. Nothing is ever changed in it.",
        parameters=[DecisionFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Decision]:
        return Decision.objects.told().filter(_filters(self.request).wanted())


class _Named(JSONRenderer):
    """Only a name, so that who asks for a file gets one; what is refused is JSON all the same."""


class Csv(_Named):
    media_type = "text/csv"
    format = "csv"


class JsonLines(_Named):
    media_type = "application/x-ndjson"
    format = "jsonl"


class _LogFileView(APIView):
    """What the two files of the log share. They are written while they are read: the log may be long."""

    permission_classes = (Moderator,)
    problems = {"GET": (422,)}
    form: ClassVar[str]
    head: ClassVar[bytes] = b""

    def _file(self, request: Request, line: Line, content_type: str) -> StreamingHttpResponse:
        wanted = Decision.objects.filter(_filters(request).wanted())
        now = timezone.now()
        actions.take_log(form=self.form, asked=_asked(request), by=person_of(request), now=now)
        headers = {"Content-Disposition": f'attachment; filename="oa-decisions-{now:%Y-%m-%d}.{self.form}"'}
        return StreamingHttpResponse(_lines(wanted, line, self.head), content_type=content_type, headers=headers)


class DecisionsCsvView(_LogFileView):
    renderer_classes = (Csv, JSONRenderer)
    form, head = "csv", csv_head()

    @extend_schema(
        operation_id="moderation_decisions_csv",
        summary="The log of decisions as a table",
        description="All that the same filters find, the newest first. That somebody took it along is in the log too.",
        parameters=[DecisionFilters],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        return self._file(request, as_csv_line, "text/csv; charset=utf-8")


class DecisionsJsonLinesView(_LogFileView):
    renderer_classes = (JsonLines, JSONRenderer)
    form = "jsonl"

    @extend_schema(
        operation_id="moderation_decisions_jsonl",
        summary="The log of decisions, one JSON object a line",
        description="All that the same filters find, the newest first. That somebody took it along is in the log too.",
        parameters=[DecisionFilters],
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        return self._file(request, as_json_line, "application/x-ndjson; charset=utf-8")


async def _lines(wanted: QuerySet[Decision], line: Line, head: bytes) -> AsyncIterator[bytes]:
    """A few rows at a time, through a cursor on the server."""
    if head:
        yield head
    names = {
        "by_name": F("by__display_name"), "person_name": F("person__display_name"), "undone_by_id": F("undone_by__id"),
    }  # fmt: skip
    rows = wanted.order_by("-at", "id").values(*(set(COLUMNS) - set(names)), **names)
    async for row in rows.aiterator(chunk_size=ROWS_AT_ONCE):
        yield line(row)
