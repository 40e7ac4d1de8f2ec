"""Reports over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator, Worker
from oa.moderation import actions
from oa.moderation.models import Report
from oa.moderation.rules import ReportReason
from oa.moderation.serializers import (
    DecisionSerializer,
    GivenReportSerializer,
    ReportFilters,
    ReportRequestSerializer,
    ReportSerializer,
    WhySerializer,
)
from oa.moderation.views.deciding import DecisionView, asked, decided


class ReportMessageView(APIView):
    permission_classes = (Worker,)
    problems = {"POST": (410,)}

    @extend_schema(
        operation_id="messages_report",
        summary="Report a message to the moderators",
        description="Reporting it again replaces what you said before (200). `own_message`, `message_is_gone`.",
        request=ReportRequestSerializer,
        responses={200: ReportSerializer, 201: ReportSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        sent = asked(ReportRequestSerializer, request)
        reason = ReportReason(sent.pop("reason"))
        report, fresh = actions.report(message_id=message_id, reason=reason, **sent)
        return Response(ReportSerializer(report).data, status=201 if fresh else 200)


class ReportsView(ListAPIView[Report]):
    permission_classes = (Moderator,)
    serializer_class = GivenReportSerializer
    queryset = Report.objects.none()
    keyset = ("-handled_at", "-at", "-id")

    @extend_schema(
        operation_id="moderation_reports",
        summary="What people have reported: open ones first, then the last closed",
        parameters=[ReportFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Report]:
        filters = ReportFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        given = dict(filters.validated_data)
        is_open = given.pop("open")
        found = Report.objects.select_related("by", "message__author").filter(**given)
        return found if is_open is None else found.filter(handled_at__isnull=is_open)


class DismissReportView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_dismiss_report",
        summary="Close a report without doing anything",
        description="Deleting or editing the message closes its reports too. `already_closed`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, report_id: UUID) -> Response:
        return decided(actions.dismiss_report(report_id=report_id, **asked(WhySerializer, request)))
