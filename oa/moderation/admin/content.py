"""What moderators do to trees and messages in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from oa.core.admin import WhyForm
from oa.moderation import actions
from oa.moderation.admin.deciding import decide
from oa.trees.admin import MessageAdmin, TreeAdmin
from oa.trees.models import Message, Tree

admin.site.unregister(Tree)
admin.site.unregister(Message)


@admin.register(Tree)
class ModeratedTreeAdmin(TreeAdmin):
    action_form = WhyForm
    actions = ("halt", "resume")

    @admin.action(description=_("Halt the chosen trees"))
    def halt(self, request: HttpRequest, trees: QuerySet[Tree]) -> None:
        decide(request, trees, actions.halt_tree, "tree_id")

    @admin.action(description=_("Resume the chosen trees"))
    def resume(self, request: HttpRequest, trees: QuerySet[Tree]) -> None:
        decide(request, trees, actions.resume_tree, "tree_id")


@admin.register(Message)
class ModeratedMessageAdmin(MessageAdmin):
    action_form = WhyForm
    actions = ("look", "delete_with_subtree", "restore")

    @admin.action(description=_("Leave the chosen messages as they are: I have looked"))
    def look(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        decide(request, chosen, actions.look, "message_id")

    @admin.action(description=_("Delete the chosen messages with everything below them"))
    def delete_with_subtree(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        decide(request, chosen, actions.delete_message, "message_id")

    @admin.action(description=_("Restore the chosen messages"))
    def restore(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        decide(request, chosen, actions.restore_message, "message_id")
