"""Figures and reports over HTTP, and all that is known of one person."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Anybody, InPerson, person_of
from oa.core.errors import Missing
from oa.core.moments import one_moment
from oa.stats.models import Report, all_about, totals
from oa.stats.rules import CONFIDENCE, TOO_FEW, TOO_FEW_OF_A_SIDE, Kind, key_of
from oa.stats.rules.files import as_csv, as_object
from oa.stats.serializers import StatsSerializer, ToxicityFileSerializer, ToxicityQuery, ToxicityReportSerializer

# What there is to say before the first report.
NOTHING_YET: dict[str, Any] = {
    "made_at": None, "seconds": None, "resamples": None, "seed": None, "confidence": CONFIDENCE,
    "too_few": TOO_FEW, "too_few_of_a_side": TOO_FEW_OF_A_SIDE,
    "models": [], "groups": [], "unsupported": [], "group": None,
}  # fmt: skip


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


class ToxicityView(APIView):
    permission_classes = (Anybody,)
    problems = {"GET": (404, 422)}

    @extend_schema(
        operation_id="stats_toxicity",
        summary="What people and the machine say of toxicity",
        description=(
            "The last report, of one group of messages (all, a language, or a role): every human label against every "
            "score of Detoxify, how well scores find what people mark, kept against deleted messages. A worker makes "
            "a new report every minute, or less often where it takes long; before the first `made_at` is null. "
            "`language_not_supported`: the model doesn't know this language. Open to everybody."
        ),
        parameters=[ToxicityQuery],
        responses=ToxicityReportSerializer,
    )
    def get(self, request: Request) -> Response:
        asked = ToxicityQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        lang, role = asked.validated_data.get("lang"), asked.validated_data.get("role")
        found = (
            Report.objects.finished(Kind.TOXICITY).with_group(lang, role).values(*"made_at seconds head group".split())
        )
        report = found.first()
        if report is None:
            return Response(ToxicityReportSerializer(NOTHING_YET).data)
        if report["group"] is None:
            raise _no_such_group(lang, report["head"])
        return Response(ToxicityReportSerializer({**report["head"], **report}).data)


def _no_such_group(lang: str | None, head: dict[str, Any]) -> Missing:
    if lang in {unsupported["lang"] for unsupported in head["unsupported"]}:
        return Missing(
            "language_not_supported",
            _("The model doesn’t know this language: its messages have no scores."),
            remedy=_("Choose one of the languages it knows."),
        )
    return Missing("no_such_group", _("There are no scores of such messages."), remedy=_("Choose one of the groups."))


class ToxicityJsonView(APIView):
    permission_classes = (Anybody,)
    problems = {"GET": (404,)}

    @extend_schema(
        operation_id="stats_toxicity_json",
        summary="The whole report on toxicity as a file",
        description="The figures of all messages at the top; under `groups` those of each language and each role.",
        responses=ToxicityFileSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        report, head, groups = _whole_report()
        told = {**as_object(head, groups), "made_at": report.made_at, "seconds": report.seconds}
        body = orjson.dumps(ToxicityFileSerializer(told).data, option=orjson.OPT_INDENT_2)
        return _file(report, body, "application/json", "json")


class Csv(JSONRenderer):
    """Only a name, so that who asks for a table gets one; what is refused is JSON all the same."""

    media_type = "text/csv"
    format = "csv"


class ToxicityCsvView(APIView):
    permission_classes = (Anybody,)
    renderer_classes = (Csv, JSONRenderer)
    problems = {"GET": (404,)}

    @extend_schema(
        operation_id="stats_toxicity_csv",
        summary="The report on toxicity as a table",
        description=(
            "One row for each label, score and group of messages; empty where something can't be told, and `status` "
            "says why: `too few` or `not supported`."
        ),
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> HttpResponse:
        report, head, groups = _whole_report()
        return _file(report, as_csv(head, groups).encode(), "text/csv; charset=utf-8", "csv")


def _whole_report() -> tuple[Report, dict[str, Any], list[dict[str, Any]]]:
    """The last report, what it says of itself, and its groups in order."""
    report = Report.objects.finished(Kind.TOXICITY).first()
    if report is None or report.data is None:
        raise Missing("no_report_yet", _("There is no report yet."), remedy=_("Try again in a minute."))
    head, groups = report.data["head"], report.data["groups"]
    return report, head, [groups[key_of(group["lang"], group["role"])] for group in head["groups"]]


def _file(report: Report, body: bytes, content_type: str, ending: str) -> HttpResponse:
    name = f"oa-toxicity-{report.made_at:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=content_type, headers=headers)


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
