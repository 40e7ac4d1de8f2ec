"""The figures of a site, under the names of the published ones."""

from __future__ import annotations

from django.db import connection

_FIGURES = """
WITH state AS (SELECT state, count(*) AS number FROM trees_tree GROUP BY state),
     message AS (
         SELECT count(*) AS number,
                count(*) FILTER (WHERE message.depth %% 2 = 0) AS prompter,
                count(*) FILTER (WHERE message.review_result) AS accepted,
                count(*) FILTER (WHERE tree.state = 'ready_for_export') AS ready,
                count(*) FILTER (WHERE tree.state = 'ready_for_export' AND message.review_result) AS ready_accepted
         FROM trees_message message JOIN trees_tree tree ON tree.id = message.tree_id),
     trees AS (SELECT sum(number) AS number FROM state)
SELECT 'trees', trees.number::float FROM trees
UNION ALL SELECT 'messages', number FROM message
UNION ALL SELECT 'messages_per_tree', message.number / nullif(trees.number, 0) FROM message, trees
UNION ALL SELECT 'prompter_share', prompter::float / nullif(number, 0) FROM message
UNION ALL SELECT 'accepted_share', accepted::float / nullif(number, 0) FROM message
UNION ALL SELECT 'accepted_share_ready', ready_accepted::float / nullif(ready, 0) FROM message
UNION ALL SELECT 'messages_per_ready_tree', ready::float / nullif(number, 0)
          FROM (SELECT ready FROM message) ready, state WHERE state = 'ready_for_export'
UNION ALL SELECT 'state_' || state, state.number / trees.number FROM state, trees
UNION ALL SELECT 'depth_' || depth, count(*) / sum(count(*)) OVER ()
          FROM trees_message WHERE depth > 0 GROUP BY depth
UNION ALL SELECT 'lang_' || lang, count(*) / sum(count(*)) OVER () FROM trees_message GROUP BY lang
UNION ALL SELECT 'quality_ratings_per_message', count(*)::float / nullif(message.number, 0)
          FROM reviews_review review, message WHERE review.counts AND jsonb_exists(review.labels, 'quality')
          GROUP BY message.number
UNION ALL SELECT 'reviews', count(*) FROM reviews_review
UNION ALL SELECT 'ballots', count(*) FROM rankings_ballot
UNION ALL SELECT 'people', count(DISTINCT assignee_id) FROM tasks_task WHERE status = 'done'
"""


def measure() -> dict[str, float]:
    """Every figure that can be compared, and what they are made of."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {})
        return {name: float(value) for name, value in cursor.fetchall() if value is not None}
