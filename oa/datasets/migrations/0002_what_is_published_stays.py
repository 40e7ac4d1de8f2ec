from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION datasets_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE wished datasets_release;
            BEGIN
                IF OLD.state NOT IN ('published', 'recalled') THEN
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                END IF;
                IF TG_OP = 'UPDATE' THEN
                    wished := NEW;
                    wished.state := OLD.state;
                    wished.recalled_at := OLD.recalled_at;
                    wished.recalled_why := OLD.recalled_why;
                    IF wished IS NOT DISTINCT FROM OLD AND OLD.state = 'published' AND NEW.state = 'recalled' THEN
                        RETURN NEW;
                    END IF;
                END IF;
                RAISE EXCEPTION 'a published release is never changed, only recalled'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER what_is_published_stays BEFORE UPDATE OR DELETE ON datasets_release
            FOR EACH ROW EXECUTE FUNCTION datasets_refuse_change();

            CREATE FUNCTION datasets_refuse_other_contents() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE concerned uuid;
            BEGIN
                concerned := CASE WHEN TG_OP = 'INSERT' THEN NEW.release_id ELSE OLD.release_id END;
                IF EXISTS (SELECT FROM datasets_release
                           WHERE id = concerned AND state IN ('published', 'recalled')) THEN
                    RAISE EXCEPTION 'what is in a published release is never changed'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END $$;
            CREATE TRIGGER files_of_what_is_published_stay BEFORE INSERT OR UPDATE OR DELETE ON datasets_releasefile
            FOR EACH ROW EXECUTE FUNCTION datasets_refuse_other_contents();
            CREATE TRIGGER messages_of_what_is_published_stay BEFORE UPDATE OR DELETE ON datasets_releasemember
            FOR EACH ROW EXECUTE FUNCTION datasets_refuse_other_contents();
            """,
            """
            DROP TRIGGER what_is_published_stays ON datasets_release;
            DROP TRIGGER files_of_what_is_published_stay ON datasets_releasefile;
            DROP TRIGGER messages_of_what_is_published_stay ON datasets_releasemember;
            DROP FUNCTION datasets_refuse_change();
            DROP FUNCTION datasets_refuse_other_contents();
            """,
        ),
    ]
