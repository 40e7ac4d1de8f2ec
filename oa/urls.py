"""The frame: what is not of any one app. Each app's own paths are in its `urls.py`."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from oa.core import docs, health, metrics, problems, webapp

API: list[URLPattern | URLResolver] = [
    path("schema", docs.SchemaView.as_view(), name="schema"),
    path("docs", docs.DocsView.as_view(url_name="schema"), name="docs"),
    path("", include("oa.tasks.urls")),  # first: nine of ten requests are for these
    path("", include("oa.accounts.urls")),
    path("", include("oa.trees.urls")),
    path("", include("oa.reviews.urls")),
    path("", include("oa.screening.urls")),
    path("", include("oa.community.urls")),
    path("", include("oa.moderation.urls")),
    path("", include("oa.datasets.urls")),
    path("", include("oa.stats.urls")),
]

urlpatterns = [
    path("api/v1/", include(API)),
    path("admin/", admin.site.urls),
    path("_allauth/", include("allauth.headless.urls")),
    re_path(r"^api/", csrf_exempt(problems.unknown_path), name="unknown_path"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    re_path(webapp.PAGES, webapp.page, name="page"),
]

handler400 = "oa.core.problems.bad_request"
handler500 = "oa.core.problems.server_error"
