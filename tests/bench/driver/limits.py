"""What this machine gives at most: the cycle as bare SQL by pgbench, and a request whose view does nothing."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from oa.embedded.binaries import postgres_bin_dir
from oa.embedded.rules import DATABASE, ROLE, SUPERUSER
from tests.bench.driver.site import BenchSite, Failed

SCRIPT = Path(__file__).with_name("bare.sql")
COPY = "oa_bare"
CLIENTS = 16
PEOPLE = 5_000
# Open tasks for each second: more than any machine does, so that no client comes to their end.
STOCK = 25_000
SAID = re.compile(r"^(latency average|tps) = ([\d.]+)", re.MULTILINE)

# People and tasks beyond those of the site, so that its size is its own and the stock does not end.
_FURNISH = """
    CREATE TABLE bench_people AS
        SELECT row_number() OVER () AS n, id
        FROM (SELECT id FROM accounts_user ORDER BY md5(id::text) LIMIT {people}) people;
    CREATE UNIQUE INDEX ON bench_people (n);
    INSERT INTO tasks_task (id, kind, status, lang, tree_id, message_id, version, author_id, lonely, lot, created_at,
                            submit_key, submit_digest, skip_reason, skip_note, booked)
    SELECT uuidv7(), 'label_assistant_reply', 'open', 'en', about.tree_id, about.id, copies, about.author_id, false,
           random(), now(), '', '', '', '', false
    FROM (SELECT * FROM trees_message ORDER BY md5(id::text) LIMIT {stock}) about,
         generate_series(101, 100 + (SELECT ceil({stock}::float8 / least(count(*), {stock}))
                                     FROM trees_message)::int) AS copies;
    VACUUM ANALYZE;
"""


@dataclass(frozen=True)
class Bare:
    """What pgbench says: cycles a second and milliseconds of one, with so many clients."""

    clients: int
    a_second: float
    milliseconds: float


def pgbench(site: BenchSite, *, seconds: int, clients: int = CLIENTS) -> Bare:
    """Bare cycles on a copy of the site's database, which must be closed. The copy is gone afterwards."""
    with _copy(site, stock=STOCK * seconds) as people:
        told = _run(site, seconds=seconds, clients=clients, people=people)
    found = {name: float(number) for name, number in SAID.findall(told)}
    return Bare(clients, found["tps"], found["latency average"])


@contextmanager
def _copy(site: BenchSite, *, stock: int) -> Iterator[int]:
    names = {"copy": sql.Identifier(COPY), "origin": sql.Identifier(DATABASE), "role": sql.Identifier(ROLE)}
    drop = sql.SQL("DROP DATABASE IF EXISTS {copy} WITH (FORCE)").format(**names)
    site.server.execute(drop)
    site.server.execute(
        sql.SQL("CREATE DATABASE {copy} OWNER {role} TEMPLATE {origin} STRATEGY file_copy").format(**names)
    )
    try:
        with site.connect(COPY, SUPERUSER) as inside:
            _furnish(inside, stock)
            inside.execute(sql.SQL("GRANT SELECT ON bench_people TO {role}").format(**names))
            row = inside.execute("SELECT count(*) FROM bench_people").fetchone()
            assert row
        yield row[0]
    finally:
        site.server.execute(drop)


def _furnish(inside: psycopg.Connection[Any], stock: int) -> None:
    furnish = sql.SQL(_FURNISH).format(people=PEOPLE, stock=stock)
    for statement in filter(str.strip, furnish.as_string(inside).split(";\n")):
        inside.execute(statement.encode())


def _run(site: BenchSite, *, seconds: int, clients: int, people: int) -> str:
    command = [
        str(postgres_bin_dir() / "pgbench"), "-n", "-M", "prepared", "-f", str(SCRIPT), "-T", str(seconds),
        "-c", str(clients), "-j", str(min(clients, os.cpu_count() or 1)), "-D", f"people={people}",
        "-h", str(site.site.addresses.sockets), "-U", ROLE, COPY,
    ]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Failed(f"pgbench ended with {ended.returncode}:\n{ended.stderr[-3000:]}")
    return ended.stdout


def empty_view(site: BenchSite, url: str, *, clients: int = CLIENTS, seconds: float = 5.0) -> float:
    """Requests a second of a view that does nothing, through the web server that volunteers use."""
    told = site.asking(url, [("empty", "/bench/empty")], readers=clients, seconds=seconds)
    if told["refused"]:
        raise Failed(f"The empty view refused: {told['refused']}")
    return float(told["requests"] / told["seconds"])
