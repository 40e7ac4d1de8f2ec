"""Everything that changes tasks: the stock, handing out, handing in."""

from oa.tasks.actions.handing import (
    assign,
    drop_draft,
    expire,
    extend,
    forget_drafts,
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
    restock,
    restock_tree,
    settle,
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
    "languages_due",
    "next_handed_with",
    "next_task",
    "policies_of",
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
]
