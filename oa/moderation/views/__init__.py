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

__all__ = [
    "DecisionsView",
    "DeleteMessageView",
    "DisablePersonView",
    "DismissReportView",
    "EditMessageView",
    "EnablePersonView",
    "HaltTreeView",
    "LeaveView",
    "ModeratedMessageView",
    "PeopleView",
    "ReportMessageView",
    "ReportsView",
    "RestoreMessageView",
    "ResumeTreeView",
    "SetRoleView",
]
