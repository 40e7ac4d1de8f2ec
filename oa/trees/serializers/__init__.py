"""What is shown of trees, messages and the policy, and what may be asked."""

from oa.trees.serializers.messages import (
    DetoxifySerializer,
    EventSerializer,
    FateSerializer,
    HistorySerializer,
    LabelMeanSerializer,
    MessageFilters,
    MessageSerializer,
    OwnMessageSerializer,
    PersonSerializer,
    RevisionSerializer,
    ThreadSerializer,
    TreeFilters,
    TreeSerializer,
    WholeTreeSerializer,
    label_means,
)
from oa.trees.serializers.policy import (
    NewPolicySerializer,
    PolicyFieldSerializer,
    PolicyQuery,
    PolicySerializer,
    PolicyVersionSerializer,
)

__all__ = [
    "DetoxifySerializer",
    "EventSerializer",
    "FateSerializer",
    "HistorySerializer",
    "LabelMeanSerializer",
    "MessageFilters",
    "MessageSerializer",
    "NewPolicySerializer",
    "OwnMessageSerializer",
    "PersonSerializer",
    "PolicyFieldSerializer",
    "PolicyQuery",
    "PolicySerializer",
    "PolicyVersionSerializer",
    "RevisionSerializer",
    "ThreadSerializer",
    "TreeFilters",
    "TreeSerializer",
    "WholeTreeSerializer",
    "label_means",
]
