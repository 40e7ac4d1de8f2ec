"""P11: nobody finds in a release what they had taken back, or never given, when it was made."""

from __future__ import annotations

from oa.core.promises import in_sql

_MEMBERS = "SELECT count(*) FROM datasets_releasemember"
# Messages of releases that the world has seen, with the moment each release is a picture of.
_PUBLIC = """
    SELECT release.name, message.id FROM datasets_releasemember member
    JOIN datasets_release release ON release.id = member.release_id AND release.state IN ('published', 'recalled')
    JOIN trees_message message ON message.id = member.message_id
    LEFT JOIN accounts_user author ON author.id = message.author_id
"""


def _where(condition: str) -> str:
    return f"{_PUBLIC} WHERE {condition}"


PROMISES = [
    in_sql(
        "P11",
        "nothing that its author had taken back is in a release made after that",
        subjects=_MEMBERS,
        breaches=_where("""
            EXISTS (
                SELECT FROM datasets_withdrawal taken
                WHERE (taken.message_id = message.id OR taken.message_id IS NULL AND taken.by_id = message.author_id)
                  AND taken.at <= release.taken_at
                  AND (taken.given_back_at IS NULL OR taken.given_back_at > release.taken_at)
            ) OR author.left_at <= release.taken_at AND author.withdrew_at <= release.taken_at
        """),
        tells="release {0} has message {1}, which its author had taken back",
    ),
    in_sql(
        "P11",
        "nothing by somebody who did not agree to the terms is in a release",
        subjects=_MEMBERS,
        breaches=_where("""
            NOT author.imported AND NOT (
                SELECT consent.given FROM accounts_consent consent
                WHERE consent.person_id = author.id AND consent.at <= release.taken_at
                ORDER BY consent.at DESC, consent.id DESC LIMIT 1
            )
        """),
        tells="release {0} has message {1}, whose author did not agree to the terms",
    ),
    in_sql(
        "P11",
        "nothing that was deleted is in a release made after that",
        subjects=_MEMBERS,
        breaches=_where("""
            message.deleted AND (
                SELECT decision.verb FROM moderation_decision decision
                WHERE decision.tree_id = message.tree_id AND decision.at <= release.taken_at
                  AND decision.details -> 'messages' ? message.id::text
                ORDER BY decision.id DESC LIMIT 1
            ) = 'delete'
        """),
        tells="release {0} has message {1}, which had been deleted",
    ),
]
