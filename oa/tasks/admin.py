"""Tasks, as moderators see them. Which of them exist follows from the trees, so none is made or changed by hand."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.tasks.models import Draft, LanguageDesk, Task, Waiter
from oa.trees.admin import LanguageFilter


class _Language(LanguageFilter):
    column = "lang"


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "status", "lang", "assignee", "leased_at", "expires_at", "skip_reason")
    list_filter = ("status", "kind", "skip_reason", _Language)
    list_select_related = ("assignee",)
    found_by_id = ("id", "tree_id", "message_id")
    found_by_person = ("assignee_id",)
    ordering = ("-id",)  # ids are in order of time, and indexed


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    """That there is one, not what is in it: it is not handed in yet."""

    list_display = ("task", "revision", "saved_at")
    list_select_related = ("task",)
    found_by_id = ("task_id",)
    found_by_person = ("task__assignee_id",)
    exclude = ("content",)
    ordering = ("-task_id",)


@admin.register(Waiter)
class WaiterAdmin(ReadOnlyAdmin):
    list_display = ("person", "kinds", "langs", "since", "until")
    list_select_related = ("person",)
    found_by_person = ("person_id",)
    found_by_id = ("person_id",)
    ordering = ("since",)


@admin.register(LanguageDesk)
class LanguageDeskAdmin(ReadOnlyAdmin):
    list_display = ("lang", "filled_at", "finished_seen")
    search_fields = ("lang",)
    ordering = ("lang",)
