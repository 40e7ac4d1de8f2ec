"""Getting, doing and leaving tasks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Worker, person_of
from oa.core.errors import Invalid
from oa.core.problems import ProblemSerializer
from oa.rankings.rules import Vote, vote_of
from oa.tasks import actions
from oa.tasks.actions import Answer
from oa.tasks.rules import SkipReason
from oa.tasks.serializers.asking import AnswerSerializer, DraftRequestSerializer, SkipSerializer, WishSerializer
from oa.tasks.serializers.showing import (
    DraftSerializer,
    NextSerializer,
    TaskSerializer,
    TaskSummarySerializer,
    summary_of,
    task_of,
)
from oa.tasks.views.asking import DICE, hand_following, hand_next

TAG = ["tasks"]
SANE_KEY = re.compile(r"[\x21-\x7e]{1,200}")

FOLLOWING = PolymorphicProxySerializer(
    component_name="Following",
    serializers=[NextSerializer, ProblemSerializer],
    resource_type_field_name=None,
    help_text="Null unless it was asked for; a problem when it was refused, while the first part of the answer stands.",
)
SUBMITTED = inline_serializer(
    "Submitted",
    {
        "result": serializers.DictField(child=serializers.CharField(), help_text="Ids of what was made."),
        "replayed": serializers.BooleanField(help_text="This answer was given before: the same was sent again."),
        "next": FOLLOWING,
    },
)
SKIPPED = inline_serializer("Skipped", {"task": TaskSummarySerializer(), "next": FOLLOWING})
MAYBE_TASK = inline_serializer("MaybeTask", {"task": TaskSerializer(allow_null=True)})


class NextView(APIView):
    permission_classes = [Worker]
    problems: ClassVar = {"POST": (429,)}

    @extend_schema(tags=TAG, summary="Get a task", request=WishSerializer, responses=NextSerializer)
    def post(self, request: Request) -> Response:
        """A place in a conversation becomes yours for a while, drawn by lot among those that fit you.

        When there is nothing, you are put on the waiting list (unless `wait` is false) and told why.
        """
        wish = read(WishSerializer, request)
        return Response(hand_next(wish, by=person_of(request), now=timezone.now()))


class SubmitView(APIView):
    permission_classes = [Worker]
    problems: ClassVar = {"POST": (409, 410)}

    @extend_schema(
        tags=TAG,
        summary="Hand a task in, and get the next one",
        request=AnswerSerializer,
        responses=SUBMITTED,
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                description="Up to 200 visible ASCII characters. Sending the same again gives the first answer again, "
                "with or without it; a different answer under the same key is refused.",
            )
        ],
    )
    def post(self, request: Request, task_id: UUID) -> Response:
        """Send `text`, `labels` or `order`, whichever the task asks for."""
        given, by, now = read(AnswerSerializer, request), person_of(request), timezone.now()
        done = actions.submit(task_id=task_id, answer=_answer_of(given), by=by, key=_key_of(request), now=now, rng=DICE)
        # The same moment as the submission's: by it the two are found together when this is sent again.
        following = hand_following(given.get("next"), after=done.task if done.replayed else None, by=by, now=now)
        return Response({"result": done.task.result, "replayed": done.replayed, "next": following})


class SkipView(APIView):
    permission_classes = [Worker]
    problems: ClassVar = {"POST": (409, 410)}

    @extend_schema(tags=TAG, summary="Skip a task, and get another one", request=SkipSerializer, responses=SKIPPED)
    def post(self, request: Request, task_id: UUID) -> Response:
        """The reason is kept for good: it says much about a prompt. The place is open for others again."""
        given, by, now = read(SkipSerializer, request), person_of(request), timezone.now()
        task = actions.skip(task_id=task_id, reason=SkipReason(given["reason"]), note=given["note"], by=by, now=now)
        following = hand_following(given.get("next"), after=None if task.closed_at == now else task, by=by, now=now)
        return Response({"task": summary_of(task), "next": following})


class UnskipView(APIView):
    permission_classes = [Worker]
    problems: ClassVar = {"POST": (409,)}

    @extend_schema(tags=TAG, summary="Take a skip back", request=None, responses=MAYBE_TASK)
    def post(self, request: Request, task_id: UUID) -> Response:
        """`task` is the task in your hands again, or null when somebody else has taken its place."""
        by = person_of(request)
        task = actions.unskip(task_id=task_id, by=by, now=timezone.now())
        return Response({"task": task_of(task, by=by) if task else None})


class ExtendView(APIView):
    permission_classes = [Worker]
    problems: ClassVar = {"POST": (409, 410)}

    @extend_schema(tags=TAG, summary="Keep a task longer", request=None, responses=TaskSummarySerializer)
    def post(self, request: Request, task_id: UUID) -> Response:
        """Or get it back after its time was over, while its place is still free."""
        return Response(summary_of(actions.extend(task_id=task_id, by=person_of(request), now=timezone.now())))


class DraftView(APIView):
    permission_classes = [Worker]
    problems: ClassVar = {"PUT": (409,)}

    @extend_schema(tags=TAG, summary="Keep a draft", request=DraftRequestSerializer, responses=DraftSerializer)
    def put(self, request: Request, task_id: UUID) -> Response:
        """It outlives the lease. A `revision` that is not the kept one is refused, with what is kept."""
        given = read(DraftRequestSerializer, request)
        draft = actions.save_draft(
            task_id=task_id,
            content=given["content"],
            revision=given.get("revision"),
            by=person_of(request),
            now=timezone.now(),
        )
        return Response({"content": draft.content, "revision": draft.revision, "saved_at": draft.saved_at})

    @extend_schema(tags=TAG, summary="Throw a draft away", request=None, responses={204: None})
    def delete(self, request: Request, task_id: UUID) -> Response:
        """In whatever state the task is. Nothing happens where there is none."""
        actions.drop_draft(task_id=task_id, by=person_of(request))
        return Response(status=204)


def read(kind: type[serializers.Serializer[Any]], request: Request) -> Mapping[str, Any]:
    """What was sent, checked; ValidationError, which becomes a 422, for anything else."""
    found: Mapping[str, Any]
    try:
        found = _standing(kind).run_validation(request.data)
    except serializers.ValidationError:
        asked = kind(data=request.data)
        asked.is_valid(raise_exception=True)  # it says what is wrong in the framework's own way
        found = asked.validated_data
    return found


@lru_cache(maxsize=32)
def _standing(kind: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """One for all requests: making one copies its fields, 0.4 ms for an answer. Checking keeps nothing in it."""
    return kind()


def _answer_of(given: Mapping[str, Any]) -> Answer:
    vote = Vote(())
    if "order" in given or "unacceptable" in given or given["not_rankable"]:
        vote = vote_of(
            tiers=given.get("order", []),
            unacceptable=given.get("unacceptable", []),
            not_rankable=given["not_rankable"],
        )
    return Answer(text=given.get("text", ""), labels=given.get("labels", {}), vote=vote)


def _key_of(request: Request) -> str:
    key: str = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if key and not SANE_KEY.fullmatch(key):
        raise Invalid(
            "bad_idempotency_key",
            _("An idempotency key is 1 to 200 visible ASCII characters without spaces."),
        )
    return key
