"""The ledger of points is only ever added to, whoever tries and by whatever way."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("community", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION community_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the ledger of points is only added to'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER points_are_only_added BEFORE UPDATE OR DELETE ON community_entry
            FOR EACH ROW EXECUTE FUNCTION community_refuse_change();
            """,
            """
            DROP TRIGGER points_are_only_added ON community_entry;
            DROP FUNCTION community_refuse_change();
            """,
        ),
    ]
