"""What moderators do over HTTP."""

from oa.moderation.views.deciding import (
    DecisionsView,
    DeleteMessageView,
    DisablePersonView,
    DismissReportView,
    EditMessageView,
    EnablePersonView,
    HaltTreeView,
    LeaveView,
    ModeratedMessageView,
    PeopleView,
    ReportMessageView,
    ReportsView,
    RestoreMessageView,
    ResumeTreeView,
    SetRoleView,
)
from oa.moderation.views.triage import LookView, TriageCountsView, TriageView, UnlookView

__all__ = [
    "DecisionsView",
    "DeleteMessageView",
    "DisablePersonView",
    "DismissReportView",
    "EditMessageView",
    "EnablePersonView",
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
