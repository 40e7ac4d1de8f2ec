"""Where figures are found, under /api/v1/."""

from django.urls import path

from oa.stats.views import MyDataView, StatsView

urlpatterns = [
    path("stats", StatsView.as_view(), name="stats"),
    path("me/data", MyDataView.as_view(), name="my_data"),
]
