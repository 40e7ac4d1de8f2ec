"""Reports, and closing them in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from oa.core.admin import ReadOnlyAdmin, WhyForm
from oa.moderation import actions
from oa.moderation.admin.deciding import decide
from oa.moderation.models import Report


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
        decide(request, reports, actions.dismiss_report, "report_id")
