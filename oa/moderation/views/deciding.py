"""What moderators do over HTTP. Each write is one verb of `oa.moderation.actions` and answers its decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.accounts.views.permissions import Admin, InPerson, Moderator, Worker, person_of
from oa.core import throttles
from oa.core.errors import Forbidden
from oa.moderation import actions
from oa.moderation.models import Decision, Report
from oa.moderation.rules import PASSWORD_GUESSES, ReportReason
from oa.moderation.serializers import (
    DecisionFilters,
    DecisionSerializer,
    EditSerializer,
    GivenReportSerializer,
    LeaveSerializer,
    ModeratedMessageSerializer,
    ModeratedPersonSerializer,
    PeopleFilters,
    ReportFilters,
    ReportRequestSerializer,
    ReportSerializer,
    RoleSerializer,
    WhySerializer,
)
from oa.trees.models import Message
from oa.trees.views.messages import message_or_missing, messages_for


def decided(decision: Decision) -> Response:
    return Response(DecisionSerializer(decision).data, status=201)


def asked(kind: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent with a decision, and who decides when."""
    sent = kind(data=request.data)
    sent.is_valid(raise_exception=True)
    return {**sent.validated_data, "by": person_of(request), "now": timezone.now()}


class DecisionView(APIView):
    """What all decisions share."""

    problems = {"POST": (409,)}


class DeleteMessageView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_delete_message",
        summary="Delete a message with everything below it",
        description="It can be restored. `already_deleted`, `tree_is_archived`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.delete_message(message_id=message_id, **asked(WhySerializer, request)))


class RestoreMessageView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_restore_message",
        summary="Restore a message with what was deleted together with it",
        description="`not_deleted`, `parent_is_deleted`, `author_replied_again`, `tree_is_archived`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.restore_message(message_id=message_id, **asked(WhySerializer, request)))


class EditMessageView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_edit_message",
        summary="Change the text of a message",
        description=(
            "The old text is kept; reviews, ballots and scores of it no longer count. "
            "`text_empty`, `text_too_long`, `text_has_control_characters`, `nothing_changed`, `tree_is_archived`."
        ),
        request=EditSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.edit_message(message_id=message_id, **asked(EditSerializer, request)))


class HaltTreeView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_halt_tree",
        summary="Stop all work on a tree",
        description="`already_halted`, `tree_is_archived`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, tree_id: UUID) -> Response:
        return decided(actions.halt_tree(tree_id=tree_id, **asked(WhySerializer, request)))


class ResumeTreeView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_resume_tree",
        summary="Let a halted or ended tree go on from where it was",
        description="`not_halted`, `tree_is_archived`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, tree_id: UUID) -> Response:
        return decided(actions.resume_tree(tree_id=tree_id, **asked(WhySerializer, request)))


class DisablePersonView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_disable_person",
        summary="Shut somebody out",
        description="What they hold goes back. Nobody decides about a superior or an equal: `not_above_them`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.disable_person(person_id=person_id, **asked(WhySerializer, request)))


class EnablePersonView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_enable_person",
        summary="Let somebody in again",
        description="`not_disabled`, `not_above_them`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.enable_person(person_id=person_id, **asked(WhySerializer, request)))


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


class ReportMessageView(APIView):
    permission_classes = (Worker,)
    problems = {"POST": (410,)}

    @extend_schema(
        operation_id="messages_report",
        summary="Report a message to the moderators",
        description="Reporting it again replaces what you said before (200). `own_message`, `message_is_gone`.",
        request=ReportRequestSerializer,
        responses={200: ReportSerializer, 201: ReportSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        sent = asked(ReportRequestSerializer, request)
        reason = ReportReason(sent.pop("reason"))
        report, fresh = actions.report(message_id=message_id, reason=reason, **sent)
        return Response(ReportSerializer(report).data, status=201 if fresh else 200)


class ReportsView(ListAPIView[Report]):
    permission_classes = (Moderator,)
    serializer_class = GivenReportSerializer
    queryset = Report.objects.none()
    keyset = ("-handled_at", "-at", "-id")

    @extend_schema(
        operation_id="moderation_reports",
        summary="What people have reported: open ones first, then the last closed",
        parameters=[ReportFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Report]:
        filters = ReportFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        given = dict(filters.validated_data)
        is_open = given.pop("open")
        found = Report.objects.select_related("by", "message__author").filter(**given)
        return found if is_open is None else found.filter(handled_at__isnull=is_open)


class DismissReportView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_dismiss_report",
        summary="Close a report without doing anything",
        description="Deleting or editing the message closes its reports too. `already_closed`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, report_id: UUID) -> Response:
        return decided(actions.dismiss_report(report_id=report_id, **asked(WhySerializer, request)))


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


class ModeratedMessageView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_message",
        summary="A message with its author, reviews, ballots and decisions",
        responses=ModeratedMessageSerializer,
    )
    def get(self, request: Request, message_id: UUID) -> Response:
        message = message_or_missing(messages_for(person_of(request)), message_id)
        return Response(ModeratedMessageSerializer(message, context={"request": request}).data)
