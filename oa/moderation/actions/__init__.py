"""Everything moderators do."""

from oa.moderation.actions.deciding import refuse_others
from oa.moderation.actions.leaving import erase_text, leave
from oa.moderation.actions.messages import delete_message, edit_message, halt_tree, restore_message, resume_tree
from oa.moderation.actions.people import ban_person, halt_prompt_of_disabled, lift_ban, set_role
from oa.moderation.actions.reporting import dismiss_report, report
from oa.moderation.actions.triage import look, unlook, withhold

__all__ = [
    "ban_person",
    "delete_message",
    "dismiss_report",
    "edit_message",
    "erase_text",
    "halt_prompt_of_disabled",
    "halt_tree",
    "leave",
    "lift_ban",
    "look",
    "refuse_others",
    "report",
    "restore_message",
    "resume_tree",
    "set_role",
    "unlook",
    "withhold",
]
