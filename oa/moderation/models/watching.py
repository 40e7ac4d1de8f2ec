"""Of whom something was decided or done lately, so that their record may have changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

# Each part begins with an index by time. A verdict falls when a review is handed in and a consensus when a ballot is,
# so whoever else judged the same, or wrote it, is looked at again with whoever handed that in.
_CONCERNED = """
WITH reviewed AS MATERIALIZED (
    SELECT DISTINCT message_id AS id FROM reviews_review WHERE created_at >= %(since)s
), ranked AS MATERIALIZED (
    SELECT DISTINCT parent_id AS id FROM rankings_ballot WHERE created_at >= %(since)s
), decided AS MATERIALIZED (
    SELECT message_id, person_id FROM moderation_decision WHERE at >= %(since)s
), found AS (
    SELECT author_id AS id FROM trees_message WHERE created_date >= %(since)s
    UNION SELECT message.author_id FROM reviewed JOIN trees_message message USING (id)
    UNION SELECT review.by_id FROM reviewed JOIN reviews_review review ON review.message_id = reviewed.id
    UNION SELECT ballot.by_id FROM ranked JOIN rankings_ballot ballot ON ballot.parent_id = ranked.id
    UNION SELECT message.author_id FROM decided JOIN trees_message message ON message.id = decided.message_id
    UNION SELECT person_id FROM decided
)
SELECT person.id FROM found JOIN accounts_user person USING (id)
WHERE person.is_active AND NOT person.imported
ORDER BY person.id
"""


def concerned_since(since: datetime) -> list[UUID]:
    """Enabled people whose record may have changed since then."""
    with connection.cursor() as cursor:
        cursor.execute(_CONCERNED, {"since": since})
        return [pk for (pk,) in cursor.fetchall()]
