"""Points over HTTP: mine, the boards, the formula, the goal."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Anybody, Reader, person_of
from oa.community.models import Entry
from oa.community.models.standings import board_of, goal_of, standing_of
from oa.community.rules import REASON_HELP, Period, Reason, worth
from oa.community.serializers import (
    BoardQuery,
    BoardSerializer,
    EntrySerializer,
    FormulaSerializer,
    GoalSerializer,
    PointsSerializer,
)
from oa.trees.models import PolicyVersion

TAG = ["community"]


class PointsView(APIView):
    permission_classes = (Reader,)

    @extend_schema(operation_id="me_points", tags=TAG, summary="My points, level, streak and badges",
                   responses=PointsSerializer)  # fmt: skip
    def get(self, request: Request) -> Response:
        return Response(PointsSerializer(standing_of(person_of(request), now=timezone.now())).data)


class LedgerView(ListAPIView[Entry]):
    permission_classes = (Reader,)
    serializer_class = EntrySerializer
    queryset = Entry.objects.none()
    keyset = ("-at", "-id")

    @extend_schema(operation_id="me_points_ledger", tags=TAG, summary="What my points are for, the newest first")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Entry]:
        return Entry.objects.of(person_of(self.request).pk)


class BoardsView(APIView):
    permission_classes = (Reader,)
    problems = {"GET": (422,)}

    @extend_schema(
        operation_id="community_boards",
        tags=TAG,
        summary="Who has most points",
        description="The best hundred, and your own place. Days, weeks and months are those of the calendar in UTC.",
        parameters=[BoardQuery],
        responses=BoardSerializer,
    )
    def get(self, request: Request) -> Response:
        asked = BoardQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        period, lang = Period(asked.validated_data["period"]), asked.validated_data["lang"]
        board = board_of(person_of(request), period=period, lang=lang, now=timezone.now())
        return Response(BoardSerializer(board).data)


class FormulaView(APIView):
    permission_classes = (Anybody,)

    @extend_schema(operation_id="community_formula", tags=TAG, summary="What points are given for",
                   description="The policy in force. Open to everybody.", responses=FormulaSerializer)  # fmt: skip
    def get(self, request: Request) -> Response:
        version = PolicyVersion.objects.current().filter(lang="").first() or PolicyVersion()
        rules = [
            {
                "code": reason, "title": reason.label, "help": REASON_HELP[reason],
                "points": worth(reason, version.policy),
            }
            for reason in Reason
        ]  # fmt: skip
        return Response(FormulaSerializer({"rules": rules}).data)


class GoalView(APIView):
    permission_classes = (Anybody,)

    @extend_schema(operation_id="community_goal", tags=TAG, summary="What everybody together did this week",
                   description="Open to everybody.", responses=GoalSerializer)  # fmt: skip
    def get(self, request: Request) -> Response:
        return Response(GoalSerializer(goal_of(timezone.now())).data)
