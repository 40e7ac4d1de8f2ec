"""What moderators do in the admin. Each action is one of the verbs of `oa.moderation.actions`, with its reason."""

from oa.moderation.admin.bulk import BatchAdmin, BatchItemAdmin
from oa.moderation.admin.content import ModeratedMessageAdmin, ModeratedTreeAdmin
from oa.moderation.admin.health import CheckupAdmin, JobFailureAdmin
from oa.moderation.admin.log import DecisionAdmin
from oa.moderation.admin.people import AppealAdmin, LetterAdmin, NoteAdmin, PurgeAdmin
from oa.moderation.admin.policy import ChangedPolicyAdmin, PublishedTermsAdmin
from oa.moderation.admin.queue import CaseAdmin, DoubtAdmin
from oa.moderation.admin.reports import ReportAdmin
from oa.moderation.admin.watching import SightingAdmin

__all__ = [
    "CaseAdmin",
    "DoubtAdmin",
    "AppealAdmin",
    "BatchAdmin",
    "BatchItemAdmin",
    "ChangedPolicyAdmin",
    "CheckupAdmin",
    "DecisionAdmin",
    "JobFailureAdmin",
    "LetterAdmin",
    "ModeratedMessageAdmin",
    "ModeratedTreeAdmin",
    "NoteAdmin",
    "PublishedTermsAdmin",
    "PurgeAdmin",
    "ReportAdmin",
    "SightingAdmin",
]
