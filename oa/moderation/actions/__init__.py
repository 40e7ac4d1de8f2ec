"""Everything moderators do."""

from oa.moderation.actions.appealing import appeal, decision_about, grant, link_of, read_link, uphold
from oa.moderation.actions.automatic import delete_red_flagged, record_stop, red_flagged_replies, stops_to_record
from oa.moderation.actions.batches import run_batch, step, undo_batch, work_on_batches
from oa.moderation.actions.cases import (
    consider_doubts,
    doubt_all_again,
    doubt_person,
    open_appeal_case,
    open_purge_case,
)
from oa.moderation.actions.choosing import Wish, choose, drop_draft, drop_old_drafts
from oa.moderation.actions.claims import claim, claim_next, release
from oa.moderation.actions.deciding import refuse_others
from oa.moderation.actions.health import check_up, note_failure
from oa.moderation.actions.leaving import erase_text, leave
from oa.moderation.actions.log import take_log
from oa.moderation.actions.mailing import letters_due, send_letter
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
from oa.moderation.actions.purging import ask_purge, call_off_purge, confirm_purge, erase_next_tree, erase_trees
from oa.moderation.actions.queue import Answer, decide
from oa.moderation.actions.reporting import dismiss_report, report
from oa.moderation.actions.running import note_admin_write, note_command, publish_terms, retry_set_aside
from oa.moderation.actions.sanctions import (
    add_note,
    ban_person,
    clear,
    empty_hands_of_unfit,
    end_what_is_over,
    lift_ban,
    mute,
    put_person_back,
    remove_note,
    set_role,
    unmute,
    unwatch,
    warn,
    watch,
)
from oa.moderation.actions.telling import end_of_sanction
from oa.moderation.actions.triage import dismiss_message, look, unlook, withhold
from oa.moderation.actions.undoing import undo
from oa.moderation.actions.watching import drop_old_sightings, look_for_suspicious, note_sighting, write_sightings

__all__ = [
    "delete_red_flagged",
    "record_stop",
    "red_flagged_replies",
    "stops_to_record",
    "Answer",
    "Wish",
    "add_note",
    "appeal",
    "ask_purge",
    "ban_person",
    "call_off_purge",
    "change_policy",
    "check_up",
    "choose",
    "claim",
    "claim_next",
    "clear",
    "confirm_purge",
    "consider_doubts",
    "decide",
    "decision_about",
    "delete_message",
    "dismiss_message",
    "dismiss_report",
    "doubt_all_again",
    "doubt_person",
    "drop_draft",
    "drop_old_drafts",
    "drop_old_sightings",
    "edit_message",
    "empty_hands_of_unfit",
    "end_of_sanction",
    "end_what_is_over",
    "erase_next_tree",
    "erase_text",
    "erase_trees",
    "grant",
    "halt_prompt_of_disabled",
    "halt_tree",
    "leave",
    "letters_due",
    "lift_ban",
    "link_of",
    "look",
    "look_for_suspicious",
    "mark_spam",
    "move_language",
    "mute",
    "note_admin_write",
    "note_command",
    "note_failure",
    "note_sighting",
    "open_appeal_case",
    "open_purge_case",
    "publish_terms",
    "put_person_back",
    "read_link",
    "refuse_others",
    "release",
    "remove_note",
    "report",
    "restore_message",
    "resume_tree",
    "retry_set_aside",
    "run_batch",
    "send_letter",
    "set_role",
    "step",
    "take_log",
    "undo",
    "undo_batch",
    "unlook",
    "unmute",
    "unwatch",
    "uphold",
    "warn",
    "watch",
    "withhold",
    "work_on_batches",
    "write_sightings",
]
