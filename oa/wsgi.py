"""For web servers that speak only WSGI; `asgi.py` is what `make run` and docker-compose use."""

import os

from oa import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
# Only a web process has enough short requests to gain from a pool; set OA_DB_POOL=off when PgBouncer pools already.
os.environ.setdefault("OA_DB_POOL", "on")
embedded.join()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the servers must be up before Django reads settings

application = get_wsgi_application()
