"""Decisions about many messages over HTTP: look, choose, see what would change, begin, watch, undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator, person_of
from oa.core.errors import Missing
from oa.moderation import actions
from oa.moderation.models import Batch, BatchItem, chosen_by, clusters, in_time
from oa.moderation.rules import BatchVerb, Selection
from oa.moderation.serializers import (
    BatchHeadSerializer,
    BatchItemSerializer,
    BatchRequestSerializer,
    BatchSerializer,
    ClusterFilters,
    ClusterSerializer,
    ItemFilters,
    SelectionQuery,
    Shown,
    UndoBatchSerializer,
)
from oa.moderation.views.deciding import asked
from oa.trees.models import Message
from oa.trees.serializers import MessageSerializer
from oa.trees.views.messages import messages_for


def batch_or_missing(batch_id: UUID) -> Batch:
    found = Batch.objects.select_related("by", "undo_by").filter(pk=batch_id).first()
    if found is None:
        raise Missing("no_such_batch", _("There is no such batch."))
    return found


def shown(batch_id: UUID, *, status: int = 200) -> Response:
    """A batch as it is now, in a few statements."""
    batch = batch_or_missing(batch_id)
    samples = Message.objects.select_related("author").in_bulk([UUID(pk) for pk in batch.preview.get("samples", ())])
    beside = Shown(
        now=timezone.now(), counts=BatchItem.objects.counts([batch.pk]), problems=BatchItem.objects.problems(batch.pk),
        samples=list(samples.values()),
    )  # fmt: skip
    return Response(BatchSerializer(batch, context={"shown": beside}).data, status=status)


class BatchesView(ListAPIView[Batch]):
    permission_classes = (Moderator,)
    serializer_class = BatchHeadSerializer
    queryset = Batch.objects.none()
    keyset = ("-at", "id")
    problems = {"POST": (404,)}

    @extend_schema(operation_id="moderation_batches", summary="Decisions about many messages, the newest first")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(Batch.objects.select_related("by", "undo_by")) or []
        beside = Shown(now=timezone.now(), counts=BatchItem.objects.counts([batch.pk for batch in page]))
        serializer = BatchHeadSerializer(page, many=True, context={"shown": beside})
        return self.get_paginated_response(serializer.data)

    @extend_schema(
        operation_id="moderation_choose_batch",
        summary="Choose messages for one decision, and see what it would change",
        description="Nothing is decided until it is run. What stands in the answer is frozen: messages that come later "
        "are not among them. `empty_selection`, `nothing_found`, `bad_regex`, `regex_too_slow`, `search_too_slow`, "
        "`nothing_to_search_for`, `language_missing`; `no_such_message` of `like`.",
        request=BatchRequestSerializer,
        responses={201: BatchSerializer},
    )
    def post(self, request: Request) -> Response:
        sent = asked(BatchRequestSerializer, request)
        wish = actions.Wish(BatchVerb(sent["verb"]), reason=sent["reason"], why=sent["why"], lang=sent["lang"])
        batch = actions.choose(wish=wish, selection=Selection.of(sent["selection"]), by=sent["by"], now=sent["now"])
        return shown(batch.pk, status=201)


class BatchView(APIView):
    permission_classes = (Moderator,)
    problems = {"GET": (404,), "DELETE": (404, 409)}

    @extend_schema(
        operation_id="moderation_batch", summary="How far a decision about many messages is", responses=BatchSerializer
    )
    def get(self, request: Request, batch_id: UUID) -> Response:
        return shown(batch_id)

    @extend_schema(
        operation_id="moderation_drop_batch",
        summary="Forget what was chosen",
        description="Only before it is run: `already_begun`. What nobody runs is forgotten after a day.",
        responses={204: None},
    )
    def delete(self, request: Request, batch_id: UUID) -> Response:
        actions.drop_draft(batch_id=batch_id, by=person_of(request))
        return Response(status=204)


class RunBatchView(APIView):
    permission_classes = (Moderator,)
    problems = {"POST": (404, 409)}

    @extend_schema(
        operation_id="moderation_run_batch",
        summary="Do what was shown",
        description="Workers go on with it, message by message; what is refused is left alone, and the rest goes on. "
        "`already_begun`.",
        request=None,
        responses=BatchSerializer,
    )
    def post(self, request: Request, batch_id: UUID) -> Response:
        actions.run_batch(batch_id=batch_id, by=person_of(request), now=timezone.now())
        return shown(batch_id)


class UndoBatchView(APIView):
    permission_classes = (Moderator,)
    problems = {"POST": (404, 409)}

    @extend_schema(
        operation_id="moderation_undo_batch",
        summary="Undo all of it",
        description="Also while it is at work, which stops it. Any moderator may, for 30 days. What was decided "
        "otherwise since stands. `not_begun`, `already_undone`, `too_old`.",
        request=UndoBatchSerializer,
        responses=BatchSerializer,
    )
    def post(self, request: Request, batch_id: UUID) -> Response:
        actions.undo_batch(batch_id=batch_id, **asked(UndoBatchSerializer, request))
        return shown(batch_id)


class BatchItemsView(ListAPIView[BatchItem]):
    permission_classes = (Moderator,)
    serializer_class = BatchItemSerializer
    queryset = BatchItem.objects.none()
    keyset = ("id",)
    problems = {"GET": (404, 422)}

    @extend_schema(
        operation_id="moderation_batch_items",
        summary="The messages of a batch, and what became of each",
        parameters=[ItemFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[BatchItem]:
        filters = ItemFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        batch = batch_or_missing(self.kwargs["batch_id"])
        return BatchItem.objects.select_related("message__author").filter(batch=batch, **filters.validated_data)


class ClustersView(APIView):
    permission_classes = (Moderator,)
    problems = {"GET": (422,)}

    @extend_schema(
        operation_id="moderation_clusters",
        summary="Messages near-identical to each other, the most first",
        description="Prompts by how alike they are, replies word for word. At most 50. `search_too_slow`.",
        parameters=[ClusterFilters],
        responses=ClusterSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        query = ClusterFilters(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked_for = query.validated_data
        with in_time(Selection()):
            found = clusters(
                lang=asked_for["lang"], fewest=asked_for["min_size"],
                since=timezone.now() - timedelta(days=asked_for["days"]),
            )  # fmt: skip
        ids = [pk for cluster in found for pk in cluster.sample_ids]
        context = {"messages": Message.objects.select_related("author").in_bulk(ids)}
        return Response(ClusterSerializer(found, many=True, context=context).data)


class ChosenMessagesView(ListAPIView[Message]):
    permission_classes = (Moderator,)
    serializer_class = MessageSerializer
    queryset = Message.objects.none()
    keyset = ("-created_date", "id")
    problems = {"GET": (404, 422)}

    @extend_schema(
        operation_id="moderation_messages",
        summary="Look at messages before choosing them, the newest first",
        description="`bad_regex`, `regex_too_slow`, `search_too_slow`, `nothing_to_search_for`; `no_such_message` of "
        "`like`.",
        parameters=[SelectionQuery],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = SelectionQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        selection = Selection.of({"deleted": False, **{k: v for k, v in query.validated_data.items() if v is not None}})
        with in_time(selection):
            page = self.paginate_queryset(chosen_by(selection, messages_for(person_of(request)))) or []
        return self.get_paginated_response(MessageSerializer(page, many=True, context={"request": request}).data)
