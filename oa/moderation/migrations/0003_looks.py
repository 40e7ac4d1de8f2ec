from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_reports")]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="verb",
            field=models.CharField(
                choices=[
                    ("delete", "delete a message with its replies"),
                    ("restore", "restore a message"),
                    ("edit", "change a text"),
                    ("halt", "halt a tree"),
                    ("resume", "resume a tree"),
                    ("disable", "disable a person"),
                    ("enable", "enable a person"),
                    ("set_role", "change a role"),
                    ("take_over", "take over an archived tree"),
                    ("dismiss", "close a report without doing anything"),
                    ("look", "look at a message and leave it as it is"),
                    ("unlook", "take a look back"),
                    ("withhold", "keep a message from people until a moderator has looked"),
                ],
                max_length=16,
                verbose_name="decision",
            ),
        ),
    ]
