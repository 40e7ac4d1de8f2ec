"""Trees and messages over HTTP."""

from oa.trees.views.messages import HistoryView, MessagesView, MessageView, OwnMessagesView, ThreadView
from oa.trees.views.trees import TreesView, TreeView

__all__ = [
    "HistoryView",
    "MessageView",
    "MessagesView",
    "OwnMessagesView",
    "ThreadView",
    "TreeView",
    "TreesView",
]
