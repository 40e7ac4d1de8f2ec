"""Where figures are found, under /api/v1/."""

from django.urls import path

from oa.stats.views import StatsView

urlpatterns = [path("stats", StatsView.as_view(), name="stats")]
