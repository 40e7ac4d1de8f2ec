"""What the web server loads. One process of many; it keeps nothing of its own between requests."""

import gc
import os

from oa import embedded
from oa.embedded.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
# A web process has short requests enough to gain from connections that stay.
os.environ.setdefault("OA_DB_KEEP", "600")
os.environ.setdefault("OA_DB_LOCK_SECONDS", "15")
embedded.join()
if "OA_SUPERVISED" in os.environ:
    # The web server's workers don't notice when it is killed; `manage.py run` must leave nothing behind even then.
    die_with_parent()

import django  # noqa: E402 - the servers must be up before Django reads settings

django.setup(set_prefix=False)

from django.urls import get_resolver  # noqa: E402 - it reads the settings

from oa.core.threads import ThreadedHandler  # noqa: E402 - it reads the settings

application = ThreadedHandler()
get_resolver().url_patterns  # noqa: B018 - loads every view, so that all that stays is there
# What stays need not be looked through again and again: a full collection takes 0.2 s else, and everybody waits.
gc.collect()
gc.freeze()
