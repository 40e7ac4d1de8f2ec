"""oa/settings.py on servers of this test run's own. pytest-django imports it before any test or conftest."""

import os

from oa.embedded import throwaway

# A worker of pytest-xdist inherits the environment of the run that has started them.
if "PYTEST_XDIST_WORKER" not in os.environ:
    throwaway.start()

from oa.settings import *  # noqa: F403, TID251 - it reads the addresses that were just made

# Argon2 takes 50 ms a person on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Workers of pytest-xdist share one Redis, and a test that clears its cache must not clear another's.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
CACHES["default"]["LOCATION"] = f"{REDIS_URL}?db={1 + int(_worker.removeprefix('gw')) % 15}"  # noqa: F405 - from the settings above

# Tests that commit empty the whole database after them, the log of decisions too, which refuses that in life.
DATABASES["default"]["OPTIONS"]["options"] = "-c oa.may_empty_the_log=yes"  # noqa: F405 - from the settings above
