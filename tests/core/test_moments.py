"""Much is read at one moment: through a cursor on the server, also where a transaction pooler stands between."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from oa.core.moments import one_moment, streamed
from oa.trees.models import Message
from tests import builders as b

NAMES = "SELECT name FROM pg_cursors"


def _cursors() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_rows_are_streamed_though_cursors_on_the_server_are_switched_off() -> None:
    written = [b.plant().pk for _ in range(3)]
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
    try:
        rows = streamed(Message.objects.order_by("id").values_list("id", flat=True), at_once=1)
        first = next(rows)
        assert len(_cursors()) == 1
        assert [first, *rows] == written
        assert _cursors() == []
    finally:
        connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = False


@pytest.mark.django_db(transaction=True)
def test_nothing_is_streamed_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        streamed(Message.objects.order_by("id"))


@pytest.mark.django_db(transaction=True)
def test_what_comes_first_may_make_a_table_and_nothing_after_it_may_write() -> None:
    def make() -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE of_this_moment (n int) ON COMMIT DROP")

    with one_moment(make), connection.cursor() as cursor:
        cursor.execute("INSERT INTO of_this_moment VALUES (1)")
        cursor.execute("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
        assert cursor.fetchone() == ("repeatable read", "on")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.of_this_moment')")
        assert cursor.fetchone() == (None,)
