"""What people see of decisions about themselves, and how they appeal: signed in, or by the link in a mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.views.permissions import Anybody, EvenMuted, Reader, person_of
from oa.core import throttles
from oa.moderation import actions
from oa.moderation.models import Appeal, Decision, told_to
from oa.moderation.rules import LINKS
from oa.moderation.serializers import AppealRequestSerializer, OwnDecision, OwnDecisionSerializer
from oa.trees.models import Message

TAG = ["decisions about me"]


def own_decisions(decisions: Sequence[Decision], *, person: User, now: datetime) -> list[OwnDecision]:
    """These decisions as the person sees them whom they are about."""
    told = told_to(person.pk)
    messages = Message.objects.filter(author=person).in_bulk([pk for d in decisions if (pk := told.get(d.pk))])
    said = {appeal.decision_id: appeal for appeal in Appeal.objects.filter(by=person, decision__in=decisions)}
    mine = {pk: messages[message] for pk, message in told.items() if message in messages}
    return [OwnDecision(d, mine.get(d.pk), said.get(d.pk), actions.end_of_sanction(d), now) for d in decisions]


def _one(decision_id: UUID, person: User) -> Response:
    decision = actions.decision_about(decision_id, person=person)
    [own] = own_decisions([decision], person=person, now=timezone.now())
    return Response(OwnDecisionSerializer(own).data)


class OwnDecisionsView(ListAPIView[Decision]):
    permission_classes = (Reader,)
    queryset = Decision.objects.none()
    keyset = ("-at", "id")

    @extend_schema(
        operation_id="me_decisions",
        tags=TAG,
        summary="What was decided about me and my words, the newest first",
        responses=OwnDecisionSerializer(many=True),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page: Sequence[Decision] = self.paginate_queryset(self.get_queryset()) or []
        shown = own_decisions(page, person=person_of(request), now=timezone.now())
        listed = OwnDecisionSerializer(shown, many=True)  # type: ignore[arg-type]  # the stubs forget what `many` means
        return self.get_paginated_response(listed.data)

    def get_queryset(self) -> QuerySet[Decision]:
        told = told_to(person_of(self.request).pk)
        return Decision.objects.filter(pk__in=told).select_related("undone_by")


class AppealView(APIView):
    permission_classes = (EvenMuted,)
    problems = {"POST": (404, 409, 410, 422)}

    @extend_schema(
        operation_id="me_appeal",
        tags=TAG,
        summary="Appeal against a decision about me or my words",
        description="Once for each decision, within 30 days; another moderator looks at it. Muted people may. "
        "`no_such_decision`, `not_appealable`, `already_undone`, `already_appealed`, `too_late`, `bad_appeal`.",
        request=AppealRequestSerializer,
        responses={201: OwnDecisionSerializer},
    )
    def post(self, request: Request, decision_id: UUID) -> Response:
        return _appealed(request, decision_id, person_of(request))


class AppealByLinkView(APIView):
    """The link in the mail of a ban. Looking at it changes nothing: mail programs follow links by themselves."""

    permission_classes = (Anybody,)
    authentication_classes = ()
    problems = {"GET": (404, 429), "POST": (404, 409, 410, 422, 429)}

    @extend_schema(
        operation_id="appeal_by_link_read",
        tags=TAG,
        summary="The decision that a link in a mail is about",
        description="`unknown_link`, `no_such_decision`.",
        responses=OwnDecisionSerializer,
    )
    def get(self, request: Request, token: str) -> Response:
        _refuse_too_many(request)
        link = actions.read_link(token)
        return _one(link.decision_id, link.person)

    @extend_schema(
        operation_id="appeal_by_link",
        tags=TAG,
        summary="Appeal by the link in a mail",
        description="The codes of `POST /me/decisions/{id}/appeal`, and `unknown_link`.",
        request=AppealRequestSerializer,
        responses={201: OwnDecisionSerializer},
    )
    def post(self, request: Request, token: str) -> Response:
        _refuse_too_many(request)
        link = actions.read_link(token)
        return _appealed(request, link.decision_id, link.person)


def _appealed(request: Request, decision_id: UUID, person: User) -> Response:
    sent = AppealRequestSerializer(data=request.data)
    sent.is_valid(raise_exception=True)
    actions.appeal(decision_id=decision_id, text=sent.validated_data["text"], by=person, now=timezone.now())
    answer = _one(decision_id, person)
    answer.status_code = 201
    return answer


def _refuse_too_many(request: Request) -> None:
    """Whoever tries links is counted by their address, which is nowhere kept."""
    limits, who, now = throttles.in_force([LINKS]), request.META.get("REMOTE_ADDR", ""), timezone.now()
    if reached := throttles.exhausted(limits, who=who, now=now):
        raise Throttled(wait=max(reached.values()))
    throttles.count(limits, who=who, now=now)
