"""Ballots and what they came to, as moderators see them. Both have counts and ranks behind them: nothing is edited."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.rankings.models import Ballot, GroupRanking


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    list_display = ("id", "parent", "by", "counts", "not_rankable", "created_at")
    list_filter = ("counts", "not_rankable", "parent__lang")
    list_select_related = ("parent", "by")
    search_fields = ("=id", "=parent__id", "=by__email")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "id")


@admin.register(GroupRanking)
class GroupRankingAdmin(ReadOnlyAdmin):
    list_display = ("parent", "ballots", "not_rankable", "scored_at")
    list_select_related = ("parent",)
    search_fields = ("=parent__id",)
    date_hierarchy = "scored_at"
    ordering = ("-scored_at", "parent_id")
