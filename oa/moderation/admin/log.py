"""The log of decisions, as moderators see it in the admin. Nobody adds to it here, and nobody takes away."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.moderation.models import Decision


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("id", "verb", "by", "reason", "why", "person", "tree", "message", "at")
    list_filter = ("verb", "reason")
    list_select_related = ("by", "person", "tree", "message")
    search_fields = ("why",)
    found_by_id = ("id", "tree_id", "message_id", "person_id", "batch_id", "undoes_id")
    found_by_person = ("by_id", "person_id")
    date_hierarchy = "at"
    ordering = ("-at", "id")
