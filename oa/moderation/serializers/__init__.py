"""What moderators send and see."""

from oa.moderation.serializers.deciding import (
    LONGEST_REASON,
    DecisionFilters,
    DecisionSerializer,
    EditSerializer,
    LeaveSerializer,
    RoleSerializer,
    WhySerializer,
)
from oa.moderation.serializers.messages import GivenBallotSerializer, GivenReviewSerializer, ModeratedMessageSerializer
from oa.moderation.serializers.people import ModeratedPersonSerializer, PeopleFilters
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
    "DecisionFilters",
    "DecisionSerializer",
    "EditSerializer",
    "GivenBallotSerializer",
    "GivenReportSerializer",
    "GivenReviewSerializer",
    "LONGEST_REASON",
    "LeaveSerializer",
    "LookSerializer",
    "LookedSerializer",
    "ModeratedMessageSerializer",
    "ModeratedPersonSerializer",
    "PeopleFilters",
    "ReportFilters",
    "ReportRequestSerializer",
    "ReportSerializer",
    "RoleSerializer",
    "SaidSerializer",
    "TriageCountsSerializer",
    "TriageFilters",
    "TriageNumbersSerializer",
    "TriageQuery",
    "TriagedMessageSerializer",
    "TriagedSerializer",
    "WhySerializer",
]
