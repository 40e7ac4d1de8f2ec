"""Counting what is in a release by plain SQL, in the same moment in which it was read: independent of what read it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

AT_ONCE = 1024 * 1024


class Table:
    """A table that only this transaction sees. It can be filled where nothing else may be written."""

    def make(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS pg_temp.chosen")  # of an earlier one in the same transaction
            cursor.execute("CREATE TEMP TABLE chosen (message_id uuid NOT NULL, side text NOT NULL) ON COMMIT DROP")

    def fill(self, path: Path) -> None:
        """With the lines `id,side` of a file."""
        with connection.cursor() as cursor, path.open("rb") as stream:
            with cursor.copy("COPY pg_temp.chosen FROM STDIN (FORMAT csv)") as copy:
                while piece := stream.read(AT_ONCE):
                    copy.write(piece)


_FROM = "FROM pg_temp.chosen c JOIN trees_message m ON m.id = c.message_id JOIN trees_tree t ON t.id = m.tree_id"
_STATEMENTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "by_lang": (
        f"SELECT m.lang, count(*) FILTER (WHERE m.depth = 0), count(*) {_FROM} GROUP BY 1 ORDER BY 3 DESC, 1",
        ("lang", "trees", "messages"),
    ),
    "by_role": (f"SELECT m.role, count(*) {_FROM} GROUP BY 1 ORDER BY 1 DESC", ("role", "messages")),
    "by_state": (
        f"SELECT t.state, count(DISTINCT t.id) {_FROM} GROUP BY 1 ORDER BY 2 DESC, 1", ("state", "trees"),
    ),
    "splits": (
        f"SELECT c.side, count(DISTINCT t.id), count(*) {_FROM} GROUP BY 1 ORDER BY 2 DESC, 1",
        ("split", "trees", "messages"),
    ),
}  # fmt: skip
_ALL = f"""
SELECT count(DISTINCT t.id), count(*), count(DISTINCT coalesce(m.author_id::text, m.baseline ->> 'user_id')),
       count(*) FILTER (WHERE m.synthetic), count(*) FILTER (WHERE m.rank IS NOT NULL),
       count(*) FILTER (WHERE t.origin <> ''), min(m.created_date), max(m.created_date) {_FROM}
"""
_ALL_NAMES = ("trees", "messages", "people", "synthetic", "ranked", "imported", "first_written", "last_written")


def counted(_members: Table) -> dict[str, Any]:
    """The figures of a release, as the rows of the database have them."""
    found = {name: _rows(statement, names) for name, (statement, names) in _STATEMENTS.items()}
    return _rows(_ALL, _ALL_NAMES)[0] | found


def _rows(statement: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
