"""The labels over HTTP. Reviews are handed in as tasks."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Anybody
from oa.reviews.rules import Label
from oa.reviews.serializers import LabelsSerializer, all_forms


class LabelsView(APIView):
    permission_classes = (Anybody,)

    @extend_schema(
        operation_id="labels_list",
        summary="All labels and forms",
        description="Every question that reviewers are asked, and which of them about which message. Open to all.",
        responses=LabelsSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(LabelsSerializer({"labels": list(Label), "forms": all_forms()}).data)
