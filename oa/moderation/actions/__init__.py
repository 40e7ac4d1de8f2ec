"""Everything moderators do."""

from oa.moderation.actions.batches import run_batch, step, undo_batch, work_on_batches
from oa.moderation.actions.cases import doubt_person, open_appeal_case, open_purge_case
from oa.moderation.actions.choosing import Wish, choose, drop_draft, drop_old_drafts
from oa.moderation.actions.deciding import refuse_others
from oa.moderation.actions.health import check_up, note_failure
from oa.moderation.actions.leaving import erase_text, leave
from oa.moderation.actions.log import take_log
from oa.moderation.actions.messages import (
    delete_message,
    edit_message,
    halt_tree,
    mark_spam,
    move_language,
    restore_message,
    resume_tree,
)
from oa.moderation.actions.people import halt_prompt_of_disabled
from oa.moderation.actions.policy import change_policy
from oa.moderation.actions.reporting import dismiss_report, report
from oa.moderation.actions.running import note_admin_write, note_command, publish_terms, retry_set_aside
from oa.moderation.actions.triage import dismiss_message, look, unlook, withhold
from oa.moderation.actions.undoing import undo

__all__ = [
    "check_up",
    "note_failure",
    "Wish",
    "ban_person",
    "change_policy",
    "choose",
    "delete_message",
    "dismiss_message",
    "dismiss_report",
    "doubt_person",
    "drop_draft",
    "drop_old_drafts",
    "edit_message",
    "erase_text",
    "halt_prompt_of_disabled",
    "halt_tree",
    "leave",
    "lift_ban",
    "look",
    "mark_spam",
    "move_language",
    "note_admin_write",
    "note_command",
    "open_appeal_case",
    "open_purge_case",
    "publish_terms",
    "refuse_others",
    "report",
    "restore_message",
    "resume_tree",
    "retry_set_aside",
    "run_batch",
    "set_role",
    "step",
    "take_log",
    "undo",
    "undo_batch",
    "unlook",
    "withhold",
    "work_on_batches",
]
