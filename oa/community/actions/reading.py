"""A tree as the ledger sees it, read in four statements however large it is."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from oa.community.rules import Facts, Judgement, Order, Piece, Result
from oa.rankings.models import Ballot, GroupRanking
from oa.reviews.models import Review
from oa.trees.models import Message

_FIELDS = (
    "id", "parent_id", "author_id", "author__imported", "synthetic", "depth", "lang", "version", "deleted",
    "review_result", "rank", "review_count", "label_sums", "created_date",
)  # fmt: skip


def facts_of(tree_id: UUID, *, archived: bool) -> Facts:
    """What decides about points and notices of a tree. Of an archived one nothing does."""
    if archived:
        return Facts((), archived=True)
    reviews = Review.objects.filter(message__tree=tree_id).order_by("id")
    ballots = Ballot.objects.filter(parent__tree=tree_id).order_by("id")
    groups = GroupRanking.objects.filter(parent__tree=tree_id)
    return Facts(
        pieces=_pieces(tree_id),
        reviews=[
            Judgement(
                id=row.pk, message_id=row.message_id, by=row.by_id, mode=row.mode, spam=row.labels.get("spam", 0.0),
                lang_mismatch=row.labels.get("lang_mismatch", 0.0), counts=row.counts, at=row.created_at,
            )
            for row in reviews
        ],
        ballots=[
            Order(row.pk, row.parent_id, row.by_id, row.vote(), row.counts, row.created_at) for row in ballots
        ],
        results={
            row.parent_id: Result(
                tuple(tuple(UUID(reply) for reply in tier) for tier in row.tiers), row.ballots, row.not_rankable
            )
            for row in groups
        },
    )  # fmt: skip


def _pieces(tree_id: UUID) -> list[Piece]:
    found = []
    for row in Message.objects.filter(tree=tree_id).order_by("depth", "id").values(*_FIELDS):
        ours = row["author_id"] is not None and not row["author__imported"] and not row["synthetic"]
        sums = row["label_sums"]
        found.append(
            Piece(
                id=row["id"], parent_id=row["parent_id"], author_id=row["author_id"] if ours else None,
                depth=row["depth"], lang=row["lang"], version=row["version"], deleted=row["deleted"],
                review_result=row["review_result"], rank=row["rank"], reviews=row["review_count"],
                said_spam=round(sums.get("spam", (0, 0))[0]),
                said_wrong_language=round(sums.get("lang_mismatch", (0, 0))[0]), at=row["created_date"],
            )
        )  # fmt: skip
    return found


# The expression is that of the index `unbooked_tasks`: a new prompt's tree is that of the message it became.
_TREE = "COALESCE(task.tree_id, (task.result ->> 'message_id')::uuid)"
_DUE = f"""
(SELECT DISTINCT {_TREE} FROM tasks_task task WHERE task.status = 'done' AND NOT task.booked LIMIT %(most)s)
UNION
(SELECT id FROM trees_tree WHERE unbooked LIMIT %(most)s)
"""  # noqa: S608 - a constant
_BOOK_TASKS = f"""
UPDATE tasks_task task SET booked = true
WHERE task.status = 'done' AND NOT task.booked AND {_TREE} = %(tree)s
RETURNING task.assignee_id, task.closed_at, task.lang
"""  # noqa: S608 - a constant


def trees_due(*, most: int) -> Sequence[UUID]:
    """Trees about which the ledger has not heard everything."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"most": most})
        return [row[0] for row in cursor.fetchall()]


def take_tasks(tree_id: UUID) -> list[tuple[UUID, object, str]]:
    """Mark what was done for a held tree as booked; gives each task's person, moment and language, once ever."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOK_TASKS, {"tree": tree_id})
        return list(cursor.fetchall())
