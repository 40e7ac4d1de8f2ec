"""Detoxify's scores, as moderators see them. A score is what a model said: there is nothing to edit."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.screening.models import ToxicityScore


@admin.register(ToxicityScore)
class ToxicityScoreAdmin(ReadOnlyAdmin):
    list_display = ("message", "toxicity", "severe_toxicity", "insult", "threat", "model_name", "imported", "scored_at")
    list_filter = ("imported",)
    list_select_related = ("message",)
    found_by_id = ("message_id",)
    ordering = ("-message_id",)
