"""The frame: what is not of any one app. Each app's own paths are in its `urls.py`."""

from django.contrib import admin
from django.urls import include, path

from oa.core import health, metrics

urlpatterns = [
    path("admin/", admin.site.urls),
    path("_allauth/", include("allauth.headless.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]
