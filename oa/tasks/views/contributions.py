"""Everything one has handed in, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import Truncator
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from oa.accounts.models import User
from oa.accounts.views.permissions import Reader, person_of
from oa.rankings.models import Ballot, GroupRanking
from oa.rankings.rules import outcome_of_ballot
from oa.reviews.models import Review
from oa.reviews.rules import leaning, outcome_of_review
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.tasks.serializers.contributions import (
    KINDS,
    SORT_OF,
    Contribution,
    ContributionQuery,
    ContributionSerializer,
)
from oa.trees.models import Message
from oa.trees.rules import FINISHED, Judged, State, fate_in_words, fate_of
from oa.trees.views.messages import fates_of

EXCERPT = 160
STOPPED = (*FINISHED, State.HALTED_BY_MODERATOR)
Outcome = tuple[str, str]


class ContributionsView(ListAPIView[Task]):
    permission_classes = [Reader]
    queryset = Task.objects.none()
    keyset = ("-closed_at", "-id")
    problems: ClassVar = {"GET": (422,)}

    def get_queryset(self) -> QuerySet[Task]:
        asked = ContributionQuery(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        mine = Task.objects.handed_in_by(person_of(self.request).pk).select_related("message__tree__policy")
        sort = asked.validated_data.get("kind")
        return mine.filter(kind__in=sorted(KINDS[Contribution(sort)])) if sort else mine

    @extend_schema(
        tags=["tasks"],
        operation_id="me_contributions",
        summary="What I have handed in, and what became of it",
        parameters=[ContributionQuery],
        responses=ContributionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The newest first. Nothing is told of how others judge before it is decided."""
        page = self.paginate_queryset(self.get_queryset()) or []
        gathered, by = _gather(page), person_of(request)
        shown = [gathered.show(task, by=by) for task in page]
        listed = ContributionSerializer(shown, many=True)  # type: ignore[arg-type]  # the stubs forget what `many` means
        return self.get_paginated_response(listed.data)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a page of contributions needs, read in as many statements however long it is."""

    written: Mapping[UUID, Message]
    fates: Mapping[UUID, Judged]
    reviews: Mapping[UUID, Review]
    ballots: Mapping[UUID, Ballot]
    results: Mapping[UUID, GroupRanking]

    def show(self, task: Task, *, by: User) -> dict[str, object]:
        sort = SORT_OF[Kind(task.kind)]
        made = _made(task)
        message = self.written.get(made["message_id"]) if sort is Contribution.WRITTEN else task.message
        own = sort is Contribution.WRITTEN
        code, text = self._outcome(sort, made, message)
        return {
            "task_id": task.pk,
            "kind": sort,
            "task_kind": task.kind,
            "at": task.closed_at,
            "lang": task.lang,
            "tree_id": message.tree_id if message else task.tree_id,
            "message_id": message.pk if message else None,
            "withdrawn": own and message is not None and message.withdrawn,
            "excerpt": _excerpt(message) if message and (own or _is_readable(message, by)) else "",
            "outcome": {"code": code, "text": text},
        }

    def _outcome(self, sort: Contribution, made: Mapping[str, UUID], message: Message | None) -> Outcome:
        if sort is Contribution.RANKED:
            return self._of_ballot(self.ballots[made["ballot_id"]])
        if message is None:
            raise AssertionError("what was written or reviewed is never taken from the database")
        if sort is Contribution.REVIEWED:
            return _of_review(self.reviews[made["review_id"]], message)
        fate = self.fates[message.pk]
        return fate_of(fate).value, fate_in_words(fate)

    def _of_ballot(self, ballot: Ballot) -> Outcome:
        result = self.results.get(ballot.parent_id)
        # Ranks from before this ballot don't know of it yet.
        known = result.order() if result is not None and result.scored_at >= ballot.created_at else None
        code, text = outcome_of_ballot(ballot.vote(), known, counts=ballot.counts)
        return code.value, text


def _of_review(review: Review, message: Message) -> Outcome:
    policy = message.tree.policy.policy
    code, text = outcome_of_review(
        mine=leaning(review.labels, depth=message.depth, policy=policy),
        result=message.review_result,
        counts=review.counts,
        deleted=message.deleted,
        stopped=message.tree.archived or message.tree.state in STOPPED,
    )
    return code.value, text


def _gather(page: Sequence[Task]) -> Gathered:
    made = [(SORT_OF[Kind(task.kind)], _made(task)) for task in page]
    own = [ids["message_id"] for sort, ids in made if sort is Contribution.WRITTEN]
    written = Message.objects.filter(pk__in=own).select_related("tree__policy").in_bulk()
    ballots = Ballot.objects.in_bulk([ids["ballot_id"] for _sort, ids in made if "ballot_id" in ids])
    return Gathered(
        written=written,
        fates=fates_of(list(written.values())),
        reviews=Review.objects.in_bulk([ids["review_id"] for _sort, ids in made if "review_id" in ids]),
        ballots=ballots,
        results=GroupRanking.objects.in_bulk([ballot.parent_id for ballot in ballots.values()]),
    )


def _made(task: Task) -> dict[str, UUID]:
    """The ids of what came of a task."""
    return {name: UUID(pk) for name, pk in cast(dict[str, str], task.result or {}).items()}


def _is_readable(message: Message, by: User) -> bool:
    return not (message.deleted or message.is_kept_from(by))


def _excerpt(message: Message) -> str:
    return Truncator(" ".join(message.text.split())).chars(EXCERPT)
