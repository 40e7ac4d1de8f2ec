"""The queue over HTTP: everything that needs a moderator, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts import rules as who
from oa.accounts.models import User
from oa.accounts.views.permissions import Moderator, person_of
from oa.core.errors import Missing
from oa.moderation import actions
from oa.moderation.models import Case, Decision
from oa.moderation.rules import CaseVerb, Cause, Place, answers_to
from oa.moderation.serializers import (
    CaseHeadSerializer,
    CaseSerializer,
    DecidedSerializer,
    DecideSerializer,
    NextCaseSerializer,
    QueueCountsSerializer,
    QueueFilters,
)
from oa.moderation.views.deciding import asked
from oa.trees.models import Message
from oa.trees.rules import State
from oa.trees.views.messages import messages_for

STOPPED = (State.HALTED_BY_MODERATOR, State.ABORTED_LOW_GRADE)
# So many of the decisions about somebody are shown with a case.
LAST_DECISIONS = 20


class QueueView(ListAPIView[Case]):
    permission_classes = (Moderator,)
    serializer_class = CaseHeadSerializer
    queryset = Case.objects.none()
    keyset = ("-severity", "opened_at", "id")
    problems = {"GET": (422,)}

    @extend_schema(
        operation_id="moderation_queue",
        summary="Everything that needs a moderator, the worst first",
        description="Open cases: messages, people, appeals, wishes to erase. Those in somebody's hands are among them.",
        parameters=[QueueFilters],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Case]:
        filters = QueueFilters(data=self.request.query_params.dict())
        filters.is_valid(raise_exception=True)
        given = filters.validated_data
        found = Case.objects.open().told().about(cause=given.get("cause", ""), lang=given.get("lang", ""))
        mine = Q(claimed_by=person_of(self.request), claimed_until__gt=timezone.now())
        return found if given["mine"] is None else found.filter(mine if given["mine"] else ~mine)


class QueueCountsView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_queue_counts",
        summary="How many cases are open, by cause and by language",
        responses=QueueCountsSerializer,
    )
    def get(self, request: Request) -> Response:
        now, viewer = timezone.now(), person_of(request)
        claimed = Q(claimed_until__gt=now)
        counts: dict[str, Any] = Case.objects.open().aggregate(
            open=Count("id"), claimed=Count("id", filter=claimed),
            mine=Count("id", filter=claimed & Q(claimed_by=viewer)),
            oldest_at=Min("opened_at"),
            **{f"of_{cause}": Count("id", filter=Q(causes__has_key=cause)) for cause in Cause.values},
        )  # fmt: skip
        counts["causes"] = {cause: counts.pop(f"of_{cause}") for cause in Cause.values}
        by_language = Case.objects.open().order_by("lang").values_list("lang").annotate(Count("id"))
        counts["languages"] = dict(by_language)
        return Response(QueueCountsSerializer(counts).data)


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is shown with a case, read in a bounded number of statements."""

    thread: Sequence[Message]
    author: User | None
    record: dict[str, Any] | None
    verbs: Sequence[CaseVerb]


def read_whole(case: Case, viewer: User) -> Whole:
    message_id = case.in_question.pk if case.in_question else None
    thread = messages_for(viewer).thread_to(message_id) if message_id else []
    author = thread[-1].author if thread else None
    whom = author or case.whom
    return Whole(thread, author, record_of(whom) if whom else None, verbs_for(case, thread, viewer))


def verbs_for(case: Case, thread: Sequence[Message], viewer: User) -> Sequence[CaseVerb]:
    """What this moderator may decide here; nothing where another must."""
    if case.closed_at is not None or not Case.objects.fit_for(viewer).filter(pk=case.pk).exists():
        return ()
    if not thread:
        return answers_to(case.subject)
    message = thread[-1]
    author = message.author
    return answers_to(case.subject, Place(
        archived=message.tree.archived, deleted=message.deleted, is_prompt=message.depth == 0,
        tree_stopped=message.tree.state in STOPPED,
        author_below=author is not None and not author.imported and author.pk != viewer.pk
        and who.may_act_on(viewer.role, author.role),
    ))  # fmt: skip


def record_of(person: User) -> dict[str, Any]:
    """What became of somebody's messages, and the last decisions about them or these."""
    counts = Message.objects.filter(author=person).order_by().aggregate(
        messages=Count("id"), accepted=Count("id", filter=Q(review_result=True)),
        rejected=Count("id", filter=Q(review_result=False)), deleted_ones=Count("id", filter=Q(deleted=True)),
    )  # fmt: skip
    counts["open_cases"] = Case.objects.open().filter(Q(person=person) | Q(message__author=person)).count()
    # Each of the two is found by its own index; together they would be looked for in the whole log.
    about = [Decision.objects.filter(person=person), Decision.objects.filter(message__author=person)]
    newest = [found.order_by("-at", "-id").values_list("pk", flat=True)[:LAST_DECISIONS] for found in about]
    decisions = Decision.objects.told().filter(pk__in=newest[0].union(newest[1])).order_by("-at", "-id")
    return {"counts": counts, "decisions": decisions[:LAST_DECISIONS]}


def case_or_missing(case_id: UUID) -> Case:
    found = Case.objects.told().filter(pk=case_id).first()
    if found is None:
        raise Missing("no_such_case", _("There is no such case."))
    return found


def shown(case: Case, request: Request) -> Any:
    """A whole case, as it is now."""
    read = case_or_missing(case.pk)
    return CaseSerializer(read, context={"request": request, "whole": read_whole(read, person_of(request))}).data


class NextCaseView(APIView):
    permission_classes = (Moderator,)
    problems = {"POST": (422,)}

    @extend_schema(
        operation_id="moderation_queue_next",
        summary="Take the worst case that nobody has in hand",
        description="It is yours for some minutes (`claim_minutes` of the policy). With `after` you leave that case "
        "undecided and get the one behind it; behind the last comes the first. 204: there is none.",
        request=NextCaseSerializer,
        responses={200: CaseSerializer, 204: None},
    )
    def post(self, request: Request) -> Response:
        case = actions.claim_next(**asked(NextCaseSerializer, request))
        return Response(status=204) if case is None else Response(shown(case, request))


class CaseView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_queue_case",
        summary="A case with everything needed to decide it",
        description="Closed ones too. Looking at it claims nothing.",
        responses=CaseSerializer,
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        return Response(shown(case_or_missing(case_id), request))


class ClaimCaseView(APIView):
    permission_classes = (Moderator,)
    problems = {"POST": (409,)}

    @extend_schema(
        operation_id="moderation_queue_claim",
        summary="Take a case in hand, or keep it for longer",
        description="`in_other_hands` (`moderator`, `until`), `already_decided` (`moderator`, `at`), "
        "`not_yours_to_decide`.",
        request=None,
        responses=CaseSerializer,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        case = actions.claim(case_id=case_id, by=person_of(request), now=timezone.now())
        return Response(shown(case, request))


class ReleaseCaseView(APIView):
    permission_classes = (Moderator,)
    problems = {"POST": (409,)}

    @extend_schema(
        operation_id="moderation_queue_release",
        summary="Let a case go",
        description="Nothing happens to one that is nobody's. `in_other_hands` (`moderator`, `until`).",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        actions.release(case_id=case_id, by=person_of(request), now=timezone.now())
        return Response(status=204)


class DecideCaseView(APIView):
    permission_classes = (Moderator,)
    problems = {"POST": (409, 422)}

    @extend_schema(
        operation_id="moderation_queue_decide",
        summary="Decide a case, and have the next at once if you like",
        description="One of the case's `verbs`. Decisions about people are about who wrote the message. "
        "`in_other_hands` (`moderator`, `until`), `already_decided` (`moderator`, `at`), `not_yours_to_decide`, "
        "`not_an_answer` (`verbs`), `until_missing`, and whatever the decision itself is refused with.",
        request=DecideSerializer,
        responses={201: DecidedSerializer},
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        sent = asked(DecideSerializer, request)
        by, now = sent.pop("by"), sent.pop("now")
        wants_next, cause, lang = sent.pop("next"), sent.pop("cause"), sent.pop("lang_filter")
        answer = actions.Answer(**{**sent, "verb": CaseVerb(sent["verb"])})
        decision = actions.decide(case_id=case_id, answer=answer, by=by, now=now)
        case = actions.claim_next(cause=cause, lang=lang, by=by, now=now) if wants_next else None
        told = Decision.objects.told().get(pk=decision.pk)
        context = {"request": request}
        if case is not None:
            case = case_or_missing(case.pk)
            context["whole"] = read_whole(case, by)  # type: ignore[assignment]  # a context holds anything
        return Response(DecidedSerializer({"decision": told, "next": case}, context=context).data, status=201)
