"""What the web server loads. One process of many; it keeps nothing of its own between requests."""

import os

from oa import embedded
from oa.embedded.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
# Only a web process has enough short requests to gain from a pool; set OA_DB_POOL=off when PgBouncer pools already.
os.environ.setdefault("OA_DB_POOL", "on")
embedded.join()
if "OA_SUPERVISED" in os.environ:
    # The web server's workers don't notice when it is killed; `manage.py run` must leave nothing behind even then.
    die_with_parent()

from django.core.asgi import get_asgi_application  # noqa: E402 - the servers must be up before Django reads settings

application = get_asgi_application()
