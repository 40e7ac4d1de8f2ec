"""What might need a moderator is written down by the database itself, in the transaction in which it happens.

No code that writes a message, a score, an opinion or a report has to remember it. Ordinary reviews, in which nobody
says anything bad, leave nothing: the conditions stand in WHEN, which PostgreSQL reads without calling a function.

A doubt is only ever added: whoever writes waits for nobody, and a doubt that was written while another about the same
message was being considered is still there afterwards.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRIGGERS = """
CREATE FUNCTION moderation_doubt_this_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO moderation_doubt (message_id)
    SELECT new.id FROM trees_tree tree WHERE tree.id = new.tree_id AND NOT tree.archived;
    RETURN NULL;
END
$$;
CREATE FUNCTION moderation_doubt_its_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO moderation_doubt (message_id)
    SELECT message.id FROM trees_message message JOIN trees_tree tree ON tree.id = message.tree_id
    WHERE message.id = new.message_id AND NOT tree.archived;
    RETURN NULL;
END
$$;
-- Reports are answered for archived imports too.
CREATE FUNCTION moderation_doubt_what_was_reported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO moderation_doubt (message_id) VALUES (new.message_id);
    RETURN NULL;
END
$$;
CREATE FUNCTION moderation_doubt_tree_taken_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO moderation_doubt (message_id) SELECT id FROM trees_message WHERE tree_id = new.id AND NOT deleted;
    RETURN NULL;
END
$$;

CREATE TRIGGER a_message_becomes_doubtful AFTER UPDATE ON trees_message FOR EACH ROW WHEN (
    old.deleted <> new.deleted OR old.withheld <> new.withheld OR old.version <> new.version OR old.lang <> new.lang
    OR old.emojis -> 'red_flag' IS DISTINCT FROM new.emojis -> 'red_flag'
    OR old.emojis -> '_skip_reply' IS DISTINCT FROM new.emojis -> '_skip_reply'
    -- What people say of it: by means, and by how many have said anything.
    OR old.label_sums IS DISTINCT FROM new.label_sums AND greatest(old.worst_said, new.worst_said) >= 0.05
    -- The verdict: when somebody spoke against it, when it was answered, when it was another before.
    OR old.review_result IS DISTINCT FROM new.review_result
       AND (old.review_result IS NOT NULL OR new.baseline IS NOT NULL
            OR new.review_result IS FALSE AND new.children_count > 0
            OR coalesce((new.label_sums -> 'spam' ->> 0)::float8, 0)
               + coalesce((new.label_sums -> 'lang_mismatch' ->> 0)::float8, 0) > 0)
    OR old.children_count <> new.children_count AND new.review_result IS FALSE
) EXECUTE FUNCTION moderation_doubt_this_message();

-- What somebody writes is neither judged nor flagged yet; what is imported may be.
CREATE TRIGGER a_message_comes_doubtful AFTER INSERT ON trees_message FOR EACH ROW WHEN (
    NOT new.deleted AND (new.withheld OR new.emojis IS NOT NULL OR new.review_result IS FALSE OR new.worst_said >= 0.05)
) EXECUTE FUNCTION moderation_doubt_this_message();

CREATE TRIGGER a_tree_taken_over_is_doubtful AFTER UPDATE OF archived ON trees_tree FOR EACH ROW
WHEN (old.archived AND NOT new.archived) EXECUTE FUNCTION moderation_doubt_tree_taken_over();

CREATE TRIGGER a_score_is_doubtful AFTER INSERT ON screening_toxicityscore FOR EACH ROW
WHEN (new.peak >= 0.05) EXECUTE FUNCTION moderation_doubt_its_message();
CREATE TRIGGER a_score_becomes_doubtful AFTER UPDATE ON screening_toxicityscore FOR EACH ROW WHEN (
    greatest(old.peak, new.peak) >= 0.05
    AND (old.peak <> new.peak OR old.version <> new.version OR old.looked_version <> new.looked_version)
) EXECUTE FUNCTION moderation_doubt_its_message();

CREATE TRIGGER an_opinion_is_doubtful AFTER INSERT ON screening_opinion FOR EACH ROW
WHEN (new.personal_data <> '[]') EXECUTE FUNCTION moderation_doubt_its_message();
CREATE TRIGGER an_opinion_becomes_doubtful AFTER UPDATE ON screening_opinion FOR EACH ROW WHEN (
    (old.personal_data <> '[]' OR new.personal_data <> '[]')
    AND (old.personal_data <> new.personal_data OR old.version <> new.version)
) EXECUTE FUNCTION moderation_doubt_its_message();

CREATE TRIGGER a_report_is_doubtful AFTER INSERT ON moderation_report FOR EACH ROW
EXECUTE FUNCTION moderation_doubt_what_was_reported();
CREATE TRIGGER a_report_becomes_doubtful AFTER UPDATE OF handled_at ON moderation_report FOR EACH ROW
WHEN (old.handled_at IS DISTINCT FROM new.handled_at) EXECUTE FUNCTION moderation_doubt_what_was_reported();

-- What is here already.
INSERT INTO moderation_doubt (message_id)
SELECT message.id FROM trees_message message
JOIN trees_tree tree ON tree.id = message.tree_id
LEFT JOIN screening_toxicityscore score ON score.message_id = message.id AND score.version = message.version
LEFT JOIN screening_opinion opinion ON opinion.message_id = message.id AND opinion.version = message.version
WHERE EXISTS (SELECT FROM moderation_report report WHERE report.message_id = message.id AND report.handled_at IS NULL)
   OR NOT tree.archived AND NOT message.deleted
      AND (message.withheld OR message.emojis IS NOT NULL OR message.worst_said >= 0.05 OR score.peak >= 0.05
           OR opinion.personal_data <> '[]' OR message.review_result IS FALSE AND message.children_count > 0
           OR message.review_result IS NOT NULL
              AND (message.baseline IS NOT NULL
                   OR coalesce((message.label_sums -> 'spam' ->> 0)::float8, 0)
                      + coalesce((message.label_sums -> 'lang_mismatch' ->> 0)::float8, 0) > 0));
"""

BACK = """
DROP TRIGGER a_report_becomes_doubtful ON moderation_report;
DROP TRIGGER a_report_is_doubtful ON moderation_report;
DROP TRIGGER an_opinion_becomes_doubtful ON screening_opinion;
DROP TRIGGER an_opinion_is_doubtful ON screening_opinion;
DROP TRIGGER a_score_becomes_doubtful ON screening_toxicityscore;
DROP TRIGGER a_score_is_doubtful ON screening_toxicityscore;
DROP TRIGGER a_tree_taken_over_is_doubtful ON trees_tree;
DROP TRIGGER a_message_comes_doubtful ON trees_message;
DROP TRIGGER a_message_becomes_doubtful ON trees_message;
DROP FUNCTION moderation_doubt_tree_taken_over();
DROP FUNCTION moderation_doubt_what_was_reported();
DROP FUNCTION moderation_doubt_its_message();
DROP FUNCTION moderation_doubt_this_message();
DELETE FROM moderation_doubt;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0007_letters_and_erasures"),
        ("screening", "0008_looks_for_likes_are_short"),
        ("trees", "0007_extra_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="doubt",
            name="message",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="doubts",
                to="trees.message",
            ),
        ),
        migrations.AlterField(
            model_name="doubt",
            name="person",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="doubts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(TRIGGERS, BACK),
    ]  # fmt: skip
