"""What decides about trees: texts, policy, shape and states. Pure; no database in here."""

from oa.trees.rules.explained import PolicyField, policy_fields
from oa.trees.rules.policy import Policy, PolicyChange, changed_fields
from oa.trees.rules.searching import LONGEST_SEARCH, Part, parts_of
from oa.trees.rules.shape import (
    RED_FLAG,
    SKIP_LABELING,
    SKIP_RANKING,
    SKIP_REPLY,
    Group,
    Node,
    Role,
    Shape,
    public_reactions,
    role_at,
)
from oa.trees.rules.states import (
    FINISHED,
    STOPS_BY_RULES,
    TRANSITIONS,
    Facts,
    State,
    Verdict,
    Why,
    facts_of,
    moves,
    next_move,
    next_state,
    resumed_state,
)
from oa.trees.rules.texts import clean_text, same_words
from oa.trees.rules.waiting import Fate, Judged, fate_in_words, fate_of, waits_for

__all__ = [
    "LONGEST_SEARCH",
    "Part",
    "parts_of",
    "FINISHED",
    "RED_FLAG",
    "SKIP_LABELING",
    "SKIP_RANKING",
    "SKIP_REPLY",
    "STOPS_BY_RULES",
    "TRANSITIONS",
    "Facts",
    "Fate",
    "Group",
    "Judged",
    "Node",
    "Policy",
    "PolicyChange",
    "PolicyField",
    "Role",
    "Shape",
    "State",
    "Verdict",
    "Why",
    "changed_fields",
    "clean_text",
    "facts_of",
    "fate_in_words",
    "fate_of",
    "moves",
    "next_move",
    "next_state",
    "policy_fields",
    "public_reactions",
    "resumed_state",
    "role_at",
    "same_words",
    "waits_for",
]
