"""A backup that is put back looks for nothing by its bare name: pg_dump empties the search path before it writes rows.

The function behind a message's `worst_said` calls another one, and since 0014 looks for it when it is run: not one
message could be put back. It brings its own search path now.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trees", "0014_cheap_reviews")]

    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION trees_worst_said(jsonb, jsonb, integer) SET search_path FROM CURRENT",
            "ALTER FUNCTION trees_worst_said(jsonb, jsonb, integer) RESET search_path",
        ),
    ]
