"""Populations that are kept in the bench's own cluster, so that only the first measurement waits for them.

`ready(site, trees=…)` gives the site's database this population, new: a copy of a template that is made when there is
none. A template of other tables (another migration) or another population (another source) is another template. Where
the disk has no room for copies (a million trees are 30 GB), the template itself becomes the site's database.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from oa.embedded.places import PROJECT, Site
from oa.embedded.rules import DATABASE, ROLE, SUPERUSER

Tell = Callable[[str], None]
COPIES = 2
"""For the site, and for `pgbench` beside it."""
# While a template is made nothing is worth keeping: a crash costs that template. Afterwards as in production.
HASTE = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "max_wal_size": "'16GB'"}


def fingerprint() -> str:
    """Of everything that decides what is in a template: migrations and the sources of populations."""
    sources = sorted([*PROJECT.glob("oa/*/migrations/*.py"), *Path(__file__).parent.glob("*.py")])
    found = hashlib.sha256()
    for path in sources:
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:10]


def name_of(trees: int, growing: int | None) -> str:
    return f"bench_{trees}_{'usual' if growing is None else growing}_{fingerprint()}"


def ready(site: Site, *, trees: int, growing: int | None = None, anew: bool = False, tell: Tell) -> str:
    """Give the site, whose servers run and nobody else uses, a database with this population. Gives its template."""
    name = name_of(trees, growing)
    with superuser(site) as connection:
        if anew:
            _drop(connection, name)
        if not _exists(connection, name):
            _forget_older(connection, trees, growing)
            _make(site, connection, name, trees=trees, growing=growing, tell=tell)
        _drop(connection, DATABASE)
        _given(site, connection, name, tell)
    return name


def _given(site: Site, connection: psycopg.Connection[tuple[object, ...]], name: str, tell: Tell) -> None:
    row = connection.execute("SELECT pg_database_size(%s)", [name]).fetchone()
    assert row
    if shutil.disk_usage(site.folder).free < COPIES * int(str(row[0])):
        renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(renamed.format(*map(sql.Identifier, (name, DATABASE))))
        tell(f"{name} itself is used, and not kept: the disk has no room for {COPIES} copies of it")
        return
    began = time.perf_counter()
    copied = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy")
    connection.execute(copied.format(*map(sql.Identifier, (DATABASE, ROLE, name))))
    tell(f"{name} copied: {time.perf_counter() - began:.1f} s")


@contextmanager
def superuser(site: Site, database: str = "postgres") -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Whoever reaches the sockets may come in as the cluster's own superuser."""
    host = str(site.addresses.sockets)
    with psycopg.connect(host=host, user=SUPERUSER, dbname=database, autocommit=True) as connection:
        yield connection


def _exists(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _forget_older(connection: psycopg.Connection[tuple[object, ...]], trees: int, growing: int | None) -> None:
    """Templates of the same size from other sources take much room and serve nobody."""
    like = name_of(trees, growing).removesuffix(fingerprint()).replace("_", r"\_") + "%"
    for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like]).fetchall():
        _drop(connection, str(name))


def _make(
    site: Site,
    connection: psycopg.Connection[tuple[object, ...]],
    name: str,
    *,
    trees: int,
    growing: int | None,
    tell: Tell,
) -> None:
    """In the site's own database, which then gets the name of the template when it is whole."""
    _drop(connection, DATABASE)
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
    )  # fmt: skip
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "REDIS_"))}
    environ |= {"OA_DATA_DIR": str(site.folder), "DJANGO_SETTINGS_MODULE": "oa.settings"}
    with _hurried(connection):
        for words in (
            ["manage.py", "migrate", "--no-input", "--verbosity=0"],
            ["-m", "tests.bench.population", "--fill", f"--trees={trees}"]
            + ([] if growing is None else [f"--growing={growing}"]),
        ):
            subprocess.run([sys.executable, "-W", "ignore", *words], cwd=PROJECT, env=environ, check=True)
        began = time.perf_counter()
        with psycopg.connect(site.addresses.database_url, autocommit=True) as own:
            own.execute("VACUUM (ANALYZE)")
        tell(f"vacuum and analyze: {time.perf_counter() - began:.1f} s")
        connection.execute("CHECKPOINT")
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(DATABASE), sql.Identifier(name))
    )  # fmt: skip


@contextmanager
def _hurried(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[None]:
    """What is written meanwhile reaches the disk at the end."""
    for name, value in HASTE.items():
        connection.execute(f"ALTER SYSTEM SET {name} = {value}")
    connection.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        for name in HASTE:
            connection.execute(f"ALTER SYSTEM RESET {name}")
        connection.execute("SELECT pg_reload_conf()")
        os.sync()
