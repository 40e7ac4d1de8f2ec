"""Erasing for good over HTTP: it takes two moderators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator, person_of
from oa.moderation import actions
from oa.moderation.models import Purge
from oa.moderation.serializers import (
    ConfirmSerializer,
    PurgeFilters,
    PurgeRequestSerializer,
    PurgeSerializer,
    WordsSerializer,
)
from oa.moderation.views.deciding import asked


def _shown(purge: Purge, request: Request, status: int = 200) -> Response:
    return Response(PurgeSerializer(purge, context={"viewer": person_of(request)}).data, status=status)


class PurgesView(ListAPIView[Purge]):
    permission_classes = (Moderator,)
    serializer_class = PurgeSerializer
    queryset = Purge.objects.none()
    keyset = ("-asked_at", "-id")
    problems = {"POST": (403, 404, 409, 422)}

    @extend_schema(
        operation_id="moderation_purges",
        summary="What moderators want erased for good, and how far that is; the newest first",
        parameters=[PurgeFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="moderation_ask_purge",
        summary="Ask that something be erased for good",
        description="A message with all below it, or all that a person wrote, whose account is closed too. Another "
        "moderator must confirm. `one_thing_at_a_time`, `already_asked`, `already_erased`, `not_above_them`.",
        request=PurgeRequestSerializer,
        responses={201: PurgeSerializer},
    )
    def post(self, request: Request) -> Response:
        return _shown(actions.ask_purge(**asked(PurgeRequestSerializer, request)), request, status=201)

    def get_queryset(self) -> QuerySet[Purge]:
        filters = PurgeFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        is_open = filters.validated_data["open"]
        waiting = Q(confirmed_at=None, called_off_at=None)
        found = Purge.objects.select_related("person", "asked_by", "confirmed_by")
        return found if is_open is None else found.filter(waiting if is_open else ~waiting)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "viewer": person_of(self.request)}


class ConfirmPurgeView(APIView):
    permission_classes = (Moderator,)
    problems = {"POST": (403, 404, 409)}

    @extend_schema(
        operation_id="moderation_confirm_purge",
        summary="Agree that something is erased for good",
        description="Workers do it then; it can't be undone. `asked_by_yourself`, `already_confirmed`, `called_off`.",
        request=ConfirmSerializer,
        responses=PurgeSerializer,
    )
    def post(self, request: Request, purge_id: UUID) -> Response:
        return _shown(actions.confirm_purge(purge_id=purge_id, **asked(ConfirmSerializer, request)), request)


class CallOffPurgeView(APIView):
    permission_classes = (Moderator,)
    problems = {"POST": (404, 409)}

    @extend_schema(
        operation_id="moderation_call_off_purge",
        summary="Let something stay that somebody wanted erased",
        description="`already_confirmed`, `called_off`.",
        request=WordsSerializer,
        responses=PurgeSerializer,
    )
    def post(self, request: Request, purge_id: UUID) -> Response:
        sent = asked(WordsSerializer, request)
        sent.pop("reason")
        return _shown(actions.call_off_purge(purge_id=purge_id, **sent), request)
