"""Notices and preferences over HTTP, and the way out of the mails."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Anybody, EvenMuted, Oneself, Reader, person_of
from oa.community import actions
from oa.community.models import Member, Notice
from oa.community.rules import NOTICE_HELP, NoticeKind
from oa.community.serializers import (
    DigestStateSerializer,
    NoticeQuery,
    NoticeSerializer,
    PreferencesRequestSerializer,
    PreferencesSerializer,
    ReadRequestSerializer,
    UnreadSerializer,
)
from oa.community.views.points import TAG


class NoticesView(ListAPIView[Notice]):
    permission_classes = (Reader,)
    serializer_class = NoticeSerializer
    queryset = Notice.objects.none()
    keyset = ("-at", "-id")

    @extend_schema(operation_id="me_notices", tags=TAG, summary="What I am told, the newest first",
                   parameters=[NoticeQuery])  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Notice]:
        asked = NoticeQuery(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        found = Notice.objects.unread() if asked.validated_data["unread"] else Notice.objects.heard()
        return found.filter(person=person_of(self.request))


class NoticesReadView(APIView):
    permission_classes = (EvenMuted,)

    @extend_schema(
        operation_id="me_notices_read",
        tags=TAG,
        summary="I have read these",
        description="All of them, when none is named. Reading one again changes nothing.",
        request=ReadRequestSerializer,
        responses=UnreadSerializer,
    )
    def post(self, request: Request) -> Response:
        asked = ReadRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        left = actions.read_notices(by=person_of(request), ids=asked.validated_data.get("ids"), now=timezone.now())
        return Response(UnreadSerializer({"unread": left}).data)


class NoticesCountView(APIView):
    permission_classes = (Reader,)

    @extend_schema(operation_id="me_notices_count", tags=TAG, summary="How many notices I have not read",
                   responses=UnreadSerializer)  # fmt: skip
    def get(self, request: Request) -> Response:
        unread = Notice.objects.unread().filter(person=person_of(request)).count()
        return Response(UnreadSerializer({"unread": unread}).data)


class PreferencesView(APIView):
    permission_classes = (Oneself,)

    @extend_schema(operation_id="me_preferences_read", tags=TAG, summary="What I chose",
                   responses=PreferencesSerializer)  # fmt: skip
    def get(self, request: Request) -> Response:
        return Response(_as_shown(Member.objects.of(person_of(request).pk)))

    @extend_schema(
        operation_id="me_preferences_change",
        tags=TAG,
        summary="Choose",
        description="Only what is named is changed.",
        request=PreferencesRequestSerializer,
        responses=PreferencesSerializer,
    )
    def patch(self, request: Request) -> Response:
        asked = PreferencesRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        member = actions.change_preferences(by=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(_as_shown(member))


def _as_shown(member: Member) -> Any:
    kinds = [{"code": kind, "title": kind.label, "help": NOTICE_HELP[kind]} for kind in NoticeKind]
    shown = {
        "show_on_boards": member.show_on_boards, "digest": member.digest, "muted": member.muted, "kinds": kinds,
    }  # fmt: skip
    return PreferencesSerializer(shown).data


class UnsubscribeView(APIView):
    """The link in a mail. Looking at it changes nothing: mail programs follow links by themselves."""

    permission_classes = (Anybody,)
    authentication_classes = ()

    @extend_schema(
        operation_id="community_unsubscribe_read",
        tags=TAG,
        summary="What the link in a mail would stop",
        description="`unknown_link` for a link that is not one of ours.",
        responses=DigestStateSerializer,
    )
    def get(self, request: Request, token: str) -> Response:
        return Response(DigestStateSerializer(Member.objects.of(actions.person_of_link(token))).data)

    @extend_schema(
        operation_id="community_unsubscribe",
        tags=TAG,
        summary="Stop the mails",
        description="Whatever the body is: mail programs send their own (RFC 8058). Again changes nothing.",
        request=None,
        responses=DigestStateSerializer,
    )
    def post(self, request: Request, token: str) -> Response:
        return Response(DigestStateSerializer(actions.stop_digest(token=token)).data)
