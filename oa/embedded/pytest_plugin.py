"""A PostgreSQL and a Valkey for one test run, thrown away after it. Loaded by `-p` in pyproject.toml."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from oa.embedded import client
from oa.embedded.places import Site

_running = pytest.StashKey[tuple[Site, int]]()


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before pytest-django reads the settings: they take the addresses from OA_DATA_DIR."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # its controller has started them, and the environment came with it
    # Tests never touch servers that somebody named for real work.
    for name in ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "REDIS_URL_FILE", "OA_DEMO", "OA_DB_POOL"):
        os.environ.pop(name, None)
    site = Site(Path(tempfile.mkdtemp(prefix="oa-test-")).resolve())
    os.environ["OA_DATA_DIR"] = str(site.folder)
    os.environ["OA_EMBEDDED_DURABLE"] = "off"
    early_config.stash[_running] = (site, client.enter(site))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _running not in config.stash:
        return
    site, membership = config.stash[_running]
    client.leave(site, membership)
    shutil.rmtree(site.folder, ignore_errors=True)
    shutil.rmtree(site.addresses.sockets, ignore_errors=True)
