from django.db import migrations

RENAME = "UPDATE moderation_decision SET verb = '{1}' WHERE verb = '{0}';"
PAIRS = [("disable", "ban"), ("enable", "unban")]


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_looks")]

    operations = [
        migrations.RunSQL(
            "".join(RENAME.format(old, new) for old, new in PAIRS),
            "".join(RENAME.format(new, old) for old, new in PAIRS),
        ),
    ]
