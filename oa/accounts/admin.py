"""People, as moderators see them. What is decided about a person is a decision with a reason, never an edit here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from oa.accounts import actions
from oa.accounts.models import ApiToken, Consent, Terms, User
from oa.core.admin import ReadOnlyAdmin, is_admin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("id", "display_name", "email", "role", "is_active", "imported", "created_at")
    list_filter = ("role", "is_active", "imported")
    found_by_id = ("id",)
    found_by_person = ("pk",)
    exclude = ("password", "groups", "user_permissions")
    ordering = ("-created_at", "id")


@admin.register(Terms)
class TermsAdmin(ReadOnlyAdmin):
    """Administrators publish a new version; what people have agreed to is never changed under them."""

    list_display = ("version", "published_at")
    ordering = ("-version",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_admin(request)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("version", "text", "published_at") if obj else ("text",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        made = actions.publish_terms(text=obj.text, now=timezone.now())
        obj.version, obj.published_at = made.version, made.published_at


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ("id", "person", "terms", "given", "at")
    list_filter = ("given", "terms")
    list_select_related = ("person", "terms")
    found_by_person = ("person_id",)
    found_by_id = ("person_id",)
    ordering = ("-id",)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = ("id", "person", "name", "scopes", "created_at", "expires_at", "revoked_at")
    list_select_related = ("person",)
    found_by_id = ("id", "person_id")
    found_by_person = ("person_id",)
    exclude = ("digest",)
    ordering = ("-id",)
