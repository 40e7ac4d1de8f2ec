"""A database with all our tables, made once in a test run: bringing one there costs each site a quarter of a minute."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from oa.embedded import client, data_dir, locks
from oa.embedded.places import PROJECT, Site

MADE_WITHIN = 400.0


def lay_down(site: Site) -> None:
    """The servers of this site, which have never run, begin with a database that is up to date."""
    shutil.copytree(_template().cluster, site.cluster)


def _template() -> Site:
    """In the folder of the test run, with which it goes away; its servers do not run."""
    template = Site(data_dir() / "migrated")
    template.prepare()
    whole = template.folder / "whole"
    lock = locks.open_lock(template.folder / "making.lock")
    try:
        assert locks.take(lock, within=MADE_WITHIN), "another process is still at it"
        if not whole.exists():
            _migrate(template)
            whole.touch()
    finally:
        os.close(lock)
    return template


def _migrate(site: Site) -> None:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}
    surroundings |= {"OA_DATA_DIR": str(site.folder), "DJANGO_SETTINGS_MODULE": "oa.settings"}
    membership = client.enter(site)
    try:
        command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
        subprocess.run(command, cwd=PROJECT, env=surroundings, check=True)
    finally:
        client.leave(site, membership)
