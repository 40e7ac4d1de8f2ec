"""Imports in the admin: to look at."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.datasets.models import ImportedTree, ImportProblem, ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ("at", "name", "form", "into", "origin", "licence", "dry_run", "state", "by")
    list_select_related = ("by",)
    list_filter = ("state", "form", "into", "dry_run")
    ordering = ("-at", "-id")


@admin.register(ImportProblem)
class ImportProblemAdmin(ReadOnlyAdmin):
    list_display = ("run", "line", "code", "words")
    list_select_related = ("run",)
    list_filter = ("code",)
    ordering = ("-id",)


@admin.register(ImportedTree)
class ImportedTreeAdmin(ReadOnlyAdmin):
    list_display = ("tree_id", "run")
    list_select_related = ("run",)
    ordering = ("-tree_id",)
