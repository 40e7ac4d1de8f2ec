"""What the admin pages of all apps have in common.

Moderators look, administrators do a little more, and nobody changes by hand what an action would have to keep in step
with something else: a promise is broken by a form that knows one table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

# Django's own classes take no type in brackets when they run.
if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
    AnyInline = admin.TabularInline[Any, Any]
    AnyPaginator = Paginator[Any]
else:
    AnyModelAdmin, AnyInline, AnyPaginator = admin.ModelAdmin, admin.TabularInline, Paginator


def is_moderator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and getattr(request.user, "is_moderator", False))


def is_admin(request: HttpRequest) -> bool:
    return bool(request.user.is_active and getattr(request.user, "is_admin", False))


class EstimatingPaginator(AnyPaginator):
    """Counts exactly while that is cheap. A big table is believed to be as long as PostgreSQL last counted it."""

    EXACT_UP_TO = 50_000

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet) and not rows.query.where:
            guess = _guessed_rows(rows.model._meta.db_table)
            if guess > self.EXACT_UP_TO:
                return guess
        return super().count


def _guessed_rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return int(cursor.fetchone()[0])


class WhyForm(ActionForm):
    """Beside the list of actions: every decision leaves its reason."""

    why = forms.CharField(label=_("Why"), max_length=1000, required=False)


class ReadOnlyAdmin(AnyModelAdmin):
    """A table that moderators look at and nobody edits."""

    paginator = EstimatingPaginator
    show_full_result_count = False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_moderator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_moderator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyInline(AnyInline):
    """Rows shown on the page of what they belong to."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_moderator(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
