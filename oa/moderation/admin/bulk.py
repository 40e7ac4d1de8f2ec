"""Decisions about many messages, as moderators see them in the admin. They are made and undone in the panel."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.moderation.models import Batch, BatchItem


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ("id", "verb", "total", "state", "by", "reason", "why", "at", "begun_at", "ended_at", "undo_by")
    list_filter = ("verb", "state", "reason")
    list_select_related = ("by", "undo_by")
    search_fields = ("why",)
    found_by_id = ("id", "by_id")
    found_by_person = ("by_id",)
    date_hierarchy = "at"
    ordering = ("-at", "id")


@admin.register(BatchItem)
class BatchItemAdmin(ReadOnlyAdmin):
    list_display = ("id", "batch", "message", "state", "problem", "decision")
    list_filter = ("state",)
    list_select_related = ("batch", "message", "decision")
    found_by_id = ("batch_id", "message_id", "decision_id")
    ordering = ("id",)
