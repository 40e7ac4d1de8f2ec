"""What moderators may decide, and what they are shown first. No database in here."""

from oa.moderation.rules.bulk import BatchState, BatchVerb, ItemState
from oa.moderation.rules.queue import Cause, Subject
from oa.moderation.rules.triage import (
    NEVER,
    NOBODY_AT_WORK,
    SAID_AGAINST,
    Policies,
    Said,
    Triage,
    withholds_from,
    worst_said,
)
from oa.moderation.rules.verbs import PASSWORD_GUESSES, UNDO_DAYS, AppealOutcome, Reason, ReportReason, Verb

__all__ = [
    "NEVER",
    "NOBODY_AT_WORK",
    "PASSWORD_GUESSES",
    "SAID_AGAINST",
    "UNDO_DAYS",
    "AppealOutcome",
    "BatchState",
    "BatchVerb",
    "Cause",
    "ItemState",
    "Policies",
    "Reason",
    "ReportReason",
    "Said",
    "Subject",
    "Triage",
    "Verb",
    "withholds_from",
    "worst_said",
]
