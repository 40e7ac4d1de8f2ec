"""Notes about people, appeals, erasures and mails about decisions, in the admin: to look only."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.moderation.models import Appeal, Letter, Note, Purge


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    list_display = ("id", "person", "text", "by", "at")
    list_select_related = ("person", "by")
    found_by_id = ("id", "person_id", "by_id")
    found_by_person = ("person_id", "by_id")
    ordering = ("-at", "-id")


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin):
    list_display = ("id", "by", "decision", "text", "at", "outcome", "decided_by", "decided_at")
    list_filter = ("outcome", ("decided_at", admin.EmptyFieldListFilter))
    list_select_related = ("by", "decision__by", "decided_by")
    found_by_id = ("id", "decision_id", "by_id")
    found_by_person = ("by_id", "against_id", "decided_by_id")
    ordering = ("-decided_at", "-at", "-id")


@admin.register(Purge)
class PurgeAdmin(ReadOnlyAdmin):
    list_display = (
        "id", "message", "person", "why", "asked_by", "asked_at", "confirmed_by", "called_off_at", "done_at", "total",
        "erased",
    )  # fmt: skip
    list_select_related = ("message", "person", "asked_by", "confirmed_by")
    found_by_id = ("id", "message_id", "person_id")
    found_by_person = ("person_id", "asked_by_id", "confirmed_by_id")
    ordering = ("-asked_at", "-id")


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ("id", "decision", "person", "tries", "not_before", "sent_at")
    list_filter = (("sent_at", admin.EmptyFieldListFilter),)
    list_select_related = ("decision__by", "person")
    found_by_id = ("decision_id", "person_id")
    found_by_person = ("person_id",)
    ordering = ("-id",)
