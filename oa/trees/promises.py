"""What trees promise: their shape, one voice, their counts, being at rest, ranks, history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast
from uuid import UUID

from oa.core.promises import Check, Tally, in_sql, stream
from oa.trees.models import NODE_FIELDS, Message, PolicyVersion, Tree, node_of
from oa.trees.rules import Node, Policy, Role, Shape, State, facts_of, next_move

TREES_AT_ONCE = 500
ALL_MESSAGES = "SELECT count(*) FROM trees_message"
ALL_TREES = "SELECT count(*) FROM trees_tree"

P1 = [
    in_sql(
        "P1",
        "every tree has its prompt, and the prompt names the tree",
        subjects=ALL_TREES,
        breaches="""
            SELECT tree.id FROM trees_tree tree
            LEFT JOIN trees_message prompt
              ON prompt.id = tree.id AND prompt.tree_id = tree.id
             AND prompt.depth = 0 AND prompt.parent_id IS NULL AND prompt.role = 'prompter'
            WHERE prompt.id IS NULL
        """,
        tells="tree {0} has no prompt of its own id",
    ),
    in_sql(
        "P1",
        "a reply stands one level below its parent, in its tree, in the other role",
        subjects=ALL_MESSAGES,
        breaches="""
            SELECT reply.id, parent.id FROM trees_message reply
            LEFT JOIN trees_message parent ON parent.id = reply.parent_id
            WHERE reply.depth > 0
              AND (parent.id IS NULL OR parent.tree_id <> reply.tree_id
                   OR parent.depth + 1 <> reply.depth OR parent.role = reply.role)
               OR reply.depth = 0 AND (reply.parent_id IS NOT NULL OR reply.id <> reply.tree_id)
        """,
        tells="message {0} does not fit below its parent {1}",
    ),
    in_sql(
        "P1",
        "a live reply has a live parent",
        subjects=ALL_MESSAGES,
        breaches="""
            SELECT reply.id, parent.id FROM trees_message reply
            JOIN trees_message parent ON parent.id = reply.parent_id
            JOIN trees_tree tree ON tree.id = reply.tree_id
            WHERE parent.deleted AND NOT reply.deleted AND NOT tree.archived
        """,
        tells="message {0} lives below {1}, which is deleted",
    ),
]

P2 = [
    in_sql(
        "P2",
        "one live reply per person and parent",
        subjects="SELECT count(*) FROM trees_message WHERE depth > 0",
        breaches="""
            SELECT author_id, parent_id, count(*) FROM trees_message
            WHERE NOT deleted AND parent_id IS NOT NULL AND author_id IS NOT NULL
            GROUP BY author_id, parent_id HAVING count(*) > 1
        """,
        tells="person {0} has {2} live replies to message {1}",
    ),
]

P4 = [
    in_sql(
        "P4",
        "a message counts its live replies",
        subjects=ALL_MESSAGES,
        breaches="""
            SELECT message.id, message.children_count, coalesce(replies.number, 0)
            FROM trees_message message
            LEFT JOIN (SELECT parent_id, count(*) AS number FROM trees_message
                       WHERE NOT deleted AND parent_id IS NOT NULL GROUP BY parent_id) replies
              ON replies.parent_id = message.id
            WHERE message.children_count <> coalesce(replies.number, 0)
        """,
        tells="message {0} counts {1} live replies and has {2}",
    ),
]

P9 = [
    in_sql(
        "P9",
        "the last event of a tree says the state it is in",
        subjects=ALL_TREES,
        breaches="""
            SELECT tree.id, tree.state, last.after FROM trees_tree tree
            LEFT JOIN LATERAL (SELECT event.after FROM trees_treeevent event
                               WHERE event.tree_id = tree.id ORDER BY event.id DESC LIMIT 1) last ON true
            WHERE last.after IS DISTINCT FROM tree.state
        """,
        tells="tree {0} is {1}, its last event says {2}",
    ),
    in_sql(
        "P9",
        "each event begins where the one before it ended",
        subjects="SELECT count(*) FROM trees_treeevent",
        breaches="""
            SELECT event.id, event.tree_id, event.before, event.earlier
            FROM (SELECT id, tree_id, before, lag(after) OVER (PARTITION BY tree_id ORDER BY id) AS earlier
                  FROM trees_treeevent) event
            WHERE event.before IS NOT NULL AND event.before IS DISTINCT FROM event.earlier
        """,
        tells="event {0} of tree {1} begins at {2}, the one before it ended at {3}",
    ),
    in_sql(
        "P9",
        "every change of a text has its revision",
        subjects="SELECT count(*) FROM trees_message WHERE version > 1",
        breaches="""
            SELECT message.id, message.version, coalesce(kept.number, 0)
            FROM trees_message message
            LEFT JOIN (SELECT message_id, count(*) AS number, max(version) AS newest
                       FROM trees_messagerevision GROUP BY message_id) kept ON kept.message_id = message.id
            WHERE coalesce(kept.number, 0) <> message.version - 1
               OR coalesce(kept.newest, 0) <> message.version - 1
        """,
        tells="the text of message {0} is version {1}, and {2} earlier ones are kept",
    ),
]


def shapes_in(*states: State) -> Iterator[tuple[Tree, Shape]]:
    """Every live tree in one of these states with its shape; two queries for each 500 trees."""
    after: UUID | None = None
    while trees := _next_trees(after, states):
        yield from _with_shapes(trees)
        after = trees[-1].pk


def _next_trees(after: UUID | None, states: Sequence[State]) -> list[Tree]:
    found = Tree.objects.live().in_state(*states).order_by("id")
    return list((found.filter(pk__gt=after) if after else found)[:TREES_AT_ONCE])


def _with_shapes(trees: Sequence[Tree]) -> Iterator[tuple[Tree, Shape]]:
    versions = PolicyVersion.objects.in_bulk({tree.policy_id for tree in trees})
    messages = _nodes([tree.pk for tree in trees])
    for tree in trees:
        tree.policy = versions[tree.policy_id]  # shared, so that each is read once
        yield tree, tree.shape_with(messages.get(tree.pk, []))


def _nodes(tree_ids: list[UUID]) -> dict[UUID, list[Node]]:
    found: dict[UUID, list[Node]] = {}
    rows = Message.objects.filter(tree_id__in=tree_ids).order_by("tree_id", "depth", "id")
    for tree_id, *row in rows.values_list("tree_id", *NODE_FIELDS):
        found.setdefault(tree_id, []).append(node_of(row))
    return found


# Nine trees of ten wait for the lottery or are finished, and of most of those a query sees that nothing moves them. It
# may name too many, for each it names is judged by the rules (`next_move`, `sibling_groups`), but none too few:
#
# - where the lottery or the backlog waits, only the prompt's own verdict moves a tree, and an accepted one does not;
# - in a ready tree, as long as nothing that is not deleted stands below something deleted or rejected, `alive` is all
#   that is not deleted, so that a group of `sibling_groups` is the accepted ones among the replies to a message. Such a
#   tree moves on only if its prompt is not accepted, if something has no verdict, if a group lacks ballots, or if its
#   ranks are not each number below its size (n numbers below n that set n bits are) while no other message has one.
#
# In all other states a tree is named whatever it says: few trees are at work at a time.
_READY_TO_JUDGE = """
    SELECT tree.id FROM trees_tree tree
    JOIN trees_policyversion policy ON policy.id = tree.policy_id
    JOIN trees_message message ON message.tree_id = tree.id
    LEFT JOIN trees_message parent ON parent.id = message.parent_id
    CROSS JOIN LATERAL (SELECT NOT message.deleted AND message.review_result IS TRUE AS counts) own
    WHERE tree.state = 'ready_for_export' AND NOT tree.archived
    GROUP BY tree.id, policy.id, parent.id
    HAVING bool_or(NOT message.deleted AND
                   (message.review_result IS NULL OR parent.deleted OR parent.review_result IS FALSE))
        OR parent.id IS NULL AND NOT bool_and(counts)
        OR count(message.rank) FILTER (WHERE NOT counts) > 0
        OR CASE WHEN count(*) FILTER (WHERE counts) < 2 OR NOT (
                    parent.role = 'prompter' OR coalesce((policy.values ->> 'rank_prompter_replies')::bool, %(both)s))
           THEN count(message.rank) > 0
           ELSE min(message.ranking_count) FILTER (WHERE counts)
                    < coalesce((policy.values ->> 'num_required_rankings')::int, %(ballots)s)
             OR count(message.rank) < count(*) FILTER (WHERE counts)
             OR count(message.rank) > 60 OR max(message.rank) >= count(message.rank)
             OR bit_or(1::bigint << message.rank) <> (1::bigint << count(message.rank)::int) - 1
           END
"""
_TO_JUDGE = f"""
    SELECT tree.id FROM trees_tree tree
    WHERE NOT tree.archived AND tree.state IN ('initial_prompt_review', 'growing', 'ranking', 'ready_for_scoring')
    UNION
    SELECT tree.id FROM trees_tree tree JOIN trees_message prompt ON prompt.id = tree.id
    WHERE NOT tree.archived AND tree.state IN ('prompt_lottery_waiting', 'backlog_ranking')
      AND (prompt.deleted OR prompt.review_result IS NOT TRUE)
    UNION
    ({_READY_TO_JUDGE})
"""  # noqa: S608 - a constant


def _doubtful(sql: str) -> Iterator[tuple[Tree, Shape]]:
    """The trees that a query names, with their shapes, 500 at a time."""
    defaults = {"ballots": Policy().num_required_rankings, "both": Policy().rank_prompter_replies}
    rows = (cast(UUID, row[0]) for row in stream(sql, defaults))
    while ids := list(islice(rows, TREES_AT_ONCE)):
        yield from _with_shapes(list(Tree.objects.filter(pk__in=ids).order_by("id")))


MOVING = (
    State.INITIAL_PROMPT_REVIEW, State.PROMPT_LOTTERY_WAITING, State.GROWING, State.RANKING,
    State.READY_FOR_SCORING, State.READY_FOR_EXPORT, State.BACKLOG_RANKING,
)  # fmt: skip


def _at_rest(tally: Tally) -> Iterator[str]:
    tally.checked += Tree.objects.live().in_state(*MOVING).count()
    for tree, shape in _doubtful(_TO_JUDGE):
        move = next_move(State(tree.state), facts_of(shape)) if shape.nodes else None
        if move:
            yield f"tree {tree.pk} is {tree.state} and should have moved to {move[0]} ({move[1]})"


def _ranked(tally: Tally) -> Iterator[str]:
    """A group that is ranked wrongly is also why a ready tree does not rest, so that no other needs to be looked at."""
    tally.checked += Tree.objects.live().in_state(State.READY_FOR_EXPORT).count()
    for tree, shape in _doubtful(_READY_TO_JUDGE):
        for parent, replies in shape.sibling_groups():
            if replies[0].role is Role.PROMPTER and not shape.policy.rank_prompter_replies:
                continue
            ranks = sorted(-1 if reply.rank is None else reply.rank for reply in replies)
            if ranks != list(range(len(replies))):
                told = ", ".join("none" if rank < 0 else str(rank) for rank in ranks)
                yield f"tree {tree.pk}: the replies to {parent.id} have the ranks {told}"


P5 = [Check("P5", "every live tree is at rest: nothing its messages say moves it on", _at_rest)]

P8 = [
    Check("P8", "in a tree that is ready, the replies of a group are ranked 0, 1, 2 … without gaps", _ranked),
    in_sql(
        "P8",
        "in a tree that is ready, no deleted or rejected message has a rank",
        subjects="SELECT count(*) FROM trees_tree WHERE state = 'ready_for_export' AND NOT archived",
        breaches="""
            SELECT message.id, message.rank FROM trees_message message
            JOIN trees_tree tree ON tree.id = message.tree_id
            WHERE tree.state = 'ready_for_export' AND NOT tree.archived AND message.rank IS NOT NULL
              AND (message.deleted OR message.review_result IS DISTINCT FROM true)
        """,
        tells="message {0} has rank {1} and does not count",
    ),
]

PROMISES = [*P1, *P2, *P4, *P5, *P8, *P9]
