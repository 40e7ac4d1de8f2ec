"""Everything that changes tasks: the stock, handing out, handing in."""

from oa.tasks.actions.forgetting import forget_drafts, forget_words
from oa.tasks.actions.handing import (
    assign,
    drop_draft,
    expire,
    extend,
    next_task,
    policies_of,
    release_all,
    save_draft,
    skip,
    stop_waiting,
    unskip,
    wait,
)
from oa.tasks.actions.stock import (
    count_trees,
    fill_language,
    languages_due,
    met_already,
    open_desk,
    restock,
    restock_tree,
    settle,
    withdraw_about,
)
from oa.tasks.actions.submitting import Answer, Submission, next_handed_with, submit

__all__ = [
    "Answer",
    "Submission",
    "assign",
    "count_trees",
    "expire",
    "extend",
    "fill_language",
    "forget_drafts",
    "forget_words",
    "languages_due",
    "met_already",
    "next_handed_with",
    "next_task",
    "policies_of",
    "open_desk",
    "release_all",
    "restock",
    "restock_tree",
    "drop_draft",
    "save_draft",
    "settle",
    "skip",
    "stop_waiting",
    "submit",
    "unskip",
    "wait",
    "withdraw_about",
]
