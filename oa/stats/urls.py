"""Where figures are found, under /api/v1/."""

from django.urls import path

from oa.stats.views import MyDataView, StatsView, ToxicityCsvView, ToxicityJsonView, ToxicityView

urlpatterns = [
    path("stats", StatsView.as_view(), name="stats"),
    path("stats/toxicity", ToxicityView.as_view(), name="toxicity"),
    path("stats/toxicity.json", ToxicityJsonView.as_view(), name="toxicity_json"),
    path("stats/toxicity.csv", ToxicityCsvView.as_view(), name="toxicity_csv"),
    path("me/data", MyDataView.as_view(), name="my_data"),
]
