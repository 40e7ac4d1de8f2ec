"""What reviews promise: one voice, and that what a message keeps of them is what they say."""

from __future__ import annotations

from oa.core.promises import in_sql

ALL_REVIEWS = "SELECT count(*) FROM reviews_review"
ALL_MESSAGES = "SELECT count(*) FROM trees_message"

P2 = [
    in_sql(
        "P2",
        "one review per person and message",
        subjects=ALL_REVIEWS,
        breaches="""
            SELECT by_id, message_id, count(*) FROM reviews_review
            WHERE counts GROUP BY by_id, message_id HAVING count(*) > 1
        """,
        tells="person {0} has {2} reviews of message {1} that count",
    ),
    in_sql(
        "P2",
        "nobody reviews their own message",
        subjects=ALL_REVIEWS,
        breaches="""
            SELECT review.id, review.message_id FROM reviews_review review
            JOIN trees_message message ON message.id = review.message_id
            WHERE message.author_id = review.by_id
        """,
        tells="review {0} of message {1} is by its author",
    ),
]

P4 = [
    in_sql(
        "P4",
        "a message counts its reviews",
        subjects=ALL_MESSAGES,
        breaches="""
            SELECT message.id, message.review_count, coalesce(own.number, 0),
                   coalesce((message.baseline ->> 'review_count')::int, 0)
            FROM trees_message message
            LEFT JOIN (SELECT message_id, count(*) AS number FROM reviews_review
                       WHERE counts GROUP BY message_id) own ON own.message_id = message.id
            WHERE message.review_count
                  <> coalesce(own.number, 0) + coalesce((message.baseline ->> 'review_count')::int, 0)
        """,
        tells="message {0} counts {1} reviews; it has {2} and brought {3}",
    ),
    in_sql(
        "P4",
        "a message keeps the sums of its labels",
        subjects=ALL_MESSAGES,
        # Each label of each message once, whatever it is kept as and however it was given.
        breaches="""
            SELECT message_id, label, '[' || sum(kept_sum) || ', ' || sum(kept_number) || ']',
                   '[' || sum(given_sum) || ', ' || count(given_sum) || ']'
            FROM (
                SELECT message.id AS message_id, kept.label, (kept.pair ->> 0)::float8 AS kept_sum,
                       (kept.pair ->> 1)::int AS kept_number, NULL::float8 AS given_sum
                FROM trees_message message, jsonb_each(message.label_sums) AS kept(label, pair)
                UNION ALL
                SELECT review.message_id, answer.label, NULL, NULL, answer.value::float8
                FROM reviews_review review, jsonb_each_text(review.labels) AS answer(label, value)
                WHERE review.counts
            ) answers
            GROUP BY message_id, label
            HAVING count(given_sum) = 0 OR sum(kept_number) IS DISTINCT FROM count(given_sum)
                OR abs(sum(kept_sum) - sum(given_sum)) > 1e-6
        """,
        tells="message {0} keeps {2} of the label {1}; its reviews come to {3}",
    ),
]

PROMISES = [*P2, *P4]
