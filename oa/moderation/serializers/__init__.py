"""What moderators send and see."""

from oa.moderation.serializers.bulk import (
    BatchHeadSerializer,
    BatchItemSerializer,
    BatchRequestSerializer,
    BatchSerializer,
    ClusterFilters,
    ClusterSerializer,
    ItemFilters,
    SampleSerializer,
    SelectionQuery,
    Shown,
    UndoBatchSerializer,
)
from oa.moderation.serializers.deciding import (
    LONGEST_REASON,
    DecisionSerializer,
    EditSerializer,
    LeaveSerializer,
    MoveSerializer,
    RoleSerializer,
    UndoSerializer,
    WhySerializer,
)
from oa.moderation.serializers.health import HealthSerializer
from oa.moderation.serializers.log import DecisionFilters
from oa.moderation.serializers.messages import GivenBallotSerializer, GivenReviewSerializer, ModeratedMessageSerializer
from oa.moderation.serializers.people import ModeratedPersonSerializer, PeopleFilters
from oa.moderation.serializers.policy import PolicyPreviewQuery, PolicyPreviewSerializer
from oa.moderation.serializers.profile import ProfileSerializer, TrollboardFilters, TrollboardSerializer
from oa.moderation.serializers.reports import (
    GivenReportSerializer,
    ReportFilters,
    ReportRequestSerializer,
    ReportSerializer,
)
from oa.moderation.serializers.triage import (
    LookedSerializer,
    LookSerializer,
    SaidSerializer,
    TriageCountsSerializer,
    TriagedMessageSerializer,
    TriagedSerializer,
    TriageFilters,
    TriageNumbersSerializer,
    TriageQuery,
)

__all__ = [
    "LONGEST_REASON",
    "BatchHeadSerializer",
    "BatchItemSerializer",
    "BatchRequestSerializer",
    "BatchSerializer",
    "ClusterFilters",
    "ClusterSerializer",
    "DecisionFilters",
    "DecisionSerializer",
    "EditSerializer",
    "GivenBallotSerializer",
    "GivenReportSerializer",
    "GivenReviewSerializer",
    "HealthSerializer",
    "ItemFilters",
    "LeaveSerializer",
    "LookSerializer",
    "LookedSerializer",
    "ModeratedMessageSerializer",
    "ModeratedPersonSerializer",
    "MoveSerializer",
    "PeopleFilters",
    "PolicyPreviewQuery",
    "PolicyPreviewSerializer",
    "ProfileSerializer",
    "ReportFilters",
    "ReportRequestSerializer",
    "ReportSerializer",
    "RoleSerializer",
    "SaidSerializer",
    "SampleSerializer",
    "SelectionQuery",
    "Shown",
    "TriageCountsSerializer",
    "TriageFilters",
    "TriageNumbersSerializer",
    "TriageQuery",
    "TriagedMessageSerializer",
    "TriagedSerializer",
    "TrollboardFilters",
    "TrollboardSerializer",
    "UndoBatchSerializer",
    "UndoSerializer",
    "WhySerializer",
]
