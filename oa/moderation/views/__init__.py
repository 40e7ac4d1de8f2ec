"""What moderators do over HTTP."""

from oa.moderation.views.leaving import LeaveView
from oa.moderation.views.log import DecisionsView
from oa.moderation.views.messages import (
    DeleteMessageView,
    EditMessageView,
    HaltTreeView,
    ModeratedMessageView,
    RestoreMessageView,
    ResumeTreeView,
)
from oa.moderation.views.people import BanView, LiftBanView, PeopleView, SetRoleView
from oa.moderation.views.reports import DismissReportView, ReportMessageView, ReportsView
from oa.moderation.views.triage import LookView, TriageCountsView, TriageView, UnlookView

__all__ = [
    "DecisionsView",
    "DeleteMessageView",
    "BanView",
    "DismissReportView",
    "EditMessageView",
    "LiftBanView",
    "HaltTreeView",
    "LeaveView",
    "LookView",
    "ModeratedMessageView",
    "PeopleView",
    "ReportMessageView",
    "ReportsView",
    "RestoreMessageView",
    "ResumeTreeView",
    "SetRoleView",
    "TriageCountsView",
    "TriageView",
    "UnlookView",
]
