"""What moderators do over HTTP."""

from oa.moderation.views.bulk import (
    BatchesView,
    BatchItemsView,
    BatchView,
    ChosenMessagesView,
    ClustersView,
    RunBatchView,
    UndoBatchView,
)
from oa.moderation.views.health import HealthView
from oa.moderation.views.leaving import LeaveView
from oa.moderation.views.log import DecisionsCsvView, DecisionsJsonLinesView, DecisionsView
from oa.moderation.views.messages import (
    DeleteMessageView,
    DismissMessageView,
    EditMessageView,
    HaltTreeView,
    MarkSpamView,
    ModeratedMessageView,
    MoveTreeView,
    RestoreMessageView,
    ResumeTreeView,
    UndoView,
)
from oa.moderation.views.people import BanView, LiftBanView, PeopleView, SetRoleView
from oa.moderation.views.policy import PolicyHistoryView, PolicyPreviewView, PolicyView
from oa.moderation.views.profile import ProfileView, TrollboardView
from oa.moderation.views.reports import DismissReportView, ReportMessageView, ReportsView
from oa.moderation.views.set_aside import RetryView
from oa.moderation.views.triage import LookView, TriageCountsView, TriageView, UnlookView

__all__ = [
    "BanView",
    "BatchItemsView",
    "BatchView",
    "BatchesView",
    "ChosenMessagesView",
    "ClustersView",
    "DecisionsCsvView",
    "DecisionsJsonLinesView",
    "DecisionsView",
    "DeleteMessageView",
    "DismissMessageView",
    "DismissReportView",
    "EditMessageView",
    "HaltTreeView",
    "HealthView",
    "LeaveView",
    "LiftBanView",
    "LookView",
    "MarkSpamView",
    "ModeratedMessageView",
    "MoveTreeView",
    "PeopleView",
    "PolicyHistoryView",
    "PolicyPreviewView",
    "PolicyView",
    "ProfileView",
    "ReportMessageView",
    "ReportsView",
    "RestoreMessageView",
    "ResumeTreeView",
    "RetryView",
    "RunBatchView",
    "SetRoleView",
    "TriageCountsView",
    "TriageView",
    "TrollboardView",
    "UndoBatchView",
    "UndoView",
    "UnlookView",
]
