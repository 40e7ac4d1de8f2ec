"""Trees, messages and policies, as moderators see them. What they do to them is added by `oa.moderation.admin`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from oa.core.admin import ReadOnlyAdmin, ReadOnlyInline
from oa.trees.models import Message, MessageRevision, PolicyVersion, Tree, TreeEvent


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ReadOnlyAdmin):
    """Versions are looked at; what administrators add is in `oa.moderation.admin`."""

    list_display = ("id", "lang", "note", "by", "at")
    list_filter = ("lang",)
    list_select_related = ("by",)
    search_fields = ("note",)
    date_hierarchy = "at"
    ordering = ("-id",)


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
