"""Looking at one's own tasks, at what there is to do, and at the waiting list."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Reader, Worker, person_of
from oa.core.errors import Invalid, Missing
from oa.tasks import actions
from oa.tasks.models import Draft, Task, Waiter
from oa.tasks.rules import Kind, Status, doable
from oa.tasks.serializers.showing import (
    AvailableSerializer,
    KeptDraftSerializer,
    ListedTaskSerializer,
    TaskSerializer,
    WaitingSerializer,
    summary_of,
    task_of,
)
from oa.tasks.views.asking import waiting_of

TAG = ["tasks"]


class TasksView(ListAPIView[Task]):
    permission_classes = [Reader]
    keyset = ("-leased_at", "-id")
    problems: ClassVar = {"GET": (422,)}

    def get_queryset(self) -> QuerySet[Task]:
        kept = Exists(Draft.objects.filter(task=OuterRef("pk")))
        mine = Task.objects.filter(assignee=person_of(self.request)).annotate(has_draft=kept)
        status = self.request.query_params.get("status")
        if status is None:
            return mine
        if status not in Status.values:
            raise Invalid("unknown_status", _("There is no such status."), allowed=Status.values)
        return mine.filter(status=status)

    @extend_schema(
        tags=TAG,
        summary="My tasks, newest first",
        responses=ListedTaskSerializer(many=True),
        parameters=[OpenApiParameter("status", str, enum=Status.values, description="Only these.")],
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        listed = [{**summary_of(task), "has_draft": getattr(task, "has_draft")} for task in page]  # noqa: B009
        shown = ListedTaskSerializer(listed, many=True)  # type: ignore[arg-type]  # the stubs forget what `many` means
        return self.get_paginated_response(shown.data)


class DraftsView(ListAPIView[Draft]):
    permission_classes = [Reader]
    queryset = Draft.objects.none()
    keyset = ("-saved_at", "task_id")

    def get_queryset(self) -> QuerySet[Draft]:
        return Draft.objects.unfinished_texts(person_of(self.request).pk).select_related("task")

    @extend_schema(
        tags=TAG,
        operation_id="me_drafts",
        summary="Texts I began and never handed in",
        responses=KeptDraftSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Of tasks that are over: their time ran out, they were skipped or are no longer needed. The newest first."""
        page = self.paginate_queryset(self.get_queryset()) or []
        shown = [
            {"task": summary_of(draft.task), "content": draft.content, "revision": draft.revision,
             "saved_at": draft.saved_at}
            for draft in page
        ]  # fmt: skip
        drafts = KeptDraftSerializer(shown, many=True)  # type: ignore[arg-type]  # the stubs forget what `many` means
        return self.get_paginated_response(drafts.data)


class TaskView(APIView):
    permission_classes = [Reader]

    @extend_schema(tags=TAG, summary="One of my tasks", responses=TaskSerializer)
    def get(self, request: Request, task_id: UUID) -> Response:
        by = person_of(request)
        task = Task.objects.filter(pk=task_id, assignee=by).first()
        if task is None:
            raise Missing("no_such_task", _("You have no such task."), remedy=_("Ask for a new one."))
        return Response(task_of(task, by=by))


class AvailableView(APIView):
    permission_classes = [Reader]

    @extend_schema(tags=TAG, summary="What there is to do", responses=AvailableSerializer)
    def get(self, request: Request) -> Response:
        """Open tasks in one's languages, roughly: some may be about texts one has met already."""
        by = person_of(request)
        langs = list(dict.fromkeys([*by.languages, *by.writing_languages]))
        pairs = doable(Kind, langs, reads=by.languages, writes=by.writing_languages)
        counts = Task.objects.counts(pairs, by=by.pk)
        return Response(
            {"counts": [{"lang": lang, "kind": kind, "open": counts[kind, lang]} for kind, lang in pairs]}
        )  # fmt: skip


class WaitingView(APIView):
    permission_classes = [Worker]

    @extend_schema(
        tags=TAG,
        summary="Am I waiting for a task?",
        responses=inline_serializer("MaybeWaiting", {"waiting": WaitingSerializer(allow_null=True)}),
    )
    def get(self, request: Request) -> Response:
        by = person_of(request)
        waiter = Waiter.objects.waiting(timezone.now()).filter(person=by).first()
        if waiter is None:
            return Response({"waiting": None})
        kinds = [Kind(kind) for kind in waiter.kinds]
        return Response({"waiting": waiting_of(waiter, kinds, waiter.langs, by=by)})

    @extend_schema(tags=TAG, summary="Stop waiting", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Nothing happens to somebody who is not waiting."""
        actions.stop_waiting(by=person_of(request))
        return Response(status=204)
