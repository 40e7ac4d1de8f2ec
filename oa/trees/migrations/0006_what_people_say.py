"""How bad people say that a text is, kept beside it, so that the worst are found without reading the rest.

A column rather than an index on an expression: an index on `label_sums` would be written anew by every review, and all
other indexes of the message with it, while this column stays as it is as long as nobody says anything bad.
"""

import django.db.models.functions.comparison
from django.db import migrations, models

MAKE = """
-- The mean of a label over what the import brought and our own reviews; null below `fewest` answers.
CREATE FUNCTION trees_mean_said(label_sums jsonb, baseline jsonb, label text, fewest integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN coalesce((label_sums -> label ->> 1)::float8, 0)
                 + coalesce((baseline -> 'labels' -> label ->> 'count')::float8, 0) >= greatest(fewest, 1)
            THEN (coalesce((label_sums -> label ->> 0)::float8, 0)
                  + coalesce((baseline -> 'labels' -> label ->> 'value')::float8
                             * (baseline -> 'labels' -> label ->> 'count')::float8, 0))
                 / (coalesce((label_sums -> label ->> 1)::float8, 0)
                    + coalesce((baseline -> 'labels' -> label ->> 'count')::float8, 0)) END;

-- The highest of these means; null where too few have answered any of the questions.
CREATE FUNCTION trees_worst_said(label_sums jsonb, baseline jsonb, fewest integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN greatest(trees_mean_said(label_sums, baseline, 'toxicity', fewest),
                trees_mean_said(label_sums, baseline, 'hate_speech', fewest),
                trees_mean_said(label_sums, baseline, 'not_appropriate', fewest),
                trees_mean_said(label_sums, baseline, 'sexual_content', fewest),
                trees_mean_said(label_sums, baseline, 'violence', fewest));
"""
DROP = """
DROP FUNCTION trees_worst_said(jsonb, jsonb, integer);
DROP FUNCTION trees_mean_said(jsonb, jsonb, text, integer);
"""


class Migration(migrations.Migration):
    dependencies = [("trees", "0005_withheld")]

    operations = [
        migrations.RunSQL(MAKE, DROP),
        migrations.AddField(
            model_name="message",
            name="worst_said",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.NullIf(
                    models.Func(
                        models.F("label_sums"), models.F("baseline"), models.Value(1), function="trees_worst_said"
                    ),
                    models.Value(0.0),
                ),
                help_text="Highest mean of rude, hateful, not appropriate, sexual, violent; empty where nobody says so.",
                output_field=models.FloatField(null=True),
                verbose_name="worst that people say",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("deleted", False), ("worst_said__isnull", False)),
                fields=["-worst_said", "id"],
                name="worst_said_first",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("deleted", False), ("withheld", True)), fields=["id"], name="withheld_messages"
            ),
        ),
    ]
