"""Trees over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, QuerySet, UUIDField
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Reader, person_of
from oa.core.errors import Missing
from oa.core.prepared import Prepared, Slot
from oa.trees.models import NODE_FIELDS, Message, Tree, TreeEvent, node_of
from oa.trees.serializers import TreeFilters, TreeSerializer, WholeTreeSerializer
from oa.trees.views.messages import messages_of_tree, readable_by, written_within


class TreesView(ListAPIView[Tree]):
    permission_classes = (Reader,)
    serializer_class = TreeSerializer
    queryset = Tree.objects.none()
    keyset = ("-created_at", "id")

    @extend_schema(
        operation_id="trees_list",
        summary="Trees, the newest first",
        parameters=[TreeFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page: Sequence[Tree] = self.paginate_queryset(self.get_queryset()) or []
        ids = [tree.pk for tree in page]
        context = {"request": request, "roots": _roots(ids), "sizes": dict(_SIZES(trees=ids))}
        return self.get_paginated_response(TreeSerializer(page, many=True, context=context).data)

    def get_queryset(self) -> QuerySet[Tree]:
        asked = TreeFilters(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        given: dict[str, Any] = dict(asked.validated_data)
        within = {name: given.pop(name, None) for name in ("after", "before")}
        viewer = person_of(self.request)
        found = Tree.objects.filter(written_within("created_at", within))
        if parts := given.pop("search", ()):
            readable = Message.objects.live().filter(readable_by(viewer))
            found = found.filter(pk__in=readable.saying(parts).values("tree_id"))
        if given.pop("mine", False):
            found = found.filter(pk__in=Message.objects.written_by(viewer.pk).values("tree_id"))
        return found.filter(**given)


def _roots(tree_ids: Sequence[UUID]) -> dict[UUID, Message]:
    """The prompts, which bear the names of their trees."""
    return {message.pk: message for message in _PROMPTS(ids=tree_ids)}


_PROMPTS = Prepared(lambda: Message.objects.among(Slot("ids", ArrayField(UUIDField()))))
_SIZES = Prepared(
    lambda: Message.objects
    .live()
    .of_trees(Slot("trees", ArrayField(UUIDField())))
    .order_by()
    .values_list("tree_id")
    .annotate(Count("id"))
)  # fmt: skip


class TreeView(APIView):
    permission_classes = (Reader,)

    @extend_schema(
        operation_id="trees_read",
        summary="One tree with all its messages",
        description="What it is, what it waits for, what happened to it, and every message in it.",
        responses=WholeTreeSerializer,
    )
    def get(self, request: Request, tree_id: UUID) -> Response:
        tree: Tree | None = _TREE.first(tree=tree_id)
        messages = [] if tree is None else messages_of_tree(tree, person_of(request))
        if tree is None or not messages:
            raise Missing("no_such_tree", _("There is no such tree."))
        nodes = [node_of([getattr(message, name) for name in NODE_FIELDS]) for message in messages]
        context = {
            "request": request,
            "shape": tree.shape_with(nodes),
            "roots": {tree.pk: messages[0]},
            "sizes": {tree.pk: sum(not message.deleted for message in messages)},
            "events": _EVENTS(tree=tree_id),
            "messages": in_reading_order(messages),
        }
        return Response(WholeTreeSerializer(tree, context=context).data)


_TREE = Prepared(lambda: Tree.objects.select_related("policy").filter(pk=Slot("tree", UUIDField())))
_EVENTS = Prepared(
    lambda: TreeEvent.objects.filter(tree=Slot("tree", UUIDField())).select_related("by").order_by("id")
)  # fmt: skip


def in_reading_order(messages: Sequence[Message]) -> list[Message]:
    """Depth first; siblings by rank, the unranked after the ranked, then by time."""
    replies: dict[UUID | None, list[Message]] = {}
    for message in sorted(messages, key=_place, reverse=True):
        replies.setdefault(message.parent_id, []).append(message)
    found: list[Message] = []
    open_ends = list(replies.get(None, ()))
    while open_ends:
        message = open_ends.pop()
        found.append(message)
        open_ends.extend(replies.get(message.pk, ()))
    return found


def _place(message: Message) -> tuple[bool, int, float, UUID]:
    written = message.created_date.timestamp() if message.created_date else 0.0
    return message.rank is None, message.rank or 0, written, message.pk
