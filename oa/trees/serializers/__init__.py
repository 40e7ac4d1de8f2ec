"""What is shown of trees, messages and the policy, and what may be asked."""

from oa.trees.serializers.messages import (
    DetoxifySerializer,
    FateSerializer,
    HistorySerializer,
    LabelMeanSerializer,
    MessageFilters,
    MessageSerializer,
    OwnMessageSerializer,
    PersonSerializer,
    RevisionSerializer,
    ThreadSerializer,
    label_means,
)
from oa.trees.serializers.policy import (
    NewPolicySerializer,
    PolicyChangeSerializer,
    PolicyFieldSerializer,
    PolicyQuery,
    PolicySerializer,
    PolicyVersionSerializer,
)
from oa.trees.serializers.trees import EventSerializer, TreeFilters, TreeSerializer, WholeTreeSerializer

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
    "PolicyChangeSerializer",
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
