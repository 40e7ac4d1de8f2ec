"""What all decisions over HTTP share. Each is one verb of `oa.moderation.actions` and answers its decision."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from oa.accounts.views.permissions import person_of
from oa.moderation.models import Decision
from oa.moderation.serializers import (
    DecisionSerializer,
)


def decided(decision: Decision) -> Response:
    return Response(DecisionSerializer(decision).data, status=201)


def asked(kind: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent with a decision, and who decides when."""
    sent = kind(data=request.data)
    sent.is_valid(raise_exception=True)
    return {**sent.validated_data, "by": person_of(request), "now": timezone.now()}


class DecisionView(APIView):
    """What all decisions share."""

    problems: ClassVar[dict[str, tuple[int, ...]]] = {"POST": (409,)}
