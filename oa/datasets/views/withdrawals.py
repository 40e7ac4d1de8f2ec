"""Authors take back what they wrote from data sets, over HTTP."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.views.permissions import EvenMuted, Oneself, Reader, person_of
from oa.datasets import actions
from oa.datasets.serializers.withdrawals import StandingSerializer, WithdrewSerializer


class OwnMessageView(APIView):
    """What all calls about one message answer."""

    problems: ClassVar[dict[str, tuple[int, ...]]] = {"GET": (403, 404), "POST": (403, 404)}

    def told(self, message_id: UUID, by: User) -> Response:
        standing = actions.standing_of(message_id=message_id, by=by, now=timezone.now())
        return Response(StandingSerializer(standing).data)


class DataSetsOfMessageView(OwnMessageView):
    permission_classes = [Reader]

    @extend_schema(
        operation_id="me_message_data_sets", tags=["data sets"],
        summary="Where a message of mine stands with the data sets",
        description="`no_such_message`, `not_yours`.", responses=StandingSerializer,
    )  # fmt: skip
    def get(self, request: Request, message_id: UUID) -> Response:
        return self.told(message_id, person_of(request))


class WithdrawMessageView(OwnMessageView):
    permission_classes = [EvenMuted]

    @extend_schema(
        operation_id="me_withdraw_message", tags=["data sets"], summary="Keep a message of mine out of data sets",
        description="It stays in its conversation. Every data set made from now on leaves it out, with the replies "
        "below it, and lists it as taken back from those that have it. Again: nothing changes. `no_such_message`, "
        "`not_yours`.",
        request=None, responses=StandingSerializer,
    )  # fmt: skip
    def post(self, request: Request, message_id: UUID) -> Response:
        by = person_of(request)
        actions.withdraw(message_id=message_id, by=by, now=timezone.now())
        return self.told(message_id, by)


class GiveBackMessageView(OwnMessageView):
    permission_classes = [EvenMuted]

    @extend_schema(
        operation_id="me_give_back_message", tags=["data sets"], summary="Let data sets have a message of mine again",
        description="Again: nothing changes. `no_such_message`, `not_yours`.",
        request=None, responses=StandingSerializer,
    )  # fmt: skip
    def post(self, request: Request, message_id: UUID) -> Response:
        by = person_of(request)
        actions.give_back(message_id=message_id, by=by, now=timezone.now())
        return self.told(message_id, by)


class WithdrawEverythingView(APIView):
    permission_classes = [Oneself]

    @extend_schema(
        operation_id="me_withdraw", tags=["data sets"], summary="Keep everything of mine out of data sets",
        description="Also what is still to come, until it is given back. Again: nothing changes.",
        request=None, responses=WithdrewSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        person = actions.withdraw_everything(by=person_of(request), now=timezone.now())
        return Response(WithdrewSerializer({"withdrew_at": person.withdrew_at}).data)


class GiveEverythingBackView(APIView):
    permission_classes = [Oneself]

    @extend_schema(
        operation_id="me_give_back", tags=["data sets"], summary="Let data sets have again what is mine",
        description="What was taken back message by message stays so. Again: nothing changes.",
        request=None, responses=WithdrewSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        person = actions.give_everything_back(by=person_of(request), now=timezone.now())
        return Response(WithdrewSerializer({"withdrew_at": person.withdrew_at}).data)
