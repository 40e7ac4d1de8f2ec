"""Closing one's own account over HTTP."""

from __future__ import annotations

from django.contrib.auth import logout
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import InPerson, person_of
from oa.core import throttles
from oa.core.errors import Forbidden
from oa.moderation import actions
from oa.moderation.rules import PASSWORD_GUESSES
from oa.moderation.serializers import (
    LeaveSerializer,
)
from oa.moderation.views.deciding import asked


class LeaveView(APIView):
    """The password is asked for: whoever finds a browser open must not be able to try many."""

    permission_classes = (InPerson,)
    problems = {"POST": (409, 429)}

    @extend_schema(
        operation_id="me_leave",
        tags=["people"],
        summary="Close my account for good",
        description="Your name, address, drafts and tokens go; what you did stays as that of somebody who has left. "
        "`wrong_password`, `only_administrator`.",
        request=LeaveSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        sent = asked(LeaveSerializer, request)
        limits, who, now = throttles.in_force([PASSWORD_GUESSES]), person_of(request).pk, sent["now"]
        if reached := throttles.exhausted(limits, who=who, now=now):
            raise Throttled(wait=max(reached.values()))
        try:
            actions.leave(erases_texts=sent.pop("texts") == "delete", **sent)
        except Forbidden:
            throttles.count(limits, who=who, now=now)
            raise
        logout(request._request)
        return Response(status=204)
