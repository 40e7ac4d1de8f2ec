"""oa/settings.py on servers of this test run's own. pytest-django imports it before any test or conftest."""

import os

from oa import embedded
from oa.embedded import throwaway

# A worker of pytest-xdist inherits the environment of the run that has started them.
_worker = os.environ.get("PYTEST_XDIST_WORKER")
if _worker is None:
    throwaway.start()
# They share one Redis, where each has a database of its own: nobody takes what waits for another, or empties it.
_database = 0 if _worker is None else 1 + int(_worker.removeprefix("gw"))
os.environ["REDIS_URL"] = f"{embedded.addresses().redis_url}?db={_database}"

from oa.settings import *  # noqa: E402, F403, TID251 - it reads the addresses that were just made

# Argon2 takes 50 ms a person on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Tests that commit empty the whole database after them, the log of decisions too, which refuses that in life.
DATABASES["default"]["OPTIONS"]["options"] = "-c oa.may_empty_the_log=yes"  # noqa: F405 - from the settings above
