"""Trees, messages and policy over HTTP."""

from oa.trees.views.messages import HistoryView, MessagesView, MessageView, OwnMessagesView, ThreadView
from oa.trees.views.policy import PolicyHistoryView, PolicyView
from oa.trees.views.trees import TreesView, TreeView

__all__ = [
    "HistoryView",
    "MessageView",
    "MessagesView",
    "OwnMessagesView",
    "PolicyHistoryView",
    "PolicyView",
    "ThreadView",
    "TreeView",
    "TreesView",
]
