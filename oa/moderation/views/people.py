"""People over HTTP: moderators' view of them, and what they decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.accounts.views.permissions import Admin, Moderator
from oa.moderation import actions
from oa.moderation.serializers import (
    DecisionSerializer,
    ModeratedPersonSerializer,
    PeopleFilters,
    RoleSerializer,
    WhySerializer,
)
from oa.moderation.views.deciding import DecisionView, asked, decided
from oa.trees.models import Message


class BanView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_disable_person",
        summary="Shut somebody out",
        description="What they hold goes back. Nobody decides about a superior or an equal: `not_above_them`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.ban_person(person_id=person_id, **asked(WhySerializer, request)))


class LiftBanView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_enable_person",
        summary="Let somebody in again",
        description="`not_disabled`, `not_above_them`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.lift_ban(person_id=person_id, **asked(WhySerializer, request)))


class SetRoleView(DecisionView):
    permission_classes = (Admin,)

    @extend_schema(
        operation_id="moderation_set_role",
        summary="Give somebody another role",
        description="For administrators. `not_above_them` for oneself.",
        request=RoleSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        sent = asked(RoleSerializer, request)
        return decided(actions.set_role(person_id=person_id, **{**sent, "role": Role(sent["role"])}))


class PeopleView(ListAPIView[User]):
    permission_classes = (Moderator,)
    serializer_class = ModeratedPersonSerializer
    queryset = User.objects.none()
    keyset = ("-created_at", "id")

    @extend_schema(
        operation_id="moderation_people",
        summary="People, the newest first",
        parameters=[PeopleFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page: Sequence[User] = self.paginate_queryset(self.get_queryset()) or []
        context = {"request": request, "counts": counts_of([person.pk for person in page])}
        return self.get_paginated_response(ModeratedPersonSerializer(page, many=True, context=context).data)

    def get_queryset(self) -> QuerySet[User]:
        filters = PeopleFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        given = dict(filters.validated_data)
        return User.objects.filter(found_by(given.pop("search")), **given)


def found_by(search: str) -> Q:
    """People by part of a name or address, or by their whole id."""
    if not search:
        return Q()
    try:
        return Q(pk=UUID(search))
    except ValueError:
        return Q(display_name__icontains=search) | Q(email__icontains=search)


def counts_of(people: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """What became of these people's messages, in one statement."""
    rows = (
        Message.objects
        .filter(author__in=people)
        .order_by()
        .values("author_id")
        .annotate(
            messages=Count("id"),
            rejected=Count("id", filter=Q(review_result=False)),
            deleted_ones=Count("id", filter=Q(deleted=True)),
        )
    )
    return {
        row["author_id"]: {
            "messages": row["messages"], "rejected": row["rejected"], "deleted": row["deleted_ones"],
        }
        for row in rows
    }  # fmt: skip
