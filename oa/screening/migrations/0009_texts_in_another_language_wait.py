"""A text whose language was mistaken waits for opinions again: they depend on it."""

from django.db import migrations

WITH_LANGUAGE = """
DROP TRIGGER a_changed_text_waits_for_opinions ON trees_message;
CREATE TRIGGER a_changed_text_waits_for_opinions AFTER UPDATE OF text, version, lang ON trees_message
FOR EACH ROW WHEN (old.text IS DISTINCT FROM new.text OR old.version <> new.version OR old.lang <> new.lang)
EXECUTE FUNCTION screening_changed_text_waits();
"""
WITHOUT = """
DROP TRIGGER a_changed_text_waits_for_opinions ON trees_message;
CREATE TRIGGER a_changed_text_waits_for_opinions AFTER UPDATE OF text, version ON trees_message
FOR EACH ROW WHEN (old.text IS DISTINCT FROM new.text OR old.version <> new.version)
EXECUTE FUNCTION screening_changed_text_waits();
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0008_looks_for_likes_are_short")]

    operations = [migrations.RunSQL(WITH_LANGUAGE, WITHOUT)]
