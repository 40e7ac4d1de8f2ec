"""What a new text waits for is written down by the database itself, in the transaction that writes the text.

No application code on the way of a submission has to remember it, and a job that is lost with its queue loses nothing.
Archived imports are never worked on, so their texts wait for nothing until their tree is taken over.
"""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION screening_text_waits(message uuid, text_version int, with_scores boolean) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO screening_due (message_id, kind, version)
    SELECT message, wait.kind, text_version FROM (VALUES ('toxicity'), ('light')) AS wait (kind)
    WHERE wait.kind <> 'toxicity' OR with_scores
    ON CONFLICT (message_id, kind) DO UPDATE
    SET version = excluded.version, tries = 0, not_before = statement_timestamp(), error = '', set_aside = false
$$;

CREATE FUNCTION screening_new_texts_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM screening_text_waits(fresh.id, fresh.version, true)
    FROM fresh JOIN trees_tree tree ON tree.id = fresh.tree_id AND NOT tree.archived;
    RETURN NULL;
END
$$;
CREATE TRIGGER new_texts_wait_for_opinions AFTER INSERT ON trees_message
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION screening_new_texts_wait();

CREATE FUNCTION screening_changed_text_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM screening_text_waits(new.id, new.version, true)
    FROM trees_tree tree WHERE tree.id = new.tree_id AND NOT tree.archived;
    RETURN NULL;
END
$$;
CREATE TRIGGER a_changed_text_waits_for_opinions AFTER UPDATE OF text, version ON trees_message
FOR EACH ROW WHEN (old.text IS DISTINCT FROM new.text OR old.version <> new.version)
EXECUTE FUNCTION screening_changed_text_waits();

-- The scores that its texts were published with stay.
CREATE FUNCTION screening_texts_taken_over_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM screening_text_waits(message.id, message.version, score.message_id IS NULL)
    FROM trees_message message
    LEFT JOIN screening_toxicityscore score ON score.message_id = message.id AND score.version = message.version
    WHERE message.tree_id = new.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER texts_taken_over_wait_for_opinions AFTER UPDATE OF archived ON trees_tree
FOR EACH ROW WHEN (old.archived AND NOT new.archived) EXECUTE FUNCTION screening_texts_taken_over_wait();

-- What is here already.
SELECT screening_text_waits(message.id, message.version, score.message_id IS NULL)
FROM trees_message message
JOIN trees_tree tree ON tree.id = message.tree_id AND NOT tree.archived
LEFT JOIN screening_toxicityscore score ON score.message_id = message.id AND score.version = message.version;
"""

BACK = """
DROP TRIGGER texts_taken_over_wait_for_opinions ON trees_tree;
DROP TRIGGER a_changed_text_waits_for_opinions ON trees_message;
DROP TRIGGER new_texts_wait_for_opinions ON trees_message;
DROP FUNCTION screening_texts_taken_over_wait();
DROP FUNCTION screening_changed_text_waits();
DROP FUNCTION screening_new_texts_wait();
DROP FUNCTION screening_text_waits(uuid, int, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_opinions")]

    operations = [migrations.RunSQL(TRIGGERS, BACK)]
