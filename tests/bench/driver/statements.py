"""What the database was asked, from pg_stat_statements, without BEGIN, COMMIT and the like.

Only requests of the web server are in it: the others of the site say to the database that theirs don't count
(UNCOUNTED), which `allow_uncounted` lets them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

UNCOUNTED = {"PGOPTIONS": "-c pg_stat_statements.track=none"}
BOOKKEEPING = "^(begin|commit|rollback|savepoint|release|set |show |reset |discard|deallocate|start transaction)"
# What PostgreSQL asks itself when it commits, to check keys: nobody sent it. Its blocks are counted all the same.
ITS_OWN = "FROM ONLY "

_SUMS = """
    SELECT coalesce(sum(calls) FILTER (WHERE NOT query ~ %s), 0)::bigint,
           coalesce(sum(shared_blks_hit + shared_blks_read), 0)::bigint,
           coalesce(sum(rows), 0)::bigint, coalesce(sum(total_exec_time), 0)::float8
    FROM pg_stat_statements said JOIN pg_database ON pg_database.oid = said.dbid
    WHERE datname = %s AND NOT query ~* %s AND query NOT LIKE '%%pg_stat_statements%%'
"""
_HEAVIEST = """
    SELECT calls, total_exec_time::float8, (shared_blks_hit + shared_blks_read)::bigint, rows, query
    FROM pg_stat_statements said JOIN pg_database ON pg_database.oid = said.dbid
    WHERE datname = %s AND NOT query ~* %s AND query NOT LIKE '%%pg_stat_statements%%'
    ORDER BY total_exec_time DESC LIMIT 40
"""


@dataclass(frozen=True)
class Asked:
    """Statements, blocks of the buffer that they touched, rows that they gave or changed, and their milliseconds."""

    statements: int
    blocks: int
    rows: int
    milliseconds: float


def allow_uncounted(server: psycopg.Connection[Any], role: str) -> None:
    """`server` is a superuser's connection."""
    server.execute(f"GRANT SET ON PARAMETER pg_stat_statements.track TO {role}")


def start_counting(server: psycopg.Connection[Any]) -> None:
    server.execute("SELECT pg_stat_statements_reset()")


def asked(server: psycopg.Connection[Any], database: str) -> Asked:
    """What was asked since counting was started."""
    row = server.execute(_SUMS, [ITS_OWN, database, BOOKKEEPING]).fetchone()
    assert row
    return Asked(*row)


def heaviest(server: psycopg.Connection[Any], database: str) -> list[dict[str, Any]]:
    """The statements that took most time, for whoever wants to make them faster."""
    names = ("calls", "milliseconds", "blocks", "rows", "query")
    found = server.execute(_HEAVIEST, [database, BOOKKEEPING]).fetchall()
    return [dict(zip(names, row, strict=True)) | {"query": " ".join(row[4].split())[:400]} for row in found]


def deadlocks(server: psycopg.Connection[Any], database: str) -> int:
    row = server.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = %s", [database]).fetchone()
    return row[0] if row else 0
