"""What tasks promise: nothing is collected too often, the stock is what is wanted, nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db.models import Max

from oa.core.promises import Check, Tally, in_sql
from oa.tasks.actions import count_trees, policies_of
from oa.tasks.models import LanguageDesk, Task
from oa.tasks.rules import Kind, Row, Seat, Status, difference, prompts_wanted, seat_facts, wanted
from oa.trees.models import PolicyVersion, Tree, TreeEvent
from oa.trees.promises import shapes_in
from oa.trees.rules import Policy, Shape, State

DEFAULTS = Policy()
# A desk is judged by what had happened when it was last run, and commits take their time.
SETTLING = timedelta(minutes=1)

P2 = [
    in_sql(
        "P2",
        "nobody is handed their own message to review, or a group that holds their own reply",
        subjects="SELECT count(*) FROM tasks_task WHERE status = 'leased'",
        breaches="""
            SELECT task.id, task.kind, task.assignee_id FROM tasks_task task
            JOIN trees_message message ON message.id = task.message_id
            WHERE task.status = 'leased' AND (
                task.kind LIKE 'label_%' AND message.author_id = task.assignee_id
                OR task.kind LIKE 'rank_%' AND EXISTS (
                    SELECT FROM trees_message own
                    WHERE own.parent_id = task.message_id AND own.author_id = task.assignee_id
                      AND task.shown -> 'order' ? own.id::text))
        """,
        tells="task {0} ({1}) is in the hands of {2}, who would judge their own words",
    ),
]

P3 = [
    in_sql(
        "P3",
        "reviews of a message, with those in hand, are no more than the policy wants",
        subjects="SELECT count(*) FROM trees_message",
        # While a message is undecided one more is always wanted, whatever an import brought, with or without rows.
        breaches="""
            SELECT judged.message_id, judged.number, limits.wanted
            FROM (SELECT message_id, count(*) FILTER (WHERE NOT brought) AS number,
                         count(*) FILTER (WHERE brought) AS brought
                  FROM (SELECT review.message_id, reviewer.imported AS brought FROM reviews_review review
                        JOIN accounts_user reviewer ON reviewer.id = review.by_id
                        WHERE review.counts
                        UNION ALL
                        SELECT message_id, false FROM tasks_task
                        WHERE status = 'leased' AND kind LIKE 'label_%%') each
                  GROUP BY message_id) judged
            JOIN trees_message message ON message.id = judged.message_id
            JOIN trees_tree tree ON tree.id = message.tree_id
            JOIN trees_policyversion policy ON policy.id = tree.policy_id
            CROSS JOIN LATERAL (SELECT greatest(1,
                CASE WHEN message.depth = 0
                     THEN coalesce((policy.values ->> 'num_reviews_initial_prompt')::int, %(prompt)s)
                     ELSE coalesce((policy.values ->> 'num_reviews_reply')::int, %(reply)s) END
                + message.extra_reviews
                - coalesce((message.baseline ->> 'review_count')::int, 0) - judged.brought) AS wanted) limits
            WHERE judged.number > limits.wanted
        """,
        tells="message {0} has {1} reviews and leases where {2} were wanted",
        given={"prompt": DEFAULTS.num_reviews_initial_prompt, "reply": DEFAULTS.num_reviews_reply},
    ),
    in_sql(
        "P3",
        "ballots on the same replies, with those in hand, are no more than the policy wants",
        subjects="SELECT count(*) FROM rankings_ballot WHERE counts",
        breaches="""
            WITH judged AS (
                SELECT parent_id, ARRAY(SELECT reply.pk FROM unnest(shown) AS reply(pk) ORDER BY reply.pk) AS replies
                FROM rankings_ballot ballot
                JOIN accounts_user ranker ON ranker.id = ballot.by_id AND NOT ranker.imported
                WHERE counts
                UNION ALL
                SELECT message_id,
                       ARRAY(SELECT reply.pk::uuid FROM jsonb_array_elements_text(shown -> 'order') AS reply(pk)
                             ORDER BY reply.pk::uuid)
                FROM tasks_task WHERE status = 'leased' AND kind LIKE 'rank_%%'
            )
            SELECT judged.parent_id, count(*), limits.wanted FROM judged
            JOIN trees_message parent ON parent.id = judged.parent_id
            JOIN trees_tree tree ON tree.id = parent.tree_id
            JOIN trees_policyversion policy ON policy.id = tree.policy_id
            CROSS JOIN LATERAL (
                SELECT coalesce((policy.values ->> 'num_required_rankings')::int, %(rankings)s) AS wanted) limits
            GROUP BY judged.parent_id, judged.replies, limits.wanted HAVING count(*) > limits.wanted
        """,
        tells="the replies to message {0} have {1} ballots and leases on the same group where {2} were wanted",
        given={"rankings": DEFAULTS.num_required_rankings},
    ),
]

WORKING = (State.INITIAL_PROMPT_REVIEW, State.GROWING, State.RANKING)


def _stock(tally: Tally) -> Iterator[str]:
    """Compares what is there with what `wanted` says, 500 trees at a time."""
    batch: list[tuple[Tree, Shape]] = []
    for pair in shapes_in(*WORKING):
        tally.checked += 1
        batch.append(pair)
        if len(batch) == 500:
            yield from _stock_of(batch)
            batch = []
    yield from _stock_of(batch)


def _stock_of(batch: list[tuple[Tree, Shape]]) -> Iterator[str]:
    rows: dict[UUID, list[tuple[Row, str, UUID | None]]] = {}
    stock = Task.objects.stock().filter(tree_id__in=[tree.pk for tree, _shape in batch]).order_by("id")
    for tree_id, lang, author, pk, kind, message, version, status, lonely in stock.values_list(
        "tree_id", "lang", "author_id", "id", "kind", "message_id", "version", "status", "lonely"
    ):
        row = Row(pk, Seat(Kind(kind), message, version), status == Status.LEASED, lonely)
        rows.setdefault(tree_id, []).append((row, lang, author))
    for tree, shape in batch:
        yield from _stock_of_tree(tree, shape, rows.get(tree.pk, []))


def _stock_of_tree(tree: Tree, shape: Shape, found: list[tuple[Row, str, UUID | None]]) -> Iterator[str]:
    rows = [row for row, _lang, _author in found]
    change = difference(rows, wanted(State(tree.state), shape, Counter(row.seat for row in rows if row.leased)))
    for seat, number in change.missing.items():
        yield f"tree {tree.pk} wants {number} more of {seat.kind} about {seat.message_id}"
    for pk in change.surplus:
        yield f"tree {tree.pk} does not want task {pk}"
    for row, lang, author in found:
        if row.id in change.surplus:
            continue
        facts = seat_facts(row.seat, shape)
        if (lang, author) != (facts.lang, facts.author_id) or (row.lonely != facts.lonely and not row.leased):
            yield f"task {row.id} says something else of message {row.seat.message_id} than is so"


def _desks(tally: Tally) -> Iterator[str]:
    """Each language's stock of prompts to write, where nothing has happened since its desk was run."""
    # All languages at once: no index leads from a language to its closed tasks.
    prompts = Task.objects.filter(kind=Kind.INITIAL_PROMPT, closed_at__isnull=False).order_by()
    closed: dict[str, datetime] = dict(prompts.values_list("lang").annotate(Max("closed_at")))
    for desk in LanguageDesk.objects.filter(filled_at__isnull=False).order_by("lang"):
        since = cast(datetime, desk.filled_at) - SETTLING
        if closed.get(desk.lang, since) > since or _moved_since(since, desk.lang):
            continue
        tally.checked += 1
        policy = policies_of([desk.lang])[desk.lang]
        wish = prompts_wanted(count_trees(lang=desk.lang, policy=policy), policy)
        stock = Task.objects.stock().filter(kind=Kind.INITIAL_PROMPT, lang=desk.lang)
        number, in_hand = stock.count(), stock.leased().count()
        if number != max(wish, in_hand):
            yield f"language {desk.lang} has {number} prompts to write and wants {wish}"


def _moved_since(since: datetime, lang: str) -> bool:
    return (
        TreeEvent.objects.filter(tree__lang=lang, at__gt=since).exists()
        or PolicyVersion.objects.filter(lang__in=["", lang], at__gt=since).exists()
    )


P6 = [
    Check("P6", "the tasks of a tree, open and in hand, are those it wants", _stock),
    in_sql(
        "P6",
        "a tree that is finished, stopped, waiting or archived has no tasks",
        subjects="SELECT count(*) FROM trees_tree",
        breaches="""
            SELECT task.id, tree.id, tree.state FROM tasks_task task
            JOIN trees_tree tree ON tree.id = task.tree_id
            WHERE task.status IN ('open', 'leased')
              AND (tree.archived OR tree.state NOT IN ('initial_prompt_review', 'growing', 'ranking'))
        """,
        tells="task {0} is offered in tree {1}, which is {2}",
    ),
    Check("P6", "a language has as many prompts to write as it wants", _desks),
]

P7 = [
    in_sql(
        "P7",
        "a tree that does not wait for the lottery, the backlog, scoring or a moderator has work to do",
        subjects="SELECT count(*) FROM trees_tree WHERE state NOT IN ('ready_for_export', 'aborted_low_grade')",
        breaches="""
            SELECT tree.id, tree.state FROM trees_tree tree
            WHERE tree.state IN ('initial_prompt_review', 'growing', 'ranking') AND NOT tree.archived
              AND NOT EXISTS (SELECT FROM tasks_task task
                              WHERE task.tree_id = tree.id AND task.status IN ('open', 'leased'))
              AND NOT EXISTS (SELECT FROM trees_message message
                              WHERE message.tree_id = tree.id AND message.withheld AND NOT message.deleted)
        """,
        tells="tree {0} is {1} and nobody can do anything about it",
    ),
]

P12 = [
    in_sql(
        "P12",
        "what was handed in is there",
        subjects="SELECT count(*) FROM tasks_task WHERE status = 'done'",
        breaches="""
            SELECT task.id, task.kind FROM tasks_task task
            WHERE task.status = 'done' AND NOT CASE
                WHEN task.kind LIKE 'label_%' THEN EXISTS (
                    SELECT FROM reviews_review made WHERE made.id = (task.result ->> 'review_id')::uuid
                    AND made.by_id = task.assignee_id AND made.message_id = task.message_id)
                WHEN task.kind LIKE 'rank_%' THEN EXISTS (
                    SELECT FROM rankings_ballot made WHERE made.id = (task.result ->> 'ballot_id')::uuid
                    AND made.by_id = task.assignee_id AND made.parent_id = task.message_id)
                ELSE EXISTS (
                    SELECT FROM trees_message made WHERE made.id = (task.result ->> 'message_id')::uuid
                    AND made.author_id = task.assignee_id AND made.parent_id IS NOT DISTINCT FROM task.message_id)
                END
        """,
        tells="task {0} ({1}) was handed in, and what it brought is not there",
    ),
    in_sql(
        "P12",
        "no review and no ballot is there that was not handed in",
        subjects="SELECT (SELECT count(*) FROM reviews_review) + (SELECT count(*) FROM rankings_ballot)",
        breaches="""
            SELECT 'review', made.id FROM reviews_review made
            WHERE NOT EXISTS (SELECT FROM tasks_task task WHERE task.message_id = made.message_id
                              AND task.status = 'done' AND task.result ->> 'review_id' = made.id::text)
            UNION ALL
            SELECT 'ballot', made.id FROM rankings_ballot made
            WHERE NOT EXISTS (SELECT FROM tasks_task task WHERE task.message_id = made.parent_id
                              AND task.status = 'done' AND task.result ->> 'ballot_id' = made.id::text)
        """,
        tells="{0} {1} belongs to no task that was handed in",
    ),
]

PROMISES = [*P2, *P3, *P6, *P7, *P12]
