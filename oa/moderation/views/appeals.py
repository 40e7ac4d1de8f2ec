"""Appeals over HTTP, as moderators see and decide them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Admin, Moderator, person_of
from oa.moderation import actions
from oa.moderation.models import Appeal, appeal_figures
from oa.moderation.serializers import (
    AppealFiguresSerializer,
    AppealFilters,
    AppealSerializer,
    DecisionSerializer,
    WordsSerializer,
)
from oa.moderation.views.deciding import DecisionView, asked, decided

REFUSALS = "`decided_by_yourself`, `own_appeal`, `already_decided`."


class AppealsView(ListAPIView[Appeal]):
    permission_classes = (Moderator,)
    serializer_class = AppealSerializer
    queryset = Appeal.objects.none()
    keyset = ("-decided_at", "-at", "-id")

    @extend_schema(
        operation_id="moderation_appeals",
        summary="What people say against decisions: open ones first, then the last decided",
        parameters=[AppealFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Appeal]:
        filters = AppealFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        found = Appeal.objects.select_related(
            "decision__by", "decision__person", "decision__undone_by", "by", "decided_by"
        ).prefetch_related("decision__appeals")
        match filters.validated_data.get("state"):
            case "open":
                return found.filter(decided_at=None)
            case "decided":
                return found.filter(decided_at__isnull=False)
            case _:
                return found

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "viewer": person_of(self.request)}


class UpholdView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_uphold",
        summary="Let a decision stand after an appeal",
        description=f"Its author is told why. {REFUSALS}",
        request=WordsSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, appeal_id: UUID) -> Response:
        return decided(actions.uphold(appeal_id=appeal_id, **_why(request)))


class GrantView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_grant",
        summary="Take a decision back after an appeal",
        description=f"It is undone; refused where that is refused (`decided_since`, `not_above_them`, …). {REFUSALS}",
        request=WordsSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, appeal_id: UUID) -> Response:
        return decided(actions.grant(appeal_id=appeal_id, **_why(request)))


def _why(request: Request) -> dict[str, Any]:
    sent = asked(WordsSerializer, request)
    sent.pop("reason")
    return sent


class AppealFiguresView(APIView):
    permission_classes = (Admin,)

    @extend_schema(
        operation_id="moderation_appeal_figures",
        summary="What becomes of appeals",
        description="For administrators: how many, how fast, and whose decisions are taken back how often.",
        responses=AppealFiguresSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(AppealFiguresSerializer(appeal_figures()).data)
