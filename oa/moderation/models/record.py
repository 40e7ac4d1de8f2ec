"""What became of somebody's work, read from everybody's tables. What counts as gone wrong: `rules/record.py`.

Left out are people who came with an imported data set, and work whose outcome can't be told yet. Work counts in the
period in which it was done, whenever it was judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from oa.moderation.rules import Record, Wrong
from oa.tasks.rules import LABELS, RANKINGS
from oa.trees.rules import Policy

# For so long everybody's figures are kept.
KEPT_SECONDS = 600
USUAL = "moderation.usual_seconds"
LATELY = timedelta(days=30)
# Of one person's judgements the latest so many are timed.
TIMED = 200
JUDGING = LABELS | RANKINGS
JUDGEMENTS = "judgements"

# A decision against a message stands unless it was undone, or the message restored later. What its author took along
# when they left is nobody's doing. A message deleted along with the one above it has no decision of its own.
# A prompt is flagged when that is why its tree stands where it stands.
_MESSAGES = """
SELECT message.author_id AS person_id, CASE
    WHEN against.spam THEN 'spam'
    WHEN against.deleted AND message.deleted THEN 'deleted'
    WHEN against.deleted_by_rule AND message.deleted AND NOT author.erases_texts THEN 'red_flags'
    WHEN message.depth = 0 AND tree.state = 'aborted_low_grade' AND 'red_flags' = (
        SELECT event.why FROM trees_treeevent event WHERE event.tree_id = tree.id ORDER BY event.id DESC LIMIT 1)
        THEN 'red_flags'
    WHEN against.reported THEN 'reports'
    WHEN NOT message.review_result THEN 'rejected'
    WHEN message.review_result AND copied.is_so THEN 'duplicates'
    WHEN message.review_result THEN '' END AS wrong
FROM trees_message message
JOIN accounts_user author ON author.id = message.author_id AND NOT author.imported
JOIN trees_tree tree ON tree.id = message.tree_id
LEFT JOIN LATERAL (
    SELECT bool_or(decision.verb = 'spam') AS spam,
           bool_or(decision.verb IN ('delete', 'purge') AND decision.by_id IS NOT NULL) AS deleted,
           bool_or(decision.verb = 'delete' AND decision.by_id IS NULL) AS deleted_by_rule,
           bool_or(decision.verb IN ('edit', 'move', 'halt', 'warn', 'mute', 'ban') AND EXISTS (
               SELECT FROM moderation_report report
               WHERE report.message_id = message.id AND report.handled_at = decision.at)) AS reported
    FROM moderation_decision decision
    WHERE decision.message_id = message.id
      AND NOT EXISTS (SELECT FROM moderation_decision undoing WHERE undoing.undoes_id = decision.id)
      AND NOT EXISTS (SELECT FROM moderation_decision back
                      WHERE back.message_id = message.id AND back.verb = 'restore' AND back.at > decision.at)
) against ON true
LEFT JOIN LATERAL (
    SELECT true AS is_so FROM screening_opinion opinion
    JOIN trees_message twin ON twin.id = opinion.twin_id
    WHERE opinion.message_id = message.id AND opinion.version = message.version
      AND twin.author_id IS DISTINCT FROM message.author_id
) copied ON true
WHERE {messages}
"""

# A review alone, as `oa.reviews.rules.leaning` reads it.
_REVIEWS = """
SELECT review.by_id AS person_id, CASE WHEN (
    1 - coalesce((review.labels ->> 'spam')::float, 0) - coalesce((review.labels ->> 'lang_mismatch')::float, 0)
    > coalesce((policy.values ->> CASE WHEN message.depth = 0 THEN 'acceptance_threshold_initial_prompt'
                                       ELSE 'acceptance_threshold_reply' END)::float,
               CASE WHEN message.depth = 0 THEN %(prompt_threshold)s ELSE %(reply_threshold)s END)
    ) = message.review_result THEN '' ELSE 'decided_otherwise' END AS wrong
FROM reviews_review review
JOIN accounts_user judge ON judge.id = review.by_id AND NOT judge.imported
JOIN trees_message message ON message.id = review.message_id AND message.review_result IS NOT NULL
JOIN trees_tree tree ON tree.id = message.tree_id
JOIN trees_policyversion policy ON policy.id = tree.policy_id
WHERE review.counts AND {reviews}
"""

# A ballot against the consensus, as `oa.community.rules.is_near` reads them: of the pairs that both decide, how many
# alike. What decides no pair can't be judged, unless one of the two says that all are wrong.
# What is compared is found first, whole: the planner can't tell what the comparing costs, and would join through it.
_COMPARED = """
to_compare AS MATERIALIZED (
    SELECT ballot.by_id AS person_id, ballot.tiers AS mine, ballot.unacceptable, ranking.tiers AS theirs,
           coalesce((policy.values ->> 'ranking_agreement')::float, %(ranking_agreement)s) AS agreement,
           ballot.not_rankable AS hopeless, 2 * ranking.not_rankable > ranking.ballots AS hopeless_to_all
    FROM rankings_ballot ballot
    JOIN accounts_user judge ON judge.id = ballot.by_id AND NOT judge.imported
    JOIN rankings_groupranking ranking ON ranking.parent_id = ballot.parent_id
    JOIN trees_message parent ON parent.id = ballot.parent_id
    JOIN trees_tree tree ON tree.id = parent.tree_id
    JOIN trees_policyversion policy ON policy.id = tree.policy_id
    WHERE ballot.counts AND {ballots}
), compared AS MATERIALIZED (
    SELECT to_compare.person_id, to_compare.agreement, to_compare.hopeless, to_compare.hopeless_to_all, pairs.*
    FROM to_compare CROSS JOIN LATERAL (
        WITH both_said AS MATERIALIZED (
            SELECT id, said.place AS mine, came.place AS theirs
            FROM (
                SELECT reply.id, tier.place
                FROM jsonb_array_elements(to_compare.mine) WITH ORDINALITY tier(ids, place),
                     jsonb_array_elements_text(tier.ids) reply(id)
                UNION ALL
                SELECT reply.id::text, 1000000 FROM unnest(to_compare.unacceptable) reply(id)
            ) said JOIN (
                SELECT reply.id, tier.place
                FROM jsonb_array_elements(to_compare.theirs) WITH ORDINALITY tier(ids, place),
                     jsonb_array_elements_text(tier.ids) reply(id)
            ) came USING (id)
        )
        SELECT count(*) FILTER (WHERE sign > 0) AS same, count(*) FILTER (WHERE sign <> 0) AS told
        FROM (
            SELECT sign((one.mine - other.mine) * (one.theirs - other.theirs)) AS sign
            FROM both_said one JOIN both_said other ON one.id < other.id
        ) pair
    ) pairs
)
"""

_BALLOTS = """
SELECT person_id, CASE WHEN hopeless AND hopeless_to_all THEN ''
    WHEN hopeless OR hopeless_to_all OR same < agreement * told THEN 'ranked_otherwise' ELSE '' END
FROM compared WHERE hopeless OR hopeless_to_all OR told > 0
"""

_COUNT = """
SELECT person_id, wrong, count(*) AS number FROM piece
WHERE wrong IS NOT NULL GROUP BY person_id, wrong
"""

_JUDGED_ALIKE = """
SELECT (SELECT count(*) FROM review WHERE wrong = ''), (SELECT count(*) FROM review), count(*), avg(same::float / told)
FROM compared WHERE told > 0
"""


def _defaults() -> dict[str, object]:
    usual = Policy()
    return {
        "prompt_threshold": usual.acceptance_threshold_initial_prompt,
        "reply_threshold": usual.acceptance_threshold_reply,
        "ranking_agreement": usual.ranking_agreement,
    }


def _pieces(people: Sequence[UUID] | None, since: datetime | None) -> tuple[str, dict[str, object]]:
    """The pieces of work as two CTEs, and what fills them in. A condition that is not asked for is not in the text:
    with and without it the database goes about it in different ways."""
    columns = {
        "messages": ("message.author_id", "message.created_date"),
        "reviews": ("review.by_id", "review.created_at"),
        "ballots": ("ballot.by_id", "ballot.created_at"),
    }
    limits = {
        name: ("true" if people is None else f"{person} = ANY(%(people)s)")
        + ("" if since is None else f" AND {at} >= %(since)s")
        for name, (person, at) in columns.items()
    }
    pieces = " UNION ALL ".join((_MESSAGES, _REVIEWS, _BALLOTS))
    text = f"WITH {_COMPARED}, piece AS ({pieces})".format(**limits)
    return text, {**_defaults(), "people": list(people or ()), "since": since}


def _ask(text: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def records(*, people: Sequence[UUID] | None = None, since: datetime | None = None) -> list[Record]:
    """What became of the work of these people, or of everybody, done since then: whoever has pieces; one statement."""
    pieces, given = _pieces(people, since)
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for person_id, wrong, number in _ask(pieces + _COUNT, given):
        found[person_id][wrong] = number
    return [
        Record(person_id, sum(numbers.values()), {reason: numbers[reason] for reason in Wrong if reason in numbers})
        for person_id, numbers in found.items()
    ]


def judged_alike(person_id: UUID) -> tuple[int, int, int, float | None]:
    """How many of somebody's reviews said what was decided, of how many decided; of how many rankings there is an order
    to compare, and the mean share of the pairs in them that they ordered as the result does."""
    limits = {"reviews": "review.by_id = %(person)s", "ballots": "ballot.by_id = %(person)s"}
    text = f"WITH {_COMPARED}, review AS ({_REVIEWS})".format(**limits) + _JUDGED_ALIKE
    agreed, reviews, rankings, mean = _ask(text, {**_defaults(), "person": person_id})[0]
    return agreed, reviews, rankings, mean


# --- with what else makes somebody suspicious -------------------------------------------------------------------------

_HABITS = """
SELECT person.id, wrote.prompts, wrote.copies, judged.number, judged.median
FROM unnest(%(people)s::uuid[]) person(id)
CROSS JOIN LATERAL (
    SELECT count(*) AS prompts, count(twin.id) AS copies
    FROM trees_message message
    JOIN screening_opinion opinion ON opinion.message_id = message.id AND opinion.version = message.version
    LEFT JOIN trees_message twin ON twin.id = opinion.twin_id AND twin.author_id IS DISTINCT FROM message.author_id
    WHERE message.author_id = person.id AND message.depth = 0 AND opinion.digest <> ''
) wrote
CROSS JOIN LATERAL (
    SELECT count(*) AS number, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median
    FROM (
        SELECT extract(epoch FROM task.closed_at - task.leased_at) AS seconds
        FROM tasks_task task
        WHERE task.assignee_id = person.id AND task.status = 'done' AND task.kind = ANY(%(judging)s)
        ORDER BY task.closed_at DESC, task.id DESC LIMIT %(timed)s
    ) latest
) judged
"""

_USUAL = """
WITH done AS MATERIALIZED (
    SELECT kind, extract(epoch FROM closed_at - leased_at) AS seconds
    FROM tasks_task WHERE status = 'done' AND closed_at >= %(since)s
)
SELECT kind, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM done GROUP BY kind
UNION ALL
SELECT 'judgements', percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM done WHERE kind = ANY(%(judging)s)
"""


def records_of(people: Sequence[UUID]) -> list[Record]:
    """What became of all work of these people, with how they write and judge. Two statements, and a third one every ten
    minutes."""
    counted = {record.person_id: record for record in records(people=people)}
    rows = _ask(_HABITS, {"people": list(people), "judging": sorted(JUDGING), "timed": TIMED})
    usual = usual_seconds().get(JUDGEMENTS)
    return [
        replace(
            counted.get(person_id, Record(person_id)),
            prompts=prompts, copies=copies, judgements=judgements, median_seconds=median, usual_seconds=usual,
        )
        for person_id, prompts, copies, judgements, median in rows
    ]  # fmt: skip


def record_of(person_id: UUID) -> Record:
    """What became of somebody's work. Nobody's work is an empty record."""
    return records_of([person_id])[0]


def usual_seconds() -> dict[str, float]:
    """How long everybody has a task in their hands: the median of the last 30 days by kind, and of all judgements
    together under `JUDGEMENTS`. Kept for ten minutes."""
    kept: dict[str, float] | None = cache.get(USUAL)
    if kept is None:
        kept = _median_seconds(since=timezone.now() - LATELY)
        cache.set(USUAL, kept, KEPT_SECONDS)
    return kept


def _median_seconds(*, since: datetime) -> dict[str, float]:
    rows = _ask(_USUAL, {"since": since, "judging": sorted(JUDGING)})
    return {kind: seconds for kind, seconds in rows if seconds is not None}
