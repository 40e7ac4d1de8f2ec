"""What moderators do over HTTP."""

from oa.moderation.views.appeals import AppealFiguresView, AppealsView, GrantView, UpholdView
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
from oa.moderation.views.mine import AppealByLinkView, AppealView, OwnDecisionsView
from oa.moderation.views.people import PeopleView
from oa.moderation.views.policy import PolicyHistoryView, PolicyPreviewView, PolicyView
from oa.moderation.views.profile import ProfileView, TrollboardView
from oa.moderation.views.purges import CallOffPurgeView, ConfirmPurgeView, PurgesView
from oa.moderation.views.queue import (
    CaseView,
    ClaimCaseView,
    DecideCaseView,
    NextCaseView,
    QueueCountsView,
    QueueView,
    ReleaseCaseView,
)
from oa.moderation.views.reports import DismissReportView, ReportMessageView, ReportsView
from oa.moderation.views.sanctions import (
    BanView,
    ClearView,
    LiftBanView,
    MuteView,
    NotesView,
    NoteView,
    SetRoleView,
    UnmuteView,
    UnwatchView,
    WarnView,
    WatchView,
)
from oa.moderation.views.set_aside import RetryView
from oa.moderation.views.triage import LookView, TriageCountsView, TriageView, UnlookView

__all__ = [
    "AppealByLinkView",
    "AppealFiguresView",
    "AppealView",
    "AppealsView",
    "BanView",
    "BatchItemsView",
    "BatchView",
    "BatchesView",
    "CallOffPurgeView",
    "CaseView",
    "ChosenMessagesView",
    "ClaimCaseView",
    "ClearView",
    "ClustersView",
    "ConfirmPurgeView",
    "DecideCaseView",
    "DecisionsCsvView",
    "DecisionsJsonLinesView",
    "DecisionsView",
    "DeleteMessageView",
    "DismissMessageView",
    "DismissReportView",
    "EditMessageView",
    "GrantView",
    "HaltTreeView",
    "HealthView",
    "LeaveView",
    "LiftBanView",
    "LookView",
    "MarkSpamView",
    "ModeratedMessageView",
    "MoveTreeView",
    "MuteView",
    "NextCaseView",
    "NoteView",
    "NotesView",
    "OwnDecisionsView",
    "PeopleView",
    "PolicyHistoryView",
    "PolicyPreviewView",
    "PolicyView",
    "ProfileView",
    "PurgesView",
    "QueueCountsView",
    "QueueView",
    "ReleaseCaseView",
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
    "UnmuteView",
    "UnwatchView",
    "UpholdView",
    "WarnView",
    "WatchView",
]
