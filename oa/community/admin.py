"""To look only: what is written here follows from work, and the database refuses to change the ledger."""

from __future__ import annotations

from django.contrib import admin

from oa.community.models import ActiveDay, Award, Entry, Member, Notice, Reaction, Tally, Total
from oa.core.admin import ReadOnlyAdmin


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("id", "person", "reason", "points", "lang", "tree_id", "message_id", "at")
    list_filter = ("reason",)
    list_select_related = ("person",)
    raw_id_fields = ("message", "tree")
    found_by_id = ("tree_id", "message_id", "subject", "person_id")
    found_by_person = ("person_id",)
    ordering = ("-id",)


@admin.register(Total)
class TotalAdmin(ReadOnlyAdmin):
    list_display = ("person", "period", "lang", "starts", "points", "tasks", "shown", "reached_at")
    list_filter = ("period",)
    list_select_related = ("person",)
    found_by_person = ("person_id",)
    ordering = ("-id",)


@admin.register(Tally)
class TallyAdmin(ReadOnlyAdmin):
    list_display = ("person", "reason", "lang", "times")
    list_filter = ("reason",)
    list_select_related = ("person",)
    found_by_person = ("person_id",)
    ordering = ("-id",)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("id", "person", "kind", "key", "muted", "at", "read_at")
    list_filter = ("kind", "muted")
    list_select_related = ("person",)
    found_by_id = ("id", "tree_id", "person_id")
    found_by_person = ("person_id",)
    ordering = ("-id",)


@admin.register(Reaction)
class ReactionAdmin(ReadOnlyAdmin):
    list_display = ("id", "person", "emoji", "message", "at")
    list_filter = ("emoji",)
    list_select_related = ("person", "message")
    found_by_id = ("message_id", "person_id")
    found_by_person = ("person_id",)
    ordering = ("-id",)


@admin.register(Member)
class MemberAdmin(ReadOnlyAdmin):
    list_display = ("person", "show_on_boards", "digest", "digested_at")
    list_filter = ("digest", "show_on_boards")
    list_select_related = ("person",)
    found_by_person = ("person_id",)
    ordering = ("person_id",)


@admin.register(ActiveDay)
class ActiveDayAdmin(ReadOnlyAdmin):
    list_display = ("person", "day")
    list_select_related = ("person",)
    found_by_person = ("person_id",)
    ordering = ("-id",)


@admin.register(Award)
class AwardAdmin(ReadOnlyAdmin):
    list_display = ("person", "code", "at")
    list_filter = ("code",)
    list_select_related = ("person",)
    found_by_person = ("person_id",)
    ordering = ("-id",)
