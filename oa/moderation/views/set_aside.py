"""Having a machine try a text again, over HTTP."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator, person_of
from oa.moderation import actions


class RetryView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_retry_set_aside",
        tags=["screening"],
        summary="Have a machine try a text again that it failed on",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, due_id: int) -> Response:
        actions.retry_set_aside(due_id=due_id, by=person_of(request), now=timezone.now())
        return Response(status=204)
