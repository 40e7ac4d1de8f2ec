"""Everything moderators do."""

from oa.moderation.actions.deciding import (
    delete_message,
    disable_person,
    dismiss_report,
    edit_message,
    enable_person,
    erase_text,
    halt_prompt_of_disabled,
    halt_tree,
    leave,
    refuse_others,
    report,
    restore_message,
    resume_tree,
    set_role,
)
from oa.moderation.actions.triage import look, unlook, withhold

__all__ = [
    "delete_message",
    "disable_person",
    "dismiss_report",
    "edit_message",
    "enable_person",
    "erase_text",
    "halt_prompt_of_disabled",
    "halt_tree",
    "leave",
    "look",
    "refuse_others",
    "report",
    "restore_message",
    "resume_tree",
    "set_role",
    "unlook",
    "withhold",
]
