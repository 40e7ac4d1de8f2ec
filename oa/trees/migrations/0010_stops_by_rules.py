"""The stops that trees made by themselves are found among all events, so that each is written into the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trees", "0009_undone")]

    operations = [
        migrations.AddIndex(
            model_name="treeevent",
            index=models.Index(
                condition=models.Q(("by", None), ("why__in", ["red_flags", "skipped_too_often"])),
                fields=["tree"],
                name="stops_by_rules",
            ),
        ),
    ]
