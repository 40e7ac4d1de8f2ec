"""What holds of replies unless a moderator brought something back: no more than were wanted. And nothing is withheld
without a moderator being asked to look."""

from __future__ import annotations

from oa.core.promises import in_sql
from oa.trees.rules import Policy

# A reply that was restored, edited or judged again may stand beside the one that took its place: that is a
# moderator's doing, and no seat was handed out too many. What stands below a message marked as spam does not count, and
# is neither deleted nor rejected itself.
P3 = [
    in_sql(
        "P3",
        "live replies to a message, with those in hand, are no more than the policy wants",
        subjects="SELECT count(*) FROM trees_message WHERE depth > 0",
        breaches="""
            WITH brought_back AS (
                SELECT DISTINCT message.pk::uuid AS id FROM moderation_decision decision,
                       jsonb_array_elements_text(CASE decision.verb WHEN 'move' THEN decision.details -> 'judged_again'
                                                 ELSE decision.details -> 'messages' END) AS message(pk)
                WHERE decision.verb IN ('restore', 'undo', 'move')
            ), replies AS (
                SELECT reply.parent_id, count(*) AS number,
                       bool_or(NOT coalesce(author.imported, true)) AS ours
                FROM trees_message reply
                LEFT JOIN accounts_user author ON author.id = reply.author_id
                WHERE reply.parent_id IS NOT NULL AND NOT reply.deleted AND reply.version = 1
                  AND reply.review_result IS DISTINCT FROM false
                  AND NOT EXISTS (SELECT FROM brought_back WHERE brought_back.id = reply.id)
                GROUP BY reply.parent_id
            )
            SELECT replies.parent_id, replies.number, leases.number, limits.wanted
            FROM replies
            JOIN trees_message parent ON parent.id = replies.parent_id
            JOIN trees_tree tree ON tree.id = parent.tree_id AND NOT tree.archived
            JOIN trees_policyversion policy ON policy.id = tree.policy_id
            CROSS JOIN LATERAL (
                SELECT count(*) AS number FROM tasks_task task
                WHERE task.message_id = parent.id AND task.status = 'leased' AND task.kind LIKE '%%_reply'
                  AND task.kind NOT LIKE 'label_%%') leases
            CROSS JOIN LATERAL (
                SELECT CASE WHEN parent.role = 'prompter' THEN tree.max_children
                       ELSE least(tree.max_children,
                                  coalesce((policy.values ->> 'num_prompter_replies')::int, %(prompter)s)) END
                       AS wanted) limits
            WHERE replies.number + leases.number > limits.wanted AND (replies.ours OR leases.number > 0)
        """,
        tells="message {0} has {1} live replies and {2} in hand where {3} were wanted",
        given={"prompter": Policy().num_prompter_replies},
    ),
    in_sql(
        "P3",
        "a tree, with the replies in hand, does not outgrow its goal",
        subjects="SELECT count(*) FROM trees_tree WHERE NOT archived",
        breaches="""
            SELECT tree.id, count(*), tree.goal_size FROM trees_tree tree
            JOIN (
                SELECT message.tree_id, author.imported FROM trees_message message
                LEFT JOIN accounts_user author ON author.id = message.author_id
                WHERE NOT message.deleted AND message.review_result IS DISTINCT FROM false
                UNION ALL
                SELECT tree_id, false FROM tasks_task
                WHERE status = 'leased' AND kind IN ('prompter_reply', 'assistant_reply')
            ) part ON part.tree_id = tree.id
            WHERE NOT tree.archived
              AND NOT EXISTS (SELECT FROM moderation_decision decision
                              WHERE decision.tree_id = tree.id
                                AND decision.verb IN ('restore', 'edit', 'undo', 'move', 'spam'))
            GROUP BY tree.id, tree.goal_size
            HAVING count(*) > tree.goal_size AND NOT bool_or(coalesce(part.imported, true))
        """,
        tells="tree {0} has {1} messages, with those in hand, and its goal is {2}",
    ),
]

P7 = [
    in_sql(
        "P7",
        "what is withheld waits on the list of those whom it waits for",
        subjects="SELECT count(*) FROM trees_message WHERE withheld AND NOT deleted",
        breaches="""
            SELECT message.id FROM trees_message message
            JOIN trees_tree tree ON tree.id = message.tree_id
            LEFT JOIN screening_toxicityscore score ON score.message_id = message.id
            WHERE message.withheld AND NOT message.deleted
              AND (tree.archived OR score.version IS DISTINCT FROM message.version
                   OR score.looked_version >= message.version)
        """,
        tells="message {0} is withheld and no moderator is asked to look at it",
    ),
]

P11 = [
    in_sql(
        "P11",
        "nothing that was erased has words left",
        subjects="SELECT count(*) FROM trees_message WHERE erased",
        breaches="""
            SELECT message.id, place.name FROM trees_message message
            CROSS JOIN LATERAL (
                SELECT 'its text' AS name WHERE message.text <> '' OR NOT message.deleted
                UNION ALL
                SELECT 'an earlier text' FROM trees_messagerevision kept
                WHERE kept.message_id = message.id AND kept.text <> ''
                UNION ALL
                SELECT 'a fingerprint of it' FROM screening_opinion opinion
                WHERE opinion.message_id = message.id
                  AND (cardinality(opinion.bands) > 0 OR opinion.personal_data <> '[]')
                UNION ALL
                SELECT 'a note on a report' FROM moderation_report report
                WHERE report.message_id = message.id AND report.note <> ''
            ) place
            WHERE message.erased
        """,
        tells="message {0} was erased, and {1} is there still",
    ),
    in_sql(
        "P11",
        "an erasure that is done has left nothing that was to be erased",
        subjects="SELECT count(*) FROM moderation_purge WHERE done_at IS NOT NULL",
        breaches="""
            SELECT purge.id, message.id FROM moderation_purge purge
            JOIN trees_message message ON message.author_id = purge.person_id OR message.id = purge.message_id
            WHERE purge.done_at IS NOT NULL AND NOT message.erased
        """,
        tells="erasure {0} is done, and message {1} is not erased",
    ),
]

# --- the queue of moderators: whatever asks for one is in it, or a round is about to put it there ---------------------

QUEUE = [
    in_sql(
        "P7",
        "an open report on a live message is in moderators' queue, or about to be",
        subjects="SELECT count(*) FROM moderation_report WHERE handled_at IS NULL",
        breaches="""
            SELECT DISTINCT report.message_id FROM moderation_report report
            JOIN trees_message message ON message.id = report.message_id AND NOT message.deleted
            WHERE report.handled_at IS NULL
              AND NOT EXISTS (SELECT FROM moderation_case opened
                              WHERE opened.message_id = report.message_id AND opened.closed_at IS NULL)
              AND NOT EXISTS (SELECT FROM moderation_doubt doubt WHERE doubt.message_id = report.message_id)
        """,
        tells="message {0} is reported and no moderator is asked",
    ),
    in_sql(
        "P7",
        "an open appeal is in moderators' queue",
        subjects="SELECT count(*) FROM moderation_appeal WHERE outcome = ''",
        breaches="""
            SELECT appeal.id FROM moderation_appeal appeal
            LEFT JOIN moderation_case opened ON opened.appeal_id = appeal.id AND opened.closed_at IS NULL
            WHERE appeal.outcome = '' AND opened.id IS NULL
        """,
        tells="appeal {0} is open and no moderator is asked",
    ),
    in_sql(
        "P7",
        "a wish to erase that waits for a second moderator is in their queue",
        subjects="SELECT count(*) FROM moderation_purge WHERE confirmed_by_id IS NULL AND called_off_at IS NULL",
        breaches="""
            SELECT purge.id FROM moderation_purge purge
            LEFT JOIN moderation_case opened ON opened.purge_id = purge.id AND opened.closed_at IS NULL
            WHERE purge.confirmed_by_id IS NULL AND purge.called_off_at IS NULL AND opened.id IS NULL
        """,
        tells="erasure {0} waits for a second moderator and none is asked",
    ),
    in_sql(
        "P7",
        "a case about nothing, or about what is decided, is closed, or about to be",
        subjects="SELECT count(*) FROM moderation_case WHERE closed_at IS NULL",
        breaches="""
            SELECT opened.id FROM moderation_case opened
            LEFT JOIN trees_message message ON message.id = opened.message_id
            LEFT JOIN trees_tree tree ON tree.id = message.tree_id
            LEFT JOIN moderation_appeal appeal ON appeal.id = opened.appeal_id
            LEFT JOIN moderation_purge purge ON purge.id = opened.purge_id
            WHERE opened.closed_at IS NULL AND opened.claimed_by_id IS NULL
              AND (opened.causes = '{}' OR message.deleted AND NOT tree.archived OR appeal.outcome <> ''
                   OR purge.confirmed_by_id IS NOT NULL OR purge.called_off_at IS NOT NULL)
              AND NOT EXISTS (SELECT FROM moderation_doubt doubt WHERE doubt.message_id = opened.message_id)
              AND NOT EXISTS (SELECT FROM moderation_doubt doubt WHERE doubt.person_id = opened.person_id)
        """,
        tells="case {0} is open and about nothing",
    ),
]

PROMISES = [*P3, *P7, *P11, *QUEUE]
