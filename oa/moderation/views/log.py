"""The log of decisions over HTTP."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from oa.accounts.views.permissions import Moderator
from oa.moderation.models import Decision
from oa.moderation.serializers import (
    DecisionFilters,
    DecisionSerializer,
)


class DecisionsView(ListAPIView[Decision]):
    permission_classes = (Moderator,)
    serializer_class = DecisionSerializer
    queryset = Decision.objects.none()
    keyset = ("-at", "id")

    @extend_schema(
        operation_id="moderation_decisions",
        summary="What moderators decided, the newest first",
        parameters=[DecisionFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Decision]:
        filters = DecisionFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        return Decision.objects.select_related("by", "person").filter(**filters.validated_data)
