"""Reports, as moderators see them: that they are made, and how long it takes. What they say is shown on their pages."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from oa.core.admin import ReadOnlyAdmin
from oa.stats.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("kind", "begun_at", "made_at", "seconds")
    list_filter = ("kind",)
    exclude = ("data",)
    ordering = ("-begun_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).defer("data")
