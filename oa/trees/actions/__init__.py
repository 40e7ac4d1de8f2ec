"""Everything that changes a tree."""

from oa.trees.actions.lottery import call_from_backlog, draw_winners, waiting_authors
from oa.trees.actions.moving import advance, go_back, halt, hold, move, resume
from oa.trees.actions.policy import change_policy
from oa.trees.actions.results import (
    count_ballots,
    count_reaction,
    count_reviews,
    record_ballot,
    record_ranks,
    record_review,
    revoke_ballots,
    superseded,
)
from oa.trees.actions.returning import (
    go_on_after_rejection,
    put_back_columns,
    put_back_deleted,
    put_back_limits,
    put_back_words,
    return_to,
)
from oa.trees.actions.writing import (
    change_language,
    delete_message,
    edit_text,
    erase,
    judge_again,
    reject,
    reply,
    restore_message,
    start_tree,
    withhold,
)

__all__ = [
    "advance",
    "call_from_backlog",
    "change_language",
    "change_policy",
    "count_ballots",
    "count_reaction",
    "count_reviews",
    "delete_message",
    "draw_winners",
    "edit_text",
    "erase",
    "go_back",
    "go_on_after_rejection",
    "halt",
    "hold",
    "judge_again",
    "move",
    "put_back_columns",
    "put_back_deleted",
    "put_back_limits",
    "put_back_words",
    "record_ballot",
    "record_ranks",
    "record_review",
    "reject",
    "reply",
    "restore_message",
    "resume",
    "return_to",
    "revoke_ballots",
    "start_tree",
    "superseded",
    "waiting_authors",
    "withhold",
]
