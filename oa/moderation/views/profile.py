"""One person over HTTP, and the board of those whose work goes wrong most."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.views.permissions import Moderator, person_of
from oa.core.errors import Missing
from oa.moderation.models import policies_in_force, profile_of, trollboard
from oa.moderation.rules import Span, Wrong
from oa.moderation.serializers import ProfileSerializer, TrollboardFilters, TrollboardSerializer
from oa.moderation.views.people import counted, with_last_active


class ProfileView(APIView):
    permission_classes = (Moderator,)
    problems = {"GET": (404,)}

    @extend_schema(
        operation_id="moderation_person",
        summary="A person, with what became of their work",
        description="`may` and `roles_i_may_grant` are what you may do. `no_such_person`.",
        responses=ProfileSerializer,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        person = with_last_active(User.objects.filter(pk=person_id)).first()
        if person is None:
            raise Missing("no_such_person", _("There is no such person."))
        profile = profile_of(person, by=person_of(request), now=timezone.now())
        told: Any = profile  # the person, and the figures beside them
        return Response(ProfileSerializer(told, context={"request": request, "counts": counted([person.pk])}).data)


class TrollboardView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_trollboard",
        summary="Whose work goes wrong most",
        description=(
            "The share of pieces of work gone wrong, with its 95 % interval, by the lower end of that: who has done "
            "little is not above who has done much for certain. A piece is a message, a review or a ranking whose "
            "outcome can be told, and it counts once. People who came with an imported data set are left out."
        ),
        parameters=[TrollboardFilters],
        responses=TrollboardSerializer,
    )
    def get(self, request: Request) -> Response:
        asked = TrollboardFilters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        span, banned = Span(asked.validated_data["period"]), asked.validated_data["banned"]
        least = policies_in_force().usual.suspicious_min_pieces
        board = trollboard(span, banned=banned, min_pieces=least, now=timezone.now())
        told = {
            "period": span,
            "at": board.at,
            "min_pieces": least,
            "rows": board.rows,
            "made_of": [{"code": code, "text": text} for code, text in Wrong.choices],
        }
        return Response(TrollboardSerializer(told).data)
