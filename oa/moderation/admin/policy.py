"""The policy and the terms of use, changed by administrators in the admin. Both leave their own line in the log."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oa.accounts.admin import TermsAdmin
from oa.accounts.models import Terms, User
from oa.core.admin import is_admin
from oa.core.errors import Refusal
from oa.moderation import actions
from oa.trees.admin import PolicyVersionAdmin
from oa.trees.models import PolicyVersion
from oa.trees.rules import PolicyField, policy_fields

admin.site.unregister(PolicyVersion)
admin.site.unregister(Terms)

_FIELD: dict[str, type[forms.Field]] = {
    "int": forms.IntegerField,
    "float": forms.FloatField,
    "bool": forms.BooleanField,
    "choice": forms.ChoiceField,
}


def _form_field(field: PolicyField) -> forms.Field:
    """Yes-or-no fields are never required: an unticked box is an answer."""
    required = field.kind != "bool"
    help_text = f"{field.help} ({_('default')}: {field.default})"
    more: dict[str, Any] = {} if field.choices is None else {"choices": [(choice, choice) for choice in field.choices]}
    return _FIELD[field.kind](label=field.name, help_text=help_text, required=required, **more)


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own takes no type when it runs
    """One question for each field of the policy; what is sent becomes a new version."""

    note = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = PolicyVersion
        fields = ("lang", "note")

    made: PolicyVersion | None = None
    by: User

    def clean(self) -> dict[str, Any]:
        """Make the new version already here, so that a refusal stands beside the form and not in a log."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        values = {field.name: cleaned[field.name] for field in policy_fields()}
        try:
            self.made = actions.change_policy(
                lang=cleaned["lang"], values=values, note=cleaned["note"], by=self.by, now=timezone.now()
            )
        except Refusal as refusal:
            raise forms.ValidationError(f"{refusal.cause} {refusal.remedy}", code=refusal.code) from refusal
        return cleaned


EditPolicy = type("EditPolicy", (PolicyForm,), {field.name: _form_field(field) for field in policy_fields()})


@admin.register(PolicyVersion)
class ChangedPolicyAdmin(PolicyVersionAdmin):
    """Old versions are looked at; "Add" starts from the policy in force (`?lang=de` for that of a language)."""

    tells_itself = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_admin(request)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("PolicyFormOfThisPerson", (EditPolicy,), {"by": request.user})

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        if obj is not None:
            return ("lang", "values", "note", "by", "at")
        return ("lang", "note", *(field.name for field in policy_fields()))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        lang = request.GET.get("lang", "")
        found = PolicyVersion.objects.filter(lang__in=("", lang)).order_by("-lang", "-id").first() or PolicyVersion()
        return {"lang": lang, **found.policy.as_values()}

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return form.made

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """`PolicyForm.clean` has made it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A policy has nothing beside itself."""


@admin.register(Terms)
class PublishedTermsAdmin(TermsAdmin):
    """Administrators publish a new version; what people have agreed to is never changed under them."""

    tells_itself = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_admin(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        made = actions.publish_terms(text=obj.text, by=cast(User, request.user), now=timezone.now())
        obj.version, obj.published_at = made.version, made.published_at
