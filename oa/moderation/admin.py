"""What moderators do in the admin. Each action is one of the verbs of `oa.moderation.actions`, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oa.core.admin import ReadOnlyAdmin, WhyForm
from oa.core.errors import Refusal
from oa.moderation import actions
from oa.moderation.models import Decision, Report
from oa.trees.admin import MessageAdmin, TreeAdmin
from oa.trees.models import Message, Tree


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("id", "verb", "by", "why", "person", "tree", "message", "at")
    list_filter = ("verb",)
    list_select_related = ("by", "person", "tree", "message")
    search_fields = ("why",)
    found_by_id = ("id", "tree_id", "message_id", "person_id")
    found_by_person = ("by_id", "person_id")
    date_hierarchy = "at"
    ordering = ("-at", "id")


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("id", "reason", "message", "by", "note", "at", "handled_at")
    list_filter = ("reason", ("handled_at", admin.EmptyFieldListFilter))
    list_select_related = ("by", "message")
    found_by_id = ("id", "message_id", "by_id")
    found_by_person = ("by_id",)
    ordering = ("-handled_at", "-at", "-id")
    action_form = WhyForm
    actions = ("dismiss",)

    @admin.action(description=_("Close the chosen reports"))
    def dismiss(self, request: HttpRequest, reports: QuerySet[Report]) -> None:
        _decide(request, reports, actions.dismiss_report, "report_id")


def _decide(request: HttpRequest, rows: QuerySet[Any], decide: Callable[..., Decision], name: str) -> None:
    """One decision for each row chosen. A refusal is shown and the rest go on."""
    why = request.POST.get("why", "").strip()
    if not why:
        messages.error(request, _("Nothing was done: please say why, in the field beside the action."))
        return
    done = 0
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        try:
            decide(**{name: pk}, why=why[:1000], by=request.user, now=timezone.now())
            done += 1
        except Refusal as refusal:
            messages.warning(request, f"{pk}: {refusal.cause} {refusal.remedy}")
    if done:
        messages.success(request, ngettext("%d decision was made.", "%d decisions were made.", done) % done)


admin.site.unregister(Tree)
admin.site.unregister(Message)


@admin.register(Tree)
class ModeratedTreeAdmin(TreeAdmin):
    action_form = WhyForm
    actions = ("halt", "resume")

    @admin.action(description=_("Halt the chosen trees"))
    def halt(self, request: HttpRequest, trees: QuerySet[Tree]) -> None:
        _decide(request, trees, actions.halt_tree, "tree_id")

    @admin.action(description=_("Resume the chosen trees"))
    def resume(self, request: HttpRequest, trees: QuerySet[Tree]) -> None:
        _decide(request, trees, actions.resume_tree, "tree_id")


@admin.register(Message)
class ModeratedMessageAdmin(MessageAdmin):
    action_form = WhyForm
    actions = ("look", "delete_with_subtree", "restore")

    @admin.action(description=_("Leave the chosen messages as they are: I have looked"))
    def look(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        _decide(request, chosen, actions.look, "message_id")

    @admin.action(description=_("Delete the chosen messages with everything below them"))
    def delete_with_subtree(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        _decide(request, chosen, actions.delete_message, "message_id")

    @admin.action(description=_("Restore the chosen messages"))
    def restore(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        _decide(request, chosen, actions.restore_message, "message_id")
