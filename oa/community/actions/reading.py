"""Trees as the ledger sees them, read in four statements however many they are, and which of them are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from oa.community.rules import Facts, Judgement, Order, Piece, Result
from oa.rankings.models import Ballot, GroupRanking
from oa.reviews.models import Review
from oa.trees.models import Message, Tree

_FIELDS = (
    "id", "tree_id", "parent_id", "author_id", "author__imported", "synthetic", "depth", "lang", "version", "deleted",
    "review_result", "rank", "review_count", "label_sums", "created_date",
)  # fmt: skip


def facts_of(trees: Iterable[Tree]) -> dict[UUID, Facts]:
    """What decides about points and notices of these trees. Of an archived one nothing does, nor do the judgements
    that came with an import: nobody here gave them."""
    archived = {tree.pk: tree.archived for tree in trees}
    ids = [pk for pk, kept in archived.items() if not kept]
    pieces: dict[UUID, list[Piece]] = {pk: [] for pk in archived}
    reviews: dict[UUID, list[Judgement]] = {pk: [] for pk in archived}
    ballots: dict[UUID, list[Order]] = {pk: [] for pk in archived}
    results: dict[UUID, dict[UUID, Result]] = {pk: {} for pk in archived}
    tree_of: dict[UUID, UUID] = {}
    for row in Message.objects.filter(tree__in=ids).order_by("depth", "id").values(*_FIELDS):
        tree_of[row["id"]] = row["tree_id"]
        pieces[row["tree_id"]].append(_piece(row))
    for review in Review.objects.filter(message__tree__in=ids, by__imported=False).order_by("id"):
        reviews[tree_of[review.message_id]].append(_judgement(review))
    for ballot in Ballot.objects.filter(parent__tree__in=ids, by__imported=False).order_by("id"):
        order = Order(ballot.pk, ballot.parent_id, ballot.by_id, ballot.vote(), ballot.counts, ballot.created_at)
        ballots[tree_of[ballot.parent_id]].append(order)
    for group in GroupRanking.objects.filter(parent__tree__in=ids):
        result = Result(group.order(), group.ballots, group.not_rankable)
        results[tree_of[group.parent_id]][group.parent_id] = result
    return {
        pk: Facts(pieces[pk], reviews[pk], ballots[pk], results[pk], archived=kept) for pk, kept in archived.items()
    }


def _piece(row: Mapping[str, Any]) -> Piece:
    ours = row["author_id"] is not None and not row["author__imported"] and not row["synthetic"]
    sums = row["label_sums"]
    return Piece(
        id=row["id"], parent_id=row["parent_id"], author_id=row["author_id"] if ours else None,
        depth=row["depth"], lang=row["lang"], version=row["version"], deleted=row["deleted"],
        review_result=row["review_result"], rank=row["rank"], reviews=row["review_count"],
        said_spam=round(sums.get("spam", (0, 0))[0]),
        said_wrong_language=round(sums.get("lang_mismatch", (0, 0))[0]), at=row["created_date"],
    )  # fmt: skip


def _judgement(review: Review) -> Judgement:
    return Judgement(
        id=review.pk, message_id=review.message_id, by=review.by_id, mode=review.mode, labels=review.labels,
        counts=review.counts, at=review.created_at,
    )  # fmt: skip


# The expression is that of the index `unbooked_tasks`: a new prompt's tree is that of the message it became.
_TREE = "COALESCE(task.tree_id, (task.result ->> 'message_id')::uuid)"
_DUE = f"""
(SELECT DISTINCT {_TREE} FROM tasks_task task WHERE task.status = 'done' AND NOT task.booked LIMIT %(most)s)
UNION ALL
(SELECT id FROM trees_tree WHERE unbooked LIMIT %(most)s)
"""  # noqa: S608 - a constant
_BOOK_TASKS = f"""
UPDATE tasks_task task SET booked = true
WHERE task.status = 'done' AND NOT task.booked AND {_TREE} = %(tree)s
RETURNING task.assignee_id, task.closed_at, task.lang
"""  # noqa: S608 - a constant


def trees_due(*, most: int) -> Sequence[UUID]:
    """Trees about which the ledger has not heard everything, those in which people did something first."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"most": most})
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))[:most]


def take_tasks(tree_id: UUID) -> list[tuple[UUID, datetime, str]]:
    """Mark what was done for a held tree as booked; gives each task's person, moment and language, once ever."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOK_TASKS, {"tree": tree_id})
        return list(cursor.fetchall())
