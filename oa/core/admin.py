"""What the admin pages of all apps have in common.

Moderators look, administrators do a little more, and nobody changes by hand what an action would have to keep in step
with something else: a promise is broken by a form that knows one table.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, Q, QuerySet
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


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody did in the administration pages: names and numbers, no contents."""

    did: str
    model: str
    objects: list[str]
    fields: list[str]
    person: Any = None


# Who is told of what is written in the administration pages. Apps above this one add themselves.
_told: list[Callable[[Written, Any], object]] = []


def tell_of_writes(listener: Callable[[Written, Any], object]) -> None:
    """Have `listener` called with whatever is written from now on, and by whom, in the transaction that writes it."""
    _told.append(listener)


def _any(lookups: Mapping[str, object]) -> Q:
    return Q.create(list(lookups.items()), connector=Q.OR)


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


class Telling(AnyModelAdmin):
    """Tells of whatever is written, unless the page leaves its own, better line in the log (`tells_itself = True`)."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._tell(request, "add", [obj], message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._tell(request, "change", [obj], message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        self._tell(request, "delete", list(queryset), [])
        return super().log_deletions(request, queryset)

    def _tell(self, request: HttpRequest, did: str, rows: list[Any], message: Any) -> None:
        if getattr(self, "tells_itself", False):  # not an attribute here: it would go before that of the page
            return
        parts = [part for step in message for part in step.values()] if isinstance(message, list) else []
        written = Written(
            did=did, model=self.opts.label, objects=[str(row.pk) for row in rows],
            fields=[str(field) for part in parts for field in part.get("fields", [])],
            person=_whose(rows),
        )  # fmt: skip
        for listener in _told:
            listener(written, request.user)


def _whose(rows: list[Any]) -> Any:
    """The person that these rows are about, if it is one."""
    found = {
        person for row in rows for person in (row, getattr(row, "user", None)) if isinstance(person, AbstractBaseUser)
    }
    return found.pop() if len(found) == 1 else None


class Site(admin.AdminSite):
    """The administration pages: whichever app a page comes from, what is written on it is told."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        pages = admin_class or admin.ModelAdmin
        telling = types.new_class(pages.__name__, (Telling, pages))
        telling.__module__ = pages.__module__
        super().register(model_or_iterable, telling, **options)


class WhyForm(ActionForm):
    """Beside the list of actions: every decision leaves its reason."""

    why = forms.CharField(label=_("Why"), max_length=1000, required=False)


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


class ReadOnlyAdmin(AnyModelAdmin):
    """A table that moderators look at and nobody edits.

    Django's own search looks through every row. Here a whole id is found among `found_by_id` and an e-mail address
    among `found_by_person`, through their indexes; `search_fields` are for small tables.
    """

    found_by_id: tuple[str, ...] = ()
    found_by_person: tuple[str, ...] = ()
    search_help_text = _("A whole id or e-mail address.")

    paginator = EstimatingPaginator
    show_full_result_count = False
    list_per_page = 50

    def get_search_fields(self, request: HttpRequest) -> Any:
        return (*self.search_fields, *self.found_by_id, *self.found_by_person)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        number, people = uuid_of(search_term), get_user_model()._default_manager.filter(email=search_term.lower())
        if number and self.found_by_id:
            return queryset.filter(_any({name: number for name in self.found_by_id})), False
        if "@" in search_term and self.found_by_person:
            found = list(people.values_list("pk", flat=True))
            return queryset.filter(_any({f"{name}__in": found for name in self.found_by_person})), False
        if search_term and not self.search_fields:
            return queryset.none(), False
        return self._search_small_table(queryset, search_term)

    def _search_small_table(self, queryset: QuerySet[Any], term: str) -> Any:
        wanted = _any({f"{name}__icontains": term for name in self.search_fields}) if term else Q()
        return queryset.filter(wanted), False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether the address may filter by this. What is not shown can't be guessed letter by letter either."""
        hidden = lookup.split("__")[0] in (self.exclude or ())
        return not hidden and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if any("\0" in value for value in request.GET.values()):
            raise BadRequest("a NUL character can't be looked for")
        return super().changelist_view(request, extra_context)

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
