"""Reviews, as moderators see them. A review changed by hand would leave its counts behind, so none is."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.reviews.models import Review
from oa.trees.admin import LanguageFilter


class _Language(LanguageFilter):
    column = "message__lang"


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("id", "message", "by", "mode", "counts", "labels", "created_at")
    list_filter = ("counts", "mode", _Language)
    list_select_related = ("message", "by")
    found_by_id = ("id", "message_id")
    found_by_person = ("by_id",)
    ordering = ("-id",)  # ids are in order of time, and indexed
