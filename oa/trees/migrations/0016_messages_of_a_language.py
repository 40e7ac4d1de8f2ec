"""The newest messages of one language, found without a look at all others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trees", "0015_worst_said_anywhere")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["lang", "-created_date", "id"], name="messages_of_a_language"),
        ),
    ]
