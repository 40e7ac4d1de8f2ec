"""Reviews, as moderators see them. A review changed by hand would leave its counts behind, so none is."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.reviews.models import Review


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("id", "message", "by", "mode", "counts", "labels", "created_at")
    list_filter = ("counts", "mode", "message__lang")
    list_select_related = ("message", "by")
    search_fields = ("=id", "=message__id", "=by__email")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "id")
