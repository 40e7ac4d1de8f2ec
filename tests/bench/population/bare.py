"""Tables without keys, indexes and triggers while rows pour in, and then exactly as the migrations made them.

An index built over rows that are there takes a fraction of what keeping it takes, row by row; a key between two tables
is one join instead of millions of looks.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]
Tell = Callable[[str], None]

_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = ANY(%(kinds)s) AND (conrelid = ANY(%(tables)s::regclass[])
                                    OR %(others)s AND confrelid = ANY(%(tables)s::regclass[]))
ORDER BY oid
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%(tables)s::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
ORDER BY indexrelid
"""


@dataclass(frozen=True, slots=True)
class Constraint:
    table: str
    name: str
    says: str

    def drop(self) -> sql.Composed:
        return sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
            sql.Identifier(self.table), sql.Identifier(self.name)
        )

    def add(self) -> sql.Composed:
        begin = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ")
        return begin.format(*map(sql.Identifier, (self.table, self.name))) + as_it_is(self.says)


def as_it_is(definition: str) -> sql.Composed:
    """What PostgreSQL itself says of something it has."""
    return sql.Composed([sql.SQL(definition)])


# PostgreSQL understands its own words for a list differently from ours: the same, but written otherwise.
_LIST = re.compile(r"\((\w+)\)::text = ANY \(\(ARRAY\[([^]]*)\]\)::text\[\]\)")


def _as_migrated(definition: str) -> str:
    """A definition that leaves the index as the migrations did, to the letter."""
    return _LIST.sub(lambda found: f"{found[1]} IN ({found[2].replace('::character varying', '')})", definition)


@contextmanager
def bare(connection: Connection, tables: Sequence[str], *, tell: Tell) -> Iterator[None]:
    """Empty these tables and strip them; put everything back at the end. All in the transaction of the caller."""
    keys, unique = _constraints(connection, "f", tables), _constraints(connection, "pux", tables)
    indexes = connection.execute(_INDEXES, {"tables": list(tables)}).fetchall()
    for constraint in [*keys, *unique]:
        connection.execute(constraint.drop())
    for name, _definition in indexes:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(str(name))))
    names = sql.SQL(", ").join(map(sql.Identifier, tables))
    connection.execute(sql.SQL("TRUNCATE {}").format(names))
    _triggers(connection, tables, "DISABLE")
    yield
    for what, statements in (
        ("unique keys", [one.add() for one in unique]),
        ("indexes", [as_it_is(_as_migrated(str(definition))) for _name, definition in indexes]),
        ("keys between tables", [one.add() for one in keys]),
    ):
        began = time.perf_counter()
        for statement in statements:
            connection.execute(statement)
        tell(f"{what}: {time.perf_counter() - began:.1f} s")
    _triggers(connection, tables, "ENABLE")


def _constraints(connection: Connection, kinds: str, tables: Sequence[str]) -> list[Constraint]:
    """Constraints of these kinds on these tables; keys of other tables that point at them too."""
    asked = {"kinds": list(kinds), "tables": list(tables), "others": kinds == "f"}
    rows = connection.execute(_CONSTRAINTS, asked).fetchall()
    return [Constraint(str(table), str(name), str(says)) for table, name, says in rows]


def _triggers(connection: Connection, tables: Sequence[str], verb: str) -> None:
    for table in tables:
        connection.execute(as_it_is(f"ALTER TABLE {table} {verb} TRIGGER USER"))


def copied(connection: Connection, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Send rows one by one, in these columns."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns.split()))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
