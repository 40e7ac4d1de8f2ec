"""People over HTTP: moderators' view of them, and what they decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from oa.accounts.models import User
from oa.accounts.views.permissions import Moderator
from oa.moderation.rules import PeopleOrder, Standing
from oa.moderation.serializers import (
    ModeratedPersonSerializer,
    PeopleFilters,
)
from oa.tasks.models import Task
from oa.trees.models import Message


class PeopleView(ListAPIView[User]):
    permission_classes = (Moderator,)
    serializer_class = ModeratedPersonSerializer
    queryset = User.objects.none()
    keyset: Sequence[str] = ("-created_at", "id")

    @extend_schema(
        operation_id="moderation_people",
        summary="People, the newest first",
        parameters=[PeopleFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page: Sequence[User] = self.paginate_queryset(self.get_queryset()) or []
        context = {"request": request, "counts": counted([person.pk for person in page])}
        return self.get_paginated_response(ModeratedPersonSerializer(page, many=True, context=context).data)

    def get_queryset(self) -> QuerySet[User]:
        filters = PeopleFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        given = dict(filters.validated_data)
        self.keyset = KEYSETS[given.pop("sort")]
        standing = given.pop("status", None)
        stands = standing_as(Standing(standing), now=timezone.now()) if standing else Q()
        return with_last_active(User.objects.filter(found_by(given.pop("search")), stands, **given))


# `acted` is a column of every person, unlike `last_active`, which somebody who never did anything has not.
KEYSETS: dict[PeopleOrder, Sequence[str]] = {
    PeopleOrder.NEWEST: ("-created_at", "id"),
    PeopleOrder.OLDEST: ("created_at", "id"),
    PeopleOrder.LAST_ACTIVE: ("-acted", "id"),
    PeopleOrder.NAME: ("display_name", "id"),
}


def with_last_active(people: QuerySet[User]) -> QuerySet[User]:
    """People with when they last took a task (`last_active`), or else joined (`acted`)."""
    last = Task.objects.filter(assignee=OuterRef("pk"), leased_at__isnull=False).order_by("-leased_at")
    taken = Subquery(last.values("leased_at")[:1])
    return people.annotate(last_active=taken, acted=Coalesce(taken, "created_at"))


def standing_as(standing: Standing, *, now: datetime) -> Q:
    match standing:
        case Standing.BANNED:
            return Q(is_active=False)
        case Standing.MUTED:
            return Q(muted_until__gt=now)
        case Standing.WATCHED:
            return Q(watched=True)
        case _:
            return Q(is_active=True)


def found_by(search: str) -> Q:
    """People by part of a name or address, or by their whole id."""
    if not search:
        return Q()
    try:
        return Q(pk=UUID(search))
    except ValueError:
        return Q(display_name__icontains=search) | Q(email__icontains=search)


def counted(people: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """What became of these people's messages, in one statement."""
    rows = (
        Message.objects
        .filter(author__in=people)
        .order_by()
        .values("author_id")
        .annotate(
            messages=Count("id"),
            accepted=Count("id", filter=Q(review_result=True)),
            rejected=Count("id", filter=Q(review_result=False)),
            deleted_ones=Count("id", filter=Q(deleted=True)),
        )
    )
    return {
        row["author_id"]: {
            "messages": row["messages"], "accepted": row["accepted"], "rejected": row["rejected"],
            "deleted": row["deleted_ones"],
        }
        for row in rows
    }  # fmt: skip
