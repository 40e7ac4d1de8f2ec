"""STOPPED: what waits for moderators, what they decided and why, and what is said against it."""

from oa.moderation.models.appeals import Appeal, appeal_figures, told_to
from oa.moderation.models.bulk import Batch, BatchItem
from oa.moderation.models.clusters import Cluster, alike, clusters
from oa.moderation.models.decisions import Decision, Report
from oa.moderation.models.facts import known_of
from oa.moderation.models.health import Checkup, JobFailure, last_round, look_at_everything, queue_now
from oa.moderation.models.letters import Letter
from oa.moderation.models.people import (
    Note,
    Purge,
    Sighting,
    people_whose_time_is_over,
    purges_at_work,
    unfit_with_tasks,
)
from oa.moderation.models.profile import profile_of, trollboard
from oa.moderation.models.queue import Case, CaseQuerySet, Doubt
from oa.moderation.models.record import record_of, records, records_of, usual_seconds
from oa.moderation.models.selection import chosen_by, ids_of, in_time
from oa.moderation.models.triage import WorstSaid, policies_in_force, to_look_at, to_withhold, withheld_no_more
from oa.moderation.models.watching import concerned_since

__all__ = [
    "Appeal",
    "Batch",
    "BatchItem",
    "Case",
    "CaseQuerySet",
    "Checkup",
    "Cluster",
    "Decision",
    "Doubt",
    "JobFailure",
    "Letter",
    "Note",
    "Purge",
    "Report",
    "Sighting",
    "WorstSaid",
    "alike",
    "appeal_figures",
    "chosen_by",
    "clusters",
    "concerned_since",
    "ids_of",
    "in_time",
    "known_of",
    "last_round",
    "look_at_everything",
    "people_whose_time_is_over",
    "policies_in_force",
    "profile_of",
    "purges_at_work",
    "queue_now",
    "record_of",
    "records",
    "records_of",
    "to_look_at",
    "to_withhold",
    "told_to",
    "trollboard",
    "unfit_with_tasks",
    "usual_seconds",
    "withheld_no_more",
]
