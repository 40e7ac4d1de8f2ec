"""What the web server loads. One process of many; it keeps nothing of its own between requests."""

import os

from oa import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
# Only a web process has enough short requests to gain from a pool; set OA_DB_POOL=off when PgBouncer pools already.
os.environ.setdefault("OA_DB_POOL", "on")
embedded.join()

from django.core.asgi import get_asgi_application  # noqa: E402 - the servers must be up before Django reads settings

application = get_asgi_application()
