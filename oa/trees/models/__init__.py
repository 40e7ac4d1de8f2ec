"""WRITTEN and REPLIED: policies, trees, their messages, and everything that ever happened to them."""

from oa.trees.models.policy import PolicyVersion, PolicyVersionQuerySet
from oa.trees.models.trees import (
    NODE_FIELDS,
    Message,
    MessageQuerySet,
    MessageRevision,
    Tree,
    TreeEvent,
    TreeQuerySet,
    node_of,
)

__all__ = [
    "NODE_FIELDS",
    "Message",
    "MessageQuerySet",
    "MessageRevision",
    "PolicyVersion",
    "PolicyVersionQuerySet",
    "Tree",
    "TreeEvent",
    "TreeQuerySet",
    "node_of",
]
