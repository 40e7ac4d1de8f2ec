"""Sightings in the admin: who shares a network. Read-only, and without the digests."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.moderation.models import Sighting


@admin.register(Sighting)
class SightingAdmin(ReadOnlyAdmin):
    list_display = ("id", "person", "day")
    list_select_related = ("person",)
    fields = ("id", "person", "day")
    found_by_id = ("person_id",)
    found_by_person = ("person_id",)
    ordering = ("-day", "-id")
