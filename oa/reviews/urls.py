"""Where the labels are found, under /api/v1/."""

from django.urls import path

from oa.reviews.views import LabelsView

urlpatterns = [path("labels", LabelsView.as_view(), name="labels")]
