"""Where machine opinions are found, under /api/v1/."""

from django.urls import path

from oa.screening import views

urlpatterns = [
    path("screening/status", views.StatusView.as_view(), name="screening_status"),
    path("moderation/set-aside", views.SetAsideView.as_view(), name="set_aside"),
]
