"""Where people and machine disagree about a text, or both find it bad: what a moderator looks at first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator
from oa.moderation import actions
from oa.moderation.models import Report, policies_in_force, to_look_at
from oa.moderation.rules import Policies, Triage
from oa.moderation.serializers import (
    DecisionSerializer,
    LookSerializer,
    TriageCountsSerializer,
    TriagedSerializer,
    TriageFilters,
    TriageQuery,
)
from oa.moderation.views.deciding import DecisionView, asked, decided
from oa.trees.models import Message

# A moderator who has more than this to look at needs no exact number.
MOST_COUNTED = 1000


class TriageView(ListAPIView[Message]):
    permission_classes = (Moderator,)
    serializer_class = TriagedSerializer
    queryset = Message.objects.none()
    keyset: Sequence[str] = ("-peak", "id")
    problems = {"GET": (422,)}

    @extend_schema(
        operation_id="moderation_triage",
        summary="What a moderator should look at, the worst first",
        description="Live messages whose text in force a machine has scored and no moderator has looked at. The "
        "thresholds are those of the policy in force for the language of each. What too few people have judged is "
        "among `machine_high`, with `people` null. `people_high` is ordered by the worst that anybody says, the "
        "others by the highest score. Archived imports are only shown: they are never changed.",
        parameters=[TriageQuery],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = TriageQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        kind, policies = Triage(query.validated_data["kind"]), policies_in_force()
        self.keyset = ("-worst_said", "id") if kind is Triage.PEOPLE_HIGH else ("-peak", "id")
        rows = chosen(kind, policies, query.validated_data)
        page = self.paginate_queryset(rows.select_related("tree", "author", "toxicity_score__looked_by")) or []
        context = {"request": request, "policies": policies, "reports": open_reports([row.pk for row in page])}
        return self.get_paginated_response(TriagedSerializer(page, many=True, context=context).data)


def chosen(kind: Triage, policies: Policies, given: dict[str, Any]) -> QuerySet[Any]:
    """What waits for one reason, as far as it is asked for; of one language by the policy of that alone."""
    lang, role, judged = (given.get(name) for name in ("lang", "role", "judged"))
    rows = to_look_at(kind, policies.only(lang) if lang else policies, archived=given["archived"])
    if lang:
        rows = rows.filter(lang=lang)
    if role:
        rows = rows.filter(role=role)
    return rows if judged is None else rows.filter(said__isnull=not judged)


def open_reports(message_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many people have reported each of these messages and wait for a decision."""
    found = Report.objects.filter(message__in=message_ids, handled_at=None).order_by().values_list("message_id")
    return dict(found.annotate(Count("id")))


class TriageCountsView(APIView):
    permission_classes = (Moderator,)
    problems = {"GET": (422,)}

    @extend_schema(
        operation_id="moderation_triage_counts",
        summary="How many messages wait for a moderator's look",
        description=f"For each reason, in all languages and in each. Nothing is counted beyond {MOST_COUNTED}.",
        parameters=[TriageFilters],
        responses=TriageCountsSerializer,
    )
    def get(self, request: Request) -> Response:
        query = TriageFilters(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        policies = policies_in_force()
        counts: dict[str, Any] = {"languages": {}}
        for kind in Triage:
            waiting = chosen(kind, policies, query.validated_data).order_by().values("lang")[:MOST_COUNTED]
            counts[kind] = 0
            for lang in waiting.values_list("lang", flat=True):
                counts[kind] += 1
                of_language = counts["languages"].setdefault(lang, dict.fromkeys(Triage.values, 0))
                of_language[kind] += 1
        return Response(TriageCountsSerializer(counts).data)


class LookView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_look",
        summary="Look at a message and leave it as it is",
        description="It leaves the list, and goes back into tasks if it was withheld. `already_looked`, "
        "`already_deleted`, `message_changed`, `not_scored`, `tree_is_archived`.",
        request=LookSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.look(message_id=message_id, **asked(LookSerializer, request)))


class UnlookView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_unlook",
        summary="Take a look back",
        description="The message is on the list again, and withheld again if the policy says so. `not_looked`, "
        "`already_deleted`, `message_changed`, `not_scored`, `tree_is_archived`.",
        request=LookSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.unlook(message_id=message_id, **asked(LookSerializer, request)))
