"""Releases in the admin: to look at. What is done with them is done in the moderation panel or a terminal."""

from __future__ import annotations

from django.contrib import admin

from oa.core.admin import ReadOnlyAdmin
from oa.datasets.models import Release, ReleaseFile, ReleaseMember, Withdrawal


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("name", "state", "licence", "taken_at", "published_at", "by")
    list_filter = ("state",)
    ordering = ("-at", "-id")
    # Whoever has the key can tell who wrote what.
    exclude = ("key",)


@admin.register(ReleaseFile)
class ReleaseFileAdmin(ReadOnlyAdmin):
    list_display = ("path", "release", "form", "packing", "split", "rows", "bytes", "sha256")
    list_select_related = ("release",)
    list_filter = ("form", "packing")
    ordering = ("-id",)


@admin.register(ReleaseMember)
class ReleaseMemberAdmin(ReadOnlyAdmin):
    list_display = ("message_id", "release")
    list_select_related = ("release",)
    ordering = ("-id",)


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "message_id", "given_back_at")
    list_select_related = ("by",)
    ordering = ("-at", "-id")
