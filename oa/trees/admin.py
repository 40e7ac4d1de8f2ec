"""Trees, messages and policies, as moderators see them. What they do to them is added by `oa.moderation.admin`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.cache import cache
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oa.accounts.models import User
from oa.core.admin import ReadOnlyAdmin, ReadOnlyInline, is_admin
from oa.core.errors import Refusal
from oa.trees import actions
from oa.trees.models import Message, MessageRevision, PolicyVersion, Tree, TreeEvent
from oa.trees.rules import PolicyField, policy_fields

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
class PolicyVersionAdmin(ReadOnlyAdmin):
    """Old versions are looked at; "Add" starts from the policy in force (`?lang=de` for that of a language)."""

    list_display = ("id", "lang", "note", "by", "at")
    list_filter = ("lang",)
    list_select_related = ("by",)
    search_fields = ("note",)
    date_hierarchy = "at"
    ordering = ("-id",)

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


class LanguageFilter(admin.SimpleListFilter):
    """The languages there are trees in. Django's own filter would read a whole table of messages to list them."""

    title = _("language")
    parameter_name = "lang"
    column = "lang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        found = cache.get_or_set("admin.languages", self._languages, 600) or []
        return [(lang, lang) for lang in found]

    @staticmethod
    def _languages() -> list[str]:
        return list(Tree.objects.order_by("lang").values_list("lang", flat=True).distinct())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset


class EventInline(ReadOnlyInline):
    model = TreeEvent
    fields = ("before", "after", "why", "by", "at")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TreeEvent]:
        return TreeEvent.objects.select_related("by")


class RevisionInline(ReadOnlyInline):
    model = MessageRevision
    fields = ("version", "text", "why", "by", "at")
    ordering = ("-version",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MessageRevision]:
        return MessageRevision.objects.select_related("by")


@admin.register(Tree)
class TreeAdmin(ReadOnlyAdmin):
    list_display = ("id", "state", "lang", "archived", "goal_size", "moderated", "created_at")
    list_filter = ("state", LanguageFilter, "archived", "moderated")
    found_by_id = ("id",)
    date_hierarchy = "created_at"
    ordering = ("-created_at", "id")
    inlines = (EventInline,)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = (
        "start", "role", "depth", "lang", "author", "review_result", "rank", "deleted", "withheld", "created_date",
    )  # fmt: skip
    list_filter = ("deleted", "withheld", "review_result", "role", LanguageFilter, "synthetic", "tree__state")
    list_select_related = ("author",)
    found_by_id = ("id", "tree_id")
    found_by_person = ("author_id",)
    date_hierarchy = "created_date"
    ordering = ("-created_date", "id")
    inlines = (RevisionInline,)

    @admin.display(description=_("text"))
    def start(self, message: Message) -> str:
        return message.text[:80]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).select_related("author", "parent", "tree")


@admin.register(TreeEvent)
class TreeEventAdmin(ReadOnlyAdmin):
    list_display = ("id", "tree", "before", "after", "why", "by", "at")
    list_filter = ("after", "why")
    list_select_related = ("tree", "by")
    found_by_id = ("tree_id",)
    date_hierarchy = "at"
    ordering = ("-id",)


@admin.register(MessageRevision)
class MessageRevisionAdmin(ReadOnlyAdmin):
    list_display = ("message", "version", "why", "by", "at")
    list_select_related = ("message", "by")
    found_by_id = ("message_id",)
    date_hierarchy = "at"
    ordering = ("-at", "id")
