"""The log of decisions is not emptied either: `TRUNCATE`, and so `manage.py flush`, is refused."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("moderation", "0010_health")]

    operations = [
        migrations.RunSQL(
            # Tests empty their own databases, and say so when they connect.
            """
            CREATE FUNCTION moderation_refuse_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF current_setting('oa.may_empty_the_log', true) IS DISTINCT FROM 'yes' THEN
                    RAISE EXCEPTION 'the log of decisions is only added to'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER decisions_are_never_emptied BEFORE TRUNCATE ON moderation_decision
            FOR EACH STATEMENT EXECUTE FUNCTION moderation_refuse_emptying();
            """,
            """
            DROP TRIGGER decisions_are_never_emptied ON moderation_decision;
            DROP FUNCTION moderation_refuse_emptying();
            """,
        ),
    ]
