"""Detoxify's scores, as moderators see them. A score is what a model said: there is nothing to edit."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.screening.models import Due, Machine, Opinion, ToxicityScore


@admin.register(ToxicityScore)
class ToxicityScoreAdmin(ReadOnlyAdmin):
    list_display = (
        "message", "peak", "toxicity", "severe_toxicity", "insult", "threat", "model_name", "imported", "scored_at",
        "looked_at", "looked_by",
    )  # fmt: skip
    list_filter = ("imported", ("looked_at", admin.EmptyFieldListFilter))
    list_select_related = ("message", "looked_by")
    found_by_id = ("message_id",)
    ordering = ("-message_id",)


@admin.register(Opinion)
class OpinionAdmin(ReadOnlyAdmin):
    list_display = ("message", "language", "language_sure", "personal_data", "twin", "likeness", "read_at")
    list_filter = ("language",)
    list_select_related = ("message", "twin")
    found_by_id = ("message_id",)
    ordering = ("-message_id",)


@admin.register(Due)
class DueAdmin(ReadOnlyAdmin):
    list_display = ("message", "kind", "version", "tries", "not_before", "set_aside", "error")
    list_filter = ("kind", "set_aside")
    list_select_related = ("message",)
    found_by_id = ("message_id",)
    ordering = ("-message_id",)


@admin.register(Machine)
class MachineAdmin(ReadOnlyAdmin):
    list_display = ("state", "model_name", "precision", "lack", "problem", "at")
