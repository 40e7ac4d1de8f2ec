"""What rankings promise: one voice, and that a reply counts the ballots it stood on."""

from __future__ import annotations

from oa.core.promises import in_sql

ALL_BALLOTS = "SELECT count(*) FROM rankings_ballot"

P2 = [
    in_sql(
        "P2",
        "one ballot per person and parent",
        subjects=ALL_BALLOTS,
        breaches="""
            SELECT by_id, parent_id, count(*) FROM rankings_ballot
            WHERE counts GROUP BY by_id, parent_id HAVING count(*) > 1
        """,
        tells="person {0} has {2} ballots on the replies to message {1} that count",
    ),
    in_sql(
        "P2",
        "nobody ranks a group that holds their own reply",
        subjects=ALL_BALLOTS,
        breaches="""
            SELECT ballot.id, reply.id FROM rankings_ballot ballot
            JOIN trees_message reply ON reply.parent_id = ballot.parent_id AND reply.author_id = ballot.by_id
            WHERE reply.id = ANY(ballot.shown)
        """,
        tells="ballot {0} ranks its own author's reply {1}",
    ),
    in_sql(
        "P2",
        "a ballot is about replies to its parent, two or more",
        subjects=ALL_BALLOTS,
        breaches="""
            SELECT ballot.id, ballot.parent_id FROM rankings_ballot ballot
            WHERE cardinality(ballot.shown) < 2
               OR EXISTS (SELECT FROM unnest(ballot.shown) AS shown(id)
                          LEFT JOIN trees_message reply ON reply.id = shown.id
                          WHERE reply.parent_id IS DISTINCT FROM ballot.parent_id)
        """,
        tells="ballot {0} is not about two or more replies to {1}",
    ),
]

P4 = [
    in_sql(
        "P4",
        "a reply counts the ballots it stood on",
        subjects="SELECT count(*) FROM trees_message",
        breaches="""
            SELECT message.id, message.ranking_count, coalesce(own.number, 0),
                   coalesce((message.baseline ->> 'rankings')::int, 0)
            FROM trees_message message
            LEFT JOIN (SELECT shown.id, count(*) AS number
                       FROM rankings_ballot ballot, unnest(ballot.shown) AS shown(id)
                       WHERE ballot.counts GROUP BY shown.id) own ON own.id = message.id
            WHERE message.ranking_count
                  <> coalesce(own.number, 0) + coalesce((message.baseline ->> 'rankings')::int, 0)
        """,
        tells="message {0} counts {1} ballots; it stood on {2} and brought {3}",
    ),
]

PROMISES = [*P2, *P4]
