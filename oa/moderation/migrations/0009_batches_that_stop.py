"""A batch stops when whoever wanted it may no longer decide; and says why it was undone."""

from django.db import migrations, models

STATES = [
    ("draft", "shown, not yet begun"),
    ("running", "at work"),
    ("done", "done"),
    ("stopped", "stopped: whoever wanted it may no longer decide"),
    ("undoing", "being undone"),
    ("undone", "undone"),
]


class Migration(migrations.Migration):
    dependencies = [("moderation", "0008_what_needs_a_moderator")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="undo_why",
            field=models.TextField(blank=True, default="", verbose_name="why undone"),
        ),
        migrations.AlterField(
            model_name="batch",
            name="state",
            field=models.CharField(choices=STATES, default="draft", max_length=8, verbose_name="state"),
        ),
        migrations.RemoveConstraint(model_name="batch", name="a_batch_is_in_a_known_state"),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", [state for state, _words in STATES])),
                name="a_batch_is_in_a_known_state",
            ),
        ),
    ]
