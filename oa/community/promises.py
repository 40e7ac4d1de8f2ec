"""What the community promises: the sums beside the ledger are those of its lines, and every reaction is counted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, cast
from uuid import UUID

from django.db.models import Sum

from oa.community.models import Entry
from oa.community.rules import Account, Booked, Facts, Key, Order, Piece, Reason, Result, difference, owed, worth
from oa.community.rules.points import RANKED
from oa.core.promises import Check, Tally, in_sql, stream
from oa.rankings.models import Ballot, GroupRanking
from oa.reviews.rules import Mode
from oa.trees.models import Message, PolicyVersion, Tree

TREES_AT_ONCE = 500

P4 = [
    in_sql(
        "P4",
        "a message counts the reactions it brought, those given here, and the skips of its tasks",
        subjects="SELECT count(*) FROM trees_message",
        breaches="""
            SELECT message_id, code, sum(kept), sum(had) FROM (
                SELECT message.id AS message_id, key AS code, value::int AS kept, 0 AS had
                FROM trees_message message, jsonb_each_text(message.emojis)
                UNION ALL
                SELECT message.id, key, 0, value::int
                FROM trees_message message, jsonb_each_text(message.baseline -> 'emojis')
                UNION ALL
                SELECT reaction.message_id, reaction.emoji, 0, 1 FROM community_reaction reaction
                UNION ALL
                SELECT task.message_id,
                       CASE WHEN task.kind LIKE 'label_%' THEN '_skip_labeling'
                            WHEN task.kind LIKE 'rank_%' THEN '_skip_ranking'
                            ELSE '_skip_reply' END, 0, 1
                FROM tasks_task task WHERE task.status = 'skipped' AND task.message_id IS NOT NULL
            ) counted
            GROUP BY message_id, code HAVING sum(kept) <> sum(had)
        """,
        tells="message {0} counts {2} of {1} and should count {3}",
    ),
]

ALL_LINES = "SELECT count(*) FROM community_entry"

# The first day of each period, as `rules.start_of` has it: calendar days in UTC, weeks from Monday, months, ever. Days
# are summed up first, so that the many lines of a day are put into eight sums only once.
_LEDGER = """
    SELECT of_day.person_id, board.lang, span.period, span.starts, sum(of_day.points) AS points
    FROM (SELECT person_id, lang, (at AT TIME ZONE 'UTC')::date AS day, sum(points) AS points
          FROM community_entry GROUP BY 1, 2, 3) of_day
    CROSS JOIN LATERAL (VALUES (of_day.lang), ('')) AS board(lang)
    CROSS JOIN LATERAL (VALUES
        ('day', day), ('week', date_trunc('week', day::timestamp)::date),
        ('month', date_trunc('month', day::timestamp)::date), ('all', date '1970-01-01')) AS span(period, starts)
    GROUP BY of_day.person_id, board.lang, span.period, span.starts
"""

P10 = [
    in_sql(
        "P10",
        "what somebody has in a day, a week, a month and in all is the sum of their ledger",
        subjects="SELECT count(*) FROM community_total",
        breaches=f"""
            SELECT person_id, coalesce(nullif(lang, ''), 'all languages'), period, starts,
                   coalesce(kept.points, 0), coalesce(ledger.points, 0)
            FROM community_total kept
            FULL JOIN ({_LEDGER}) ledger USING (person_id, lang, period, starts)
            WHERE coalesce(kept.points, 0) <> coalesce(ledger.points, 0)
        """,  # noqa: S608 - a constant
        tells="person {0} has {4} points ({2} from {3}, {1}), and their ledger says {5}",
    ),
    in_sql(
        "P10",
        "how often somebody got points for something is what their ledger says",
        subjects="SELECT count(*) FROM community_tally",
        breaches="""
            SELECT person_id, reason, lang, coalesce(kept.times, 0), coalesce(ledger.times, 0)
            FROM community_tally kept
            FULL JOIN (SELECT person_id, reason, lang, sum(times) AS times FROM community_entry
                       GROUP BY person_id, reason, lang) ledger USING (person_id, reason, lang)
            WHERE coalesce(kept.times, 0) <> coalesce(ledger.times, 0)
        """,
        tells="person {0} is said to have {3} of {1} in {2}, and their ledger says {4}",
    ),
    in_sql(
        "P10",
        "nobody is paid twice for one thing, nor less than nothing",
        subjects=ALL_LINES,
        breaches="""
            SELECT person_id, reason, subject, sum(times), sum(points) FROM community_entry
            GROUP BY person_id, reason, subject
            HAVING sum(times) NOT IN (0, 1) OR sum(points) < 0 OR (sum(points) > 0) <> (sum(times) = 1)
        """,
        tells="person {0} has {4} points for {1} by {2}, booked {3} times",
    ),
    in_sql(
        "P10",
        "nobody has points for what came with an import",
        subjects=ALL_LINES,
        breaches="""
            SELECT entry.id, entry.person_id FROM community_entry entry
            JOIN trees_tree tree ON tree.id = entry.tree_id
            JOIN accounts_user person ON person.id = entry.person_id
            WHERE tree.archived OR person.imported
        """,
        tells="line {0} gives person {1} points for what was imported",
    ),
    in_sql(
        "P10",
        "boards show who wants to be shown and is not shut out, and nobody else",
        subjects="SELECT count(*) FROM community_total",
        breaches="""
            SELECT DISTINCT total.person_id, total.shown FROM community_total total
            JOIN accounts_user person ON person.id = total.person_id
            JOIN community_member member ON member.person_id = total.person_id
            WHERE total.shown <> (person.is_active AND member.show_on_boards)
        """,
        tells="person {0} is shown on boards ({1}) and should be otherwise",
    ),
]

# --- what was booked for a tree is what it owes -----------------------------------------------------------------------

# Of which trees the ledger has heard everything.
_HEARD_OF = """
    SELECT tree.id, tree.archived, tree.policy_id FROM trees_tree tree
    WHERE NOT tree.unbooked AND NOT EXISTS (
        SELECT FROM tasks_task task
        WHERE task.status = 'done' AND NOT task.booked
          AND COALESCE(task.tree_id, (task.result ->> 'message_id')::uuid) = tree.id)
"""
# What came with an import, or was made without tasks, owes nothing as long as nothing was booked for it.
_AT_WORK = """
    EXISTS (SELECT FROM community_entry entry WHERE entry.tree_id = {0})
    OR EXISTS (SELECT FROM tasks_task task WHERE task.tree_id = {0} AND task.status = 'done')
"""
# Every message, review and ballot with what it is owed for, against every line of the ledger: what is owed counts
# upwards, what is booked downwards. Left out on both sides is what is being judged again (`rules.points`, `_pending`).
_OF_WORK = f"""
    WITH heard AS MATERIALIZED ({_HEARD_OF}),
    worth AS MATERIALIZED (
        SELECT * FROM unnest(%(policies)s::bigint[], %(reasons)s::text[], %(points)s::numeric[])
                      AS worth(policy_id, reason, points)),
    bar AS MATERIALIZED (
        SELECT * FROM unnest(%(barred)s::bigint[], %(prompts)s::float8[], %(replies)s::float8[])
                      AS bar(policy_id, of_prompt, of_reply)),
    message AS (
        SELECT message.id, message.tree_id, message.depth, message.author_id, message.deleted, message.review_result,
               heard.policy_id, NOT (author.imported OR message.synthetic) AS ours,
               CASE WHEN message.depth = 0 THEN 'prompt' ELSE message.role || '_reply' END AS reason
        FROM heard JOIN trees_message message ON message.tree_id = heard.id
        LEFT JOIN accounts_user author ON author.id = message.author_id
        WHERE NOT heard.archived
    ),
    owed AS (
        SELECT tree_id, author_id AS person_id, reason, id AS subject, policy_id FROM message
        WHERE ours AND NOT deleted
        UNION ALL
        SELECT tree_id, author_id, reason || '_accepted', id, policy_id FROM message
        WHERE ours AND NOT deleted AND review_result
        UNION ALL
        SELECT message.tree_id, review.by_id, form.reason, review.id, message.policy_id
        FROM message JOIN reviews_review review ON review.message_id = message.id
        JOIN accounts_user reviewer ON reviewer.id = review.by_id AND NOT reviewer.imported
        JOIN bar ON bar.policy_id = message.policy_id
        CROSS JOIN LATERAL (
            SELECT CASE review.mode WHEN %(full)s THEN 'full_review' ELSE 'short_review' END AS reason
            UNION ALL
            SELECT 'review_agreed' WHERE review.counts AND message.review_result = (
                1 - (coalesce((review.labels ->> 'spam')::float8, 0)
                     + coalesce((review.labels ->> 'lang_mismatch')::float8, 0))
                > CASE WHEN message.depth = 0 THEN bar.of_prompt ELSE bar.of_reply END)
        ) form
        UNION ALL
        SELECT message.tree_id, ballot.by_id, 'ranking', ballot.id, message.policy_id
        FROM message JOIN rankings_ballot ballot ON ballot.parent_id = message.id
        JOIN accounts_user ranker ON ranker.id = ballot.by_id AND NOT ranker.imported
    ),
    wrong AS (
        SELECT tree_id, person_id, reason, subject, sum(points) AS points FROM (
            SELECT tree_id, person_id, reason, subject, points FROM owed JOIN worth USING (policy_id, reason)
            UNION ALL
            SELECT tree_id, person_id, reason, subject, -points FROM community_entry
            WHERE reason <> ALL (%(consensus)s) AND tree_id IN (SELECT id FROM heard)
        ) lines
        GROUP BY tree_id, person_id, reason, subject HAVING sum(points) <> 0
    )
    SELECT tree_id, person_id, points, reason FROM wrong
    WHERE ({_AT_WORK.format("wrong.tree_id")})
      AND NOT (reason LIKE '%%_accepted' AND EXISTS (
          SELECT FROM trees_message message
          WHERE message.id = wrong.subject AND NOT message.deleted AND message.review_result IS NULL))
      AND NOT (reason = 'review_agreed' AND EXISTS (
          SELECT FROM reviews_review review WHERE review.id = wrong.subject AND NOT review.counts))
"""  # noqa: S608 - a constant

# Reasons that follow from the consensus of a group, which only the rules know.
_CONSENSUS = (Reason.RANKING_AGREED, *RANKED)
# Groups that were ranked, and lines that say that one was.
_RANKED_TREES = f"""
    SELECT heard.id FROM ({_HEARD_OF}) heard
    WHERE ({_AT_WORK.format("heard.id")})
      AND (EXISTS (SELECT FROM rankings_groupranking ranking JOIN trees_message parent ON parent.id = ranking.parent_id
                   WHERE parent.tree_id = heard.id)
           OR EXISTS (SELECT FROM community_entry entry
                      WHERE entry.tree_id = heard.id AND entry.reason = ANY (%(consensus)s)))
"""  # noqa: S608 - a constant


def _paid_for_work(tally: Tally) -> Iterator[str]:
    tally.checked += Entry.objects.exclude(reason__in=_CONSENSUS).count()
    policies = {version.pk: version.policy for version in PolicyVersion.objects.all()}
    prices = [(pk, reason, worth(reason, policy)) for pk, policy in policies.items() for reason in Reason]
    given = {
        "policies": [pk for pk, _reason, _points in prices],
        "reasons": [reason.value for _pk, reason, _points in prices],
        "points": [points for _pk, _reason, points in prices],
        "barred": list(policies),
        "prompts": [policy.acceptance_threshold_initial_prompt for policy in policies.values()],
        "replies": [policy.acceptance_threshold_reply for policy in policies.values()],
        "full": Mode.FULL.value,
        "consensus": [reason.value for reason in _CONSENSUS],
    }
    for tree, person, points, reason in stream(_OF_WORK, given):
        yield f"tree {tree} owes person {person} {points} points more for {reason}"


def _paid_for_ranks(tally: Tally) -> Iterator[str]:
    """What every tree with ranks owes for them, worked out anew, against what was booked; 500 trees at a time."""
    policies = PolicyVersion.objects.in_bulk()
    rows = (cast(UUID, row[0]) for row in stream(_RANKED_TREES, {"consensus": [reason.value for reason in _CONSENSUS]}))
    while ids := list(islice(rows, TREES_AT_ONCE)):
        tally.checked += len(ids)
        facts, booked = _facts_of_ranks(ids), _booked_for_ranks(ids)
        for tree_id, policy_id in Tree.objects.filter(pk__in=ids).values_list("id", "policy_id"):
            account = owed(facts[tree_id], policies[policy_id].policy)
            of_ranks = {key: due for key, due in account.due.items() if key.reason in _CONSENSUS}
            for change in difference(Account(of_ranks, account.pending), booked[tree_id]):
                key = change.key
                yield f"tree {tree_id} owes person {key.person_id} {change.points} points more for {key.reason}"


def _facts_of_ranks(ids: list[UUID]) -> dict[UUID, Facts]:
    """Of each of these trees all that decides about points for ranks: no reviews. An archived one owes nothing."""
    pieces: dict[UUID, list[Piece]] = {pk: [] for pk in ids}
    ballots: dict[UUID, list[Order]] = {pk: [] for pk in ids}
    results: dict[UUID, dict[UUID, Result]] = {pk: {} for pk in ids}
    messages = Message.objects.filter(tree__in=ids, tree__archived=False).values_list(
        "tree_id", "synthetic", "author__imported",
        "id", "parent_id", "author_id", "depth", "lang", "version", "deleted", "review_result", "rank",
    )  # fmt: skip
    tree_of: dict[UUID, UUID] = {}
    rest: list[Any]
    for tree_id, synthetic, imported, pk, parent_id, author_id, *rest in messages:
        tree_of[pk] = tree_id
        earns = None if synthetic or imported else author_id
        pieces[tree_id].append(Piece(pk, parent_id, earns, *rest))
    for ballot in Ballot.objects.filter(parent__in=tree_of, by__imported=False):
        order = Order(ballot.pk, ballot.parent_id, ballot.by_id, ballot.vote(), ballot.counts, ballot.created_at)
        ballots[tree_of[ballot.parent_id]].append(order)
    for group in GroupRanking.objects.filter(parent__in=tree_of):
        result = Result(group.order(), group.ballots, group.not_rankable)
        results[tree_of[group.parent_id]][group.parent_id] = result
    return {pk: Facts(pieces[pk], (), ballots[pk], results[pk]) for pk in ids}


def _booked_for_ranks(ids: list[UUID]) -> dict[UUID, dict[Key, Booked]]:
    found: dict[UUID, dict[Key, Booked]] = {pk: {} for pk in ids}
    lines = Entry.objects.filter(tree__in=ids, reason__in=_CONSENSUS).order_by()
    columns = ("tree_id", "person_id", "reason", "subject", "message_id", "lang")
    for tree_id, person_id, reason, subject, message_id, lang, points in lines.values_list(*columns).annotate(
        Sum("points")
    ):
        found[tree_id][Key(person_id, Reason(reason), subject)] = Booked(points, message_id, lang)
    return found


P10 += [
    Check("P10", "what was booked for writing, reviewing and ranking is what is owed for it", _paid_for_work),
    Check("P10", "what was booked for the ranks of a tree is what it owes for them", _paid_for_ranks, long=True),
]

PROMISES = [*P4, *P10]
