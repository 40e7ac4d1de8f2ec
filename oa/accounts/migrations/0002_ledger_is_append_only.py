"""The ledger of consents is only ever added to, whoever tries and by whatever way."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the ledger of consents is only added to'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER consents_are_only_added BEFORE UPDATE OR DELETE ON accounts_consent
            FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();
            """,
            """
            DROP TRIGGER consents_are_only_added ON accounts_consent;
            DROP FUNCTION accounts_refuse_change();
            """,
        ),
    ]
