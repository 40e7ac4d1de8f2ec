"""Failures of jobs and what a worker found, as moderators see them in the admin."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.moderation.models import Checkup, JobFailure


@admin.register(JobFailure)
class JobFailureAdmin(ReadOnlyAdmin):
    list_display = ("job", "error", "number", "first_at", "last_at", "said")
    list_filter = ("job",)
    ordering = ("-last_at", "-id")


@admin.register(Checkup)
class CheckupAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "seconds")
