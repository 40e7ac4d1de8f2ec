"""What the community promises: the sums beside the ledger are those of its lines, and every reaction is counted."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from oa.community.actions.reading import facts_of
from oa.community.models import Entry
from oa.community.rules import difference, owed
from oa.core.promises import Check, Tally, in_sql, stream
from oa.trees.models import PolicyVersion, Tree

TREES_AT_ONCE = 500

P4 = [
    in_sql(
        "P4",
        "a message counts the reactions it brought, those given here, and the skips of its tasks",
        subjects="SELECT count(*) FROM trees_message",
        breaches="""
            SELECT message.id, code, wrong.kept, wrong.number
            FROM trees_message message
            CROSS JOIN LATERAL (
                SELECT code, coalesce(kept.number, 0) AS kept, coalesce(had.number, 0) AS number
                FROM (SELECT key, value::int
                      FROM jsonb_each_text(coalesce(message.emojis, '{}'))) AS kept(code, number)
                FULL JOIN (
                    SELECT code, sum(number) AS number FROM (
                        SELECT key AS code, value::int AS number
                        FROM jsonb_each_text(coalesce(message.baseline -> 'emojis', '{}'))
                        UNION ALL
                        SELECT reaction.emoji, 1
                        FROM community_reaction reaction WHERE reaction.message_id = message.id
                        UNION ALL
                        SELECT CASE WHEN task.kind LIKE 'label_%' THEN '_skip_labeling'
                                    WHEN task.kind LIKE 'rank_%' THEN '_skip_ranking'
                                    ELSE '_skip_reply' END, 1
                        FROM tasks_task task WHERE task.message_id = message.id AND task.status = 'skipped'
                    ) given GROUP BY code
                ) had USING (code)
                WHERE coalesce(kept.number, 0) <> coalesce(had.number, 0)
            ) wrong
        """,
        tells="message {0} counts {2} of {1} and should count {3}",
    ),
]

ALL_LINES = "SELECT count(*) FROM community_entry"

# The first day of each period, as `rules.start_of` has it: calendar days in UTC, weeks from Monday, months, ever.
_LEDGER = """
    SELECT entry.person_id, board.lang, span.period, span.starts, sum(entry.points) AS points
    FROM community_entry entry
    CROSS JOIN LATERAL (SELECT (entry.at AT TIME ZONE 'UTC') AS at) utc
    CROSS JOIN LATERAL (VALUES (entry.lang), ('')) AS board(lang)
    CROSS JOIN LATERAL (VALUES
        ('day', utc.at::date), ('week', date_trunc('week', utc.at)::date),
        ('month', date_trunc('month', utc.at)::date), ('all', date '1970-01-01')) AS span(period, starts)
    GROUP BY entry.person_id, board.lang, span.period, span.starts
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

# Trees that have anything to do with the ledger and of which it has heard everything.
_BOOKED_TREES = """
    SELECT tree.id FROM trees_tree tree
    WHERE NOT tree.unbooked AND (
        EXISTS (SELECT FROM community_entry entry WHERE entry.tree_id = tree.id)
        OR EXISTS (SELECT FROM tasks_task task WHERE task.tree_id = tree.id AND task.status = 'done'))
      AND NOT EXISTS (
        SELECT FROM tasks_task task
        WHERE task.status = 'done' AND NOT task.booked
          AND COALESCE(task.tree_id, (task.result ->> 'message_id')::uuid) = tree.id)
    ORDER BY tree.id
"""


def _paid(tally: Tally) -> Iterator[str]:
    """What every tree owes, worked out anew, against what was booked for it; 500 trees at a time."""
    policies = PolicyVersion.objects.in_bulk()
    batch: list[UUID] = []
    for row in stream(_BOOKED_TREES):
        tally.checked += 1
        batch.append(row[0])  # type: ignore[arg-type]  # an id
        if len(batch) == TREES_AT_ONCE:
            yield from _unpaid(batch, policies)
            batch = []
    yield from _unpaid(batch, policies)


def _unpaid(ids: list[UUID], policies: dict[int, PolicyVersion]) -> Iterator[str]:
    trees = list(Tree.objects.filter(pk__in=ids))
    facts, booked = facts_of(trees), Entry.objects.booked(ids)
    for tree in trees:
        account = owed(facts[tree.pk], policies[tree.policy_id].policy)
        for change in difference(account, booked[tree.pk]):
            key = change.key
            yield f"tree {tree.pk} owes person {key.person_id} {change.points} points more for {key.reason}"


P10.append(Check("P10", "what was booked for a tree is what it owes", _paid))

PROMISES = [*P4, *P10]
