"""WRITTEN and REPLIED: policies, trees, their messages, and everything that ever happened to them."""

from oa.trees.models.policy import PolicyVersion, PolicyVersionQuerySet
from oa.trees.models.revisions import MessageRevision
from oa.trees.models.trees import (
    NODE_FIELDS,
    Message,
    MessageQuerySet,
    Tree,
    TreeEvent,
    TreeQuerySet,
    arranged,
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
    "arranged",
    "node_of",
]
