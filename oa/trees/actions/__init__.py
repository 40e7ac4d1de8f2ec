"""Everything that changes a tree."""

from oa.trees.actions.lottery import call_from_backlog, draw_winners, waiting_authors
from oa.trees.actions.moving import advance, halt, hold, move, resume
from oa.trees.actions.policy import change_policy
from oa.trees.actions.results import count_reaction, record_ballot, record_ranks, record_review, revoke_ballots
from oa.trees.actions.writing import delete_message, edit_text, reply, restore_message, start_tree, withhold

__all__ = [
    "advance",
    "call_from_backlog",
    "change_policy",
    "count_reaction",
    "delete_message",
    "draw_winners",
    "edit_text",
    "halt",
    "hold",
    "move",
    "record_ballot",
    "record_ranks",
    "record_review",
    "reply",
    "restore_message",
    "resume",
    "revoke_ballots",
    "start_tree",
    "waiting_authors",
    "withhold",
]
