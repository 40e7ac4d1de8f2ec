"""Checks that are asked of the database: what became of the messages of a release since it was made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from oa.datasets.models import Release
from oa.datasets.models.consent import HELD, held_params
from oa.datasets.rules.forms import Form
from oa.datasets.rules.releases import MOST_EXAMPLES, Check, Finding, ReleaseOrder
from oa.tasks.rules import Status
from oa.trees.rules import State

_MEMBERS = """
FROM datasets_releasemember r
JOIN trees_message m ON m.id = r.message_id
JOIN trees_tree t ON t.id = m.tree_id
LEFT JOIN accounts_user u ON u.id = m.author_id
WHERE r.release_id = %(release)s
"""
_HELD = f"SELECT m.id, {HELD} AS reason {_MEMBERS}"
# Whoever took everything, or their consent, back since then: what they said of these messages stands in the release.
_JUDGED = f"""
SELECT j.message_id, 'withdrawn' AS reason FROM (
    SELECT message_id, by_id AS person FROM reviews_review
    UNION ALL SELECT parent_id, by_id FROM rankings_ballot
    UNION ALL SELECT message_id, assignee_id FROM tasks_task WHERE status = '{Status.SKIPPED}'
    UNION ALL SELECT message_id, person_id FROM community_reaction
) j JOIN accounts_user u ON u.id = j.person
JOIN datasets_releasemember r ON r.message_id = j.message_id AND r.release_id = %(release)s
WHERE u.withdrew_at > %(taken)s OR u.terms_version IS NULL AND NOT u.imported AND EXISTS (
    SELECT FROM accounts_consent c WHERE c.person_id = u.id AND NOT c.given AND c.at > %(taken)s
)
"""  # noqa: S608 - all of it is ours
_GONE = f"""
SELECT m.id, CASE WHEN m.erased THEN 'erased' WHEN m.deleted THEN 'deleted' ELSE 'stopped' END AS reason {_MEMBERS}
AND (m.deleted OR m.erased OR t.state = ANY(%(stopped)s))
"""
_CHANGED = f"""
SELECT m.id, 'changed' AS reason {_MEMBERS}
AND EXISTS (SELECT FROM trees_messagerevision v WHERE v.message_id = m.id AND v.at > %(taken)s)
"""  # noqa: S608 - all of it is ours
_COUNTED = """
SELECT id, reason, count(*) OVER () FROM ({statement}) found WHERE reason <> '' ORDER BY id LIMIT {most}
"""


def asked_anew(release: Release, *, now: datetime) -> list[Finding]:
    """Three statements, by the rows as they are now."""
    order = ReleaseOrder.of(release.order)
    selected = order.selection.in_states
    held = f"{_HELD} UNION {_JUDGED}" if Form.JUDGEMENTS in order.forms else _HELD
    # A tree may go on from a state that was chosen; one that is stopped is chosen by name, or not at all.
    asked = (State.HALTED_BY_MODERATOR, State.ABORTED_LOW_GRADE)
    stopped = [str(state) for state in asked if selected and state not in selected]
    given: dict[str, Any] = {"release": release.pk, "stopped": stopped, "taken": release.taken_at}
    return [
        _found(Check.RELEASABLE, held, given | held_params(now)),
        _found(Check.ALIVE, _GONE, given),
        _found(Check.UNCHANGED, _CHANGED, given),
    ]


def _found(check: Check, statement: str, given: dict[str, Any]) -> Finding:
    finding = Finding(check)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(statement=statement, most=MOST_EXAMPLES), given)
        rows = cursor.fetchall()
    for pk, reason, _times in rows:
        finding.wrong(reason, times=0, message_id=pk)
    finding.found = rows[0][2] if rows else 0
    return finding
