"""Messages over HTTP: lists, one, the conversation it stands in, what became of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import Any, cast
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet, UUIDField
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.views.permissions import Moderator, Reader, person_of
from oa.core.errors import Forbidden, Missing
from oa.core.pagination import KeysetPagination, following
from oa.core.prepared import Prepared, Slot
from oa.trees.models import Message, MessageQuerySet, MessageRevision, Tree
from oa.trees.rules import FINISHED, Judged, Part, State
from oa.trees.serializers import (
    HistorySerializer,
    MessageFilters,
    MessageSerializer,
    OwnMessageSerializer,
    ThreadSerializer,
)


def messages_for(viewer: User) -> MessageQuerySet:
    """Messages with all that `MessageSerializer` shows of them, in one statement."""
    return _with_all(viewer.pk, moderates=viewer.is_moderator).select_related("tree")


def messages_of_tree(tree: Tree, viewer: User) -> list[Message]:
    """All messages of one tree as `messages_for` gives them, parents before their replies."""
    found: list[Message] = _OF_TREE[viewer.is_moderator](tree=tree.pk, viewer=viewer.pk)
    for message in found:
        message.tree = tree
    return found


def _with_all(viewer: UUID | Slot, *, moderates: bool) -> MessageQuerySet:
    """Messages with all that is shown of them but their tree.

    Reviews, scores and reactions belong to later stages; what hangs on a message is reached by its relation's name.
    """
    mine = FilteredRelation("reviews", condition=Q(reviews__by=viewer, reviews__counts=True))
    found = Message.objects.select_related("toxicity_score").alias(my_review=mine)
    if moderates:
        found = found.select_related("author", "opinion")
    reacted = Message.objects.filter(pk=OuterRef("pk"), reactions__person=viewer)
    return found.annotate(reviewed_by_me=Q(my_review__isnull=False), reacted_by_me=Exists(reacted))


def _of_tree(*, moderates: bool) -> MessageQuerySet:
    return _with_all(_VIEWER, moderates=moderates).filter(tree=Slot("tree", UUIDField())).order_by("depth", "id")


def _these(*, moderates: bool) -> MessageQuerySet:
    found = _with_all(_VIEWER, moderates=moderates).select_related("tree")
    return found.among(Slot("ids", ArrayField(UUIDField())))


_VIEWER = Slot("viewer", UUIDField())
# For moderators, and for everybody else.
_OF_TREE = {moderates: Prepared(partial(_of_tree, moderates=moderates)) for moderates in (True, False)}
_THESE = {moderates: Prepared(partial(_these, moderates=moderates)) for moderates in (True, False)}


def readable_by(viewer: User) -> Q:
    """What may be listed and searched: only moderators and its author read what is withheld."""
    return Q() if viewer.is_moderator else Q(withheld=False) | Q(author=viewer)


def message_or_missing(messages: QuerySet[Message], message_id: UUID) -> Message:
    found = messages.filter(pk=message_id).first()
    if found is None:
        raise Missing("no_such_message", _("There is no such message."))
    return found


class MessagesView(ListAPIView[Message]):
    permission_classes = (Reader,)
    serializer_class = MessageSerializer
    queryset = Message.objects.none()
    keyset = ("-created_date", "id")
    problems = {"GET": (422,)}

    @extend_schema(
        operation_id="messages_list",
        summary="Messages, the newest first",
        description="Deleted ones are left out, unless a moderator asks for them; others than moderators are not "
        "shown those that are withheld, but for their own.",
        parameters=[MessageFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Message]:
        viewer = person_of(self.request)
        given = self._asked
        if given.get("deleted") and not viewer.is_moderator:
            raise Forbidden("moderators_only", _("Only moderators see deleted messages."))
        found = Message.objects.filter(readable_by(viewer), deleted=given.get("deleted", False))
        columns = {"role": "role", "state": "tree__state", "review_result": "review_result"}
        for name, column in columns.items():
            if name in given:
                found = found.filter(_equals(column, given[name]))
        return self._narrowed(found.filter(written_within("created_date", given)))

    def _narrowed(self, messages: MessageQuerySet) -> MessageQuerySet:
        """Of the language or the person asked for, whose messages an index has in the order of the pages."""
        if "lang" in self._asked:
            messages = messages.filter(lang=self._asked["lang"])
        return messages.written_by(person_of(self.request).pk) if self._asked.get("mine") else messages

    def paginate_queryset(self, queryset: QuerySet[Message]) -> list[Message]:  # type: ignore[override]  # no other kind
        """The page by its keys alone, then all that is shown of these few."""
        parts, keys = self._asked.get("search", ()), cast(MessageQuerySet, queryset).only("id", "created_date")
        page = self._searched(keys, parts) if parts else super().paginate_queryset(keys)
        return shown_to(person_of(self.request), [message.pk for message in page or ()])

    def _searched(self, keys: MessageQuerySet, parts: Sequence[Part]) -> Sequence[Message]:
        """Common words are found among the newest messages by reading those, rare ones by the index of words.

        PostgreSQL can't tell one from the other: it guesses that a word it has no figures of is in one text of 200,
        and would read everything ever written for a word that stands in three. So the newest are looked through first;
        what is not found a page of times in them is rare enough to take all of it from the index of words and to sort.
        """
        newest = self._narrowed(Message.objects.filter(written_within("created_date", self._asked)))
        within_reach = following(newest, self.request, self.keyset)
        page = super().paginate_queryset(keys.saying(parts, read=True).reaching(within_reach))
        if cast(KeysetPagination, self.paginator).next_cursor is None:
            self.keyset = ("-written", "id")
            page = super().paginate_queryset(keys.saying(parts).dated())
        return page or ()

    @cached_property
    def _asked(self) -> dict[str, Any]:
        asked = MessageFilters(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)


def shown_to(viewer: User, ids: Sequence[UUID]) -> list[Message]:
    """These messages in this order, with all that this viewer is shown of them."""
    found = {message.pk: message for message in _THESE[viewer.is_moderator](ids=list(ids), viewer=viewer.pk)}
    return [found[pk] for pk in ids if pk in found]


def written_within(column: str, given: Mapping[str, Any]) -> Q:
    """From `after` on and before `before`, where these are given."""
    bounds = {f"{column}__gte": given.get("after"), f"{column}__lt": given.get("before")}
    return Q(**{lookup: moment for lookup, moment in bounds.items() if moment is not None})


def _equals(column: str, value: object) -> Q:
    return Q(**{f"{column}__isnull": True}) if value is None else Q(**{column: value})


class MessageView(APIView):
    permission_classes = (Reader,)

    @extend_schema(
        operation_id="messages_read",
        summary="One message",
        description="Of a deleted message others than moderators see only that it was there.",
        responses=MessageSerializer,
    )
    def get(self, request: Request, message_id: UUID) -> Response:
        message = message_or_missing(messages_for(person_of(request)), message_id)
        return Response(MessageSerializer(message, context={"request": request}).data)


class ThreadView(APIView):
    permission_classes = (Reader,)

    @extend_schema(
        operation_id="messages_thread",
        summary="The conversation a message stands in",
        description="From the prompt down to the message itself, the prompt first.",
        responses=ThreadSerializer,
    )
    def get(self, request: Request, message_id: UUID) -> Response:
        ids = [message.pk for message in Message.objects.thread_to(message_id)]
        if not ids:
            raise Missing("no_such_message", _("There is no such message."))
        thread = {
            "tree_id": ids[0],
            "messages": messages_for(person_of(request)).filter(pk__in=ids).order_by("depth"),
        }
        return Response(ThreadSerializer(thread, context={"request": request}).data)


class HistoryView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="messages_history",
        summary="Every text a message has had",
        description="For moderators.",
        responses=HistorySerializer,
    )
    def get(self, request: Request, message_id: UUID) -> Response:
        message = message_or_missing(Message.objects.all(), message_id)
        revisions = MessageRevision.objects.filter(message=message).select_related("by").order_by("-version")
        history = {
            "message_id": message.pk, "version": message.version, "text": message.text, "revisions": revisions,
        }  # fmt: skip
        return Response(HistorySerializer(history).data)


class OwnMessagesView(ListAPIView[Message]):
    permission_classes = (Reader,)
    serializer_class = OwnMessageSerializer
    queryset = Message.objects.none()
    keyset = ("-created_date", "id")

    @extend_schema(
        operation_id="me_messages",
        summary="Your own messages and what became of them",
        description="The newest first, deleted ones too, with the reason.",
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        serializer = OwnMessageSerializer(page, many=True, context={"request": request, "fates": fates_of(page)})
        return self.get_paginated_response(serializer.data)

    def get_queryset(self) -> QuerySet[Message]:
        return Message.objects.written_by(person_of(self.request).pk).select_related("tree__policy")


def fates_of(page: Sequence[Message]) -> dict[UUID, Judged]:
    """What is known of each of these messages, in two statements however many they are."""
    parents = {message.parent_id for message in page if message.rank is not None}
    rivals: dict[UUID | None, int] = dict(
        Message.objects
        .accepted()
        .filter(parent__in=parents)
        .order_by()
        .values_list("parent_id")
        .annotate(Count("id"))
    )  # fmt: skip
    reasons = _reasons([message for message in page if message.deleted])
    return {
        message.pk: _judged(message, rivals=rivals.get(message.parent_id, 0), why=reasons.get(message.pk, ""))
        for message in page
    }


def _judged(message: Message, *, rivals: int, why: str) -> Judged:
    needed = message.tree.policy.policy.reviews_wanted(message.depth)
    # Whose work is checked twice is not told: to them one review is missing, however many there are.
    waits = message.extra_reviews > 0 and message.review_result is None
    return Judged(
        deleted=message.deleted,
        review_result=message.review_result,
        reviews=min(message.review_count, needed - 1) if waits else message.review_count,
        reviews_needed=needed,
        tree_stopped=message.tree.archived or message.tree.state in (*FINISHED, State.HALTED_BY_MODERATOR),
        rank=message.rank,
        rivals=rivals,
        said_spam=round(message.label_sums.get("spam", (0, 0))[0]),
        said_wrong_language=round(message.label_sums.get("lang_mismatch", (0, 0))[0]),
        why_deleted=why,
        withheld=message.withheld,
    )


def _reasons(deleted: Sequence[Message]) -> dict[UUID, str]:
    """Why each of these was deleted: the reason stands on the message at the top of what was deleted with it."""
    if not deleted:
        return {}
    lines = (
        Message.objects
        .filter(tree__in={message.tree_id for message in deleted}, decisions__verb="delete")
        .order_by("decisions__at")
        .values_list("decisions__why", "decisions__details")
    )  # fmt: skip
    return {UUID(pk): why for why, details in lines for pk in details.get("messages", ())}
