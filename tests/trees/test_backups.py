"""What a backup holds can be written again as `pg_restore` writes it: with nothing to be found by its bare name."""

from __future__ import annotations

import pytest
from django.db import connection
from psycopg import sql

from oa.trees.models import Message
from tests import builders as b

SUMS = '{"toxicity": [1.5, 2], "violence": [0.5, 2]}'


@pytest.mark.django_db
def test_a_message_is_written_where_the_search_path_is_empty() -> None:
    message = b.plant(text="Words that can be found")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE trees_message DISABLE TRIGGER USER")  # they are put back last
        cursor.execute("SELECT current_schema(), current_setting('search_path')")
        schema, usual = cursor.fetchone()
        table = sql.Identifier(schema, "trees_message").as_string(None)
        cursor.execute("SELECT set_config('search_path', '', true)")
        # All that is worked out when a row is written: columns, and what indexes hold.
        cursor.execute(f"UPDATE {table} SET label_sums = %s, text = text || '.' WHERE id = %s", [SUMS, message.pk])  # noqa: S608 - the name of a table
        cursor.execute("SELECT set_config('search_path', %s, true)", [usual])

    assert Message.objects.get(pk=message.pk).worst_said == 0.75
