"""Cases and doubts, in the admin: to look only. They are decided in moderators' queue."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.moderation.models import Case, Doubt


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = (
        "id", "severity", "causes", "message", "person", "appeal", "purge", "lang", "opened_at", "claimed_by",
        "claimed_until", "closed_at", "closed_by",
    )  # fmt: skip
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "lang")
    list_select_related = (
        "message", "person", "appeal__by", "purge__message", "purge__person", "claimed_by", "closed_by",
    )  # fmt: skip
    found_by_id = ("id", "message_id", "person_id", "appeal_id", "purge_id")
    found_by_person = ("person_id", "claimed_by_id")
    ordering = ("-severity", "opened_at", "id")


@admin.register(Doubt)
class DoubtAdmin(ReadOnlyAdmin):
    list_display = ("id", "message", "person", "since")
    list_select_related = ("message", "person")
    found_by_id = ("message_id", "person_id")
    found_by_person = ("person_id",)
    ordering = ("-id",)
