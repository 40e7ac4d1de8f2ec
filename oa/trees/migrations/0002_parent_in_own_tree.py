"""A reply's parent stands one level up in its own tree: a promise only a compound key can keep."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trees", "0001_initial")]

    operations = [
        migrations.RunSQL(
            # Deferred to the end of the transaction, so that a tree may be written in any order.
            """
            ALTER TABLE trees_message ADD CONSTRAINT a_parent_is_one_level_up_in_the_same_tree
            FOREIGN KEY (tree_id, parent_depth, parent_id)
            REFERENCES trees_message (tree_id, depth, id)
            DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE trees_message DROP CONSTRAINT a_parent_is_one_level_up_in_the_same_tree",
        ),
    ]
