"""For web servers that speak only WSGI; `asgi.py` is what `make run` and docker-compose use."""

import os

from oa import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
# A web process has short requests enough to gain from connections that stay.
os.environ.setdefault("OA_DB_KEEP", "600")
os.environ.setdefault("OA_DB_LOCK_SECONDS", "15")
embedded.join()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the servers must be up before Django reads settings

application = get_wsgi_application()
