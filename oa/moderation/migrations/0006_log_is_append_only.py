"""The log of decisions is only ever added to, whoever tries and by whatever way."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("moderation", "0005_panel")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION moderation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the log of decisions is only added to'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER decisions_are_only_added BEFORE UPDATE OR DELETE ON moderation_decision
            FOR EACH ROW EXECUTE FUNCTION moderation_refuse_change();
            """,
            """
            DROP TRIGGER decisions_are_only_added ON moderation_decision;
            DROP FUNCTION moderation_refuse_change();
            """,
        ),
    ]
