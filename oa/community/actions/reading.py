"""Trees as the ledger sees them, read in a few statements however many they are, and which of them are due."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, UUIDField
from django.db.models.expressions import RawSQL

from oa.community.rules import Facts, Judgement, Order, Piece, Result
from oa.core.prepared import Prepared, Slot, run
from oa.rankings.rules import Vote
from oa.trees.models import PolicyVersion, Tree

# Plain statements: a row of the ORM costs ten times what these tuples do, and there are a hundred to a tree.
_PIECES = """
SELECT message.tree_id, message.id, message.parent_id,
       CASE WHEN message.synthetic OR author.imported THEN NULL ELSE message.author_id END,
       message.depth, message.lang, message.version, message.deleted, message.review_result, message.rank,
       message.review_count, (message.label_sums -> 'spam' ->> 0)::float8,
       (message.label_sums -> 'lang_mismatch' ->> 0)::float8, message.created_date
FROM (
    SELECT * FROM trees_message WHERE tree_id = ANY(%(trees)s)
    UNION ALL
    SELECT * FROM trees_message WHERE id = ANY(%(messages)s)
) message
LEFT JOIN accounts_user author ON author.id = message.author_id
ORDER BY message.depth, message.id
"""
# Of the labels those that decide.
_REVIEWS = """
SELECT review.id, review.message_id, review.by_id, review.mode, (review.labels ->> 'spam')::float8,
       (review.labels ->> 'lang_mismatch')::float8, review.counts, review.created_at
FROM reviews_review review JOIN accounts_user person ON person.id = review.by_id AND NOT person.imported
WHERE review.message_id = ANY(%(messages)s)
ORDER BY review.id
"""
_BALLOTS = """
SELECT ballot.id, ballot.parent_id, ballot.by_id, ballot.tiers, ballot.unacceptable, ballot.not_rankable,
       ballot.counts, ballot.created_at
FROM rankings_ballot ballot JOIN accounts_user person ON person.id = ballot.by_id AND NOT person.imported
WHERE ballot.parent_id = ANY(%(messages)s)
ORDER BY ballot.id
"""
_RESULTS = """
SELECT parent_id, tiers, ballots, not_rankable FROM rankings_groupranking WHERE parent_id = ANY(%(messages)s)
"""


def facts_of(trees: Iterable[Tree], *, about: Sequence[UUID] = ()) -> dict[UUID, Facts]:
    """What decides about points and notices of these trees. Of an archived one nothing does, nor do the judgements
    that came with an import: nobody here gave them.

    `about` are messages of other trees, of which only what is said about these is read: enough to tell what is owed
    for them as long as neither their replies nor they themselves are ranked.
    """
    archived = {tree.pk: tree.archived for tree in trees}
    found: dict[UUID, _Gathered] = defaultdict(_Gathered)
    ids = [pk for pk, kept in archived.items() if not kept]
    tree_of: dict[UUID, UUID] = {}
    if ids or about:
        for tree_id, *row, spam, wrong_language, at in run(_PIECES, {"trees": ids, "messages": list(about)}):
            tree_of[row[0]] = tree_id
            row += (round(spam or 0), round(wrong_language or 0), at)
            found[tree_id].pieces.append(Piece(*row))
        _read_judgements(found, tree_of)
    return {
        pk: Facts(had.pieces, had.reviews, had.ballots, had.results, archived=archived.get(pk, False))
        for pk in (*archived, *(found.keys() - archived.keys()))
        for had in [found[pk]]
    }


class _Gathered:
    """Facts of one tree, while they are read."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.reviews: list[Judgement] = []
        self.ballots: list[Order] = []
        self.results: dict[UUID, Result] = {}


def _read_judgements(found: dict[UUID, _Gathered], tree_of: dict[UUID, UUID]) -> None:
    of_these: dict[str, object] = {"messages": list(tree_of)}
    for pk, message_id, by, mode, spam, wrong_language, counts, at in run(_REVIEWS, of_these):
        given = (("spam", spam), ("lang_mismatch", wrong_language))
        labels = {name: value for name, value in given if value is not None}
        found[tree_of[message_id]].reviews.append(Judgement(pk, message_id, by, mode, labels, counts, at))
    for pk, parent_id, by, tiers, unacceptable, not_rankable, counts, at in run(_BALLOTS, of_these):
        vote = Vote(_tiers(tiers), frozenset(unacceptable), not_rankable)
        found[tree_of[parent_id]].ballots.append(Order(pk, parent_id, by, vote, counts, at))
    for parent_id, tiers, ballots, not_rankable in run(_RESULTS, of_these):
        found[tree_of[parent_id]].results[parent_id] = Result(_tiers(tiers), ballots, not_rankable)


def _tiers(kept: str) -> tuple[tuple[UUID, ...], ...]:
    return tuple(tuple(UUID(reply) for reply in tier) for tier in json.loads(kept))


# The expression is that of the index `unbooked_tasks`: a new prompt's tree is that of the message it became.
_TREE = "COALESCE(task.tree_id, (task.result ->> 'message_id')::uuid)"
_DUE = f"""
(SELECT DISTINCT {_TREE} FROM tasks_task task WHERE task.status = 'done' AND NOT task.booked LIMIT %(most)s)
UNION ALL
(SELECT id FROM trees_tree WHERE unbooked LIMIT %(most)s)
"""  # noqa: S608 - a constant
# The message a task came to: the one it reviewed or wrote, or the one whose replies it ranked.
_BOOK_TASKS = f"""
UPDATE tasks_task task SET booked = true
WHERE task.status = 'done' AND NOT task.booked AND {_TREE} = ANY(%(trees)s)
RETURNING {_TREE}, task.assignee_id, task.closed_at, task.lang, (task.result ->> 'message_id')::uuid, EXISTS (
    SELECT FROM rankings_groupranking ranking
    WHERE ranking.parent_id IN ((task.result ->> 'message_id')::uuid, (
        SELECT parent_id FROM trees_message message WHERE message.id = (task.result ->> 'message_id')::uuid)))
"""  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class Done:
    """A task that was handed in, seen by the ledger for the first time."""

    tree_id: UUID
    person_id: UUID
    at: datetime
    lang: str
    message_id: UUID | None
    among_ranked: bool  # there is an order of the replies to this message, or of those it stands among


_FREE = Prepared(
    lambda: Tree.objects
    .filter(RawSQL("trees_tree.id = ANY(%s)", [Slot("trees", ArrayField(UUIDField()))], BooleanField()))
    .select_for_update(of=("self",), no_key=True, skip_locked=True)
    .order_by("id")
)  # fmt: skip


def hold_free(tree_ids: Sequence[UUID]) -> list[Tree]:
    """Those of these trees that nobody else holds, held, with their policies: waits for nobody."""
    trees = _FREE(trees=list(tree_ids))
    versions = PolicyVersion.objects.in_bulk({tree.policy_id for tree in trees})
    for tree in trees:
        tree.policy = versions[tree.policy_id]
    return trees


def trees_due(*, most: int) -> Sequence[UUID]:
    """Trees about which the ledger has not heard everything, those in which people did something first."""
    return list(dict.fromkeys(row[0] for row in run(_DUE, {"most": most})))[:most]


def take_tasks(tree_ids: Sequence[UUID]) -> list[Done]:
    """Mark what was done for held trees as booked; gives each task once ever."""
    return [Done(*row) for row in run(_BOOK_TASKS, {"trees": list(tree_ids)})]
