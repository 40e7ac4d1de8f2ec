"""People, as moderators see them. What is decided about a person is a decision with a reason, never an edit here."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from oa.accounts.models import ApiToken, Consent, Terms, User
from oa.core.admin import ReadOnlyAdmin


class SignInForm(AdminAuthenticationForm):
    """The admin's own door, kept as well as the site's: failures are counted, a second factor is not left out."""

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if email and password:
            self.user_cache = get_adapter().authenticate(self.request, email=email, password=password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        super().confirm_login_allowed(cast(User, user))
        if is_mfa_enabled(user):
            raise ValidationError(_("Your account has a second factor. Sign in on the site, then come back here."))


admin.site.login_form = SignInForm


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
    """Versions are looked at; what administrators publish is in `oa.moderation.admin`."""

    list_display = ("version", "published_at")
    ordering = ("-version",)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("version", "text", "published_at") if obj else ("text",)


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
