"""Ballots and what they came to, as moderators see them. Both have counts and ranks behind them: nothing is edited."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.rankings.models import Ballot, GroupRanking
from oa.trees.admin import LanguageFilter


class _Language(LanguageFilter):
    column = "parent__lang"


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    list_display = ("id", "parent", "by", "counts", "not_rankable", "created_at")
    list_filter = ("counts", "not_rankable", _Language)
    list_select_related = ("parent", "by")
    found_by_id = ("id", "parent_id")
    found_by_person = ("by_id",)
    ordering = ("-id",)  # ids are in order of time, and indexed


@admin.register(GroupRanking)
class GroupRankingAdmin(ReadOnlyAdmin):
    list_display = ("parent", "ballots", "not_rankable", "scored_at")
    list_select_related = ("parent",)
    found_by_id = ("parent_id",)
    ordering = ("-parent_id",)
