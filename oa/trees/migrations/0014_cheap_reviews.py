"""A review rewrites its message: what that costs is paid by every volunteer's every second act.

The worst that people say is worked out by a function that PL/pgSQL keeps ready in the connection. As a plain SQL
function it was unfolded into an expression of a hundred parts each time a message was written (0.8 ms of 1.6). And a
page of messages is filled to four fifths only, so that a message's next version finds room beside it and no index has
to hear of it. An index that the unique constraint makes needless goes.
"""

import django.db.models.deletion
from django.db import migrations, models

MAKE = """
CREATE OR REPLACE FUNCTION trees_worst_said(label_sums jsonb, baseline jsonb, fewest integer) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN greatest(trees_mean_said(label_sums, baseline, 'toxicity', fewest),
                    trees_mean_said(label_sums, baseline, 'hate_speech', fewest),
                    trees_mean_said(label_sums, baseline, 'not_appropriate', fewest),
                    trees_mean_said(label_sums, baseline, 'sexual_content', fewest),
                    trees_mean_said(label_sums, baseline, 'violence', fewest));
END $$;
ALTER TABLE trees_message SET (fillfactor = 80);
"""
BACK = """
ALTER TABLE trees_message RESET (fillfactor);
CREATE OR REPLACE FUNCTION trees_worst_said(label_sums jsonb, baseline jsonb, fewest integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN greatest(trees_mean_said(label_sums, baseline, 'toxicity', fewest),
                trees_mean_said(label_sums, baseline, 'hate_speech', fewest),
                trees_mean_said(label_sums, baseline, 'not_appropriate', fewest),
                trees_mean_said(label_sums, baseline, 'sexual_content', fewest),
                trees_mean_said(label_sums, baseline, 'violence', fewest));
"""


class Migration(migrations.Migration):
    dependencies = [("trees", "0013_synthetic_messages")]

    operations = [
        migrations.RunSQL(MAKE, BACK),
        migrations.AlterField(
            model_name="message",
            name="tree",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="trees.tree",
            ),
        ),
    ]
