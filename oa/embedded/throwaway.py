"""A PostgreSQL and a Valkey that live as long as this process and leave nothing: for one test run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from oa.embedded import client
from oa.embedded.places import Site

# What a developer's shell may hold for real work, and tests must never touch or depend on.
FORGET = (
    "DATABASE_URL",
    "DATABASE_URL_FILE",
    "REDIS_URL",
    "REDIS_URL_FILE",
    "OA_DEBUG",
    "OA_DEMO",
    "OA_DB_KEEP",
    "OA_DB_LOCK_SECONDS",
    "OA_PGBOUNCER",
    "SECRET_KEY",
)


def start() -> Site:
    """Call it before Django reads its settings: they take the addresses from OA_DATA_DIR."""
    for name in FORGET:
        os.environ.pop(name, None)
    site = Site(Path(tempfile.mkdtemp(prefix="oa-test-")).resolve())
    os.environ["OA_DATA_DIR"] = str(site.folder)
    os.environ["OA_EMBEDDED_DURABLE"] = "off"
    membership = client.enter(site)
    atexit.register(stop, site, membership, os.getpid())
    return site


def stop(site: Site, membership: int, starter: int) -> None:
    if os.getpid() != starter:
        return  # a child that was forked from the test run, and ends before it
    client.leave(site, membership)
    shutil.rmtree(site.folder, ignore_errors=True)
    shutil.rmtree(site.addresses.sockets, ignore_errors=True)
