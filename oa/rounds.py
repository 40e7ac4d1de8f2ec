"""The rounds of beat: which jobs are sent how often, in seconds. Every job finds its own work.

What a lost queue swallowed is done a few seconds later. A round that was not run before the next one is due is
dropped: rounds don't pile up while workers are away.
"""

from __future__ import annotations

from typing import Any

# Its queue is read by workers that have the large model.
TOXICITY = "oa.screening.jobs.score_waiting"

ROUNDS = {
    "oa.community.jobs.book_what_happened": 1,
    "oa.moderation.jobs.run_batches": 1,
    "oa.tasks.jobs.assign_waiting": 2,
    "oa.moderation.jobs.consider_doubts": 2,
    "oa.rankings.jobs.score_ready_trees": 3,
    "oa.moderation.jobs.erase_what_was_confirmed": 2,
    "oa.tasks.jobs.fill_languages": 5,
    "oa.moderation.jobs.send_letters": 5,
    "oa.screening.jobs.score_waiting": 2,
    "oa.screening.jobs.read_waiting": 2,
    "oa.datasets.jobs.work_on_imports": 2,
    "oa.datasets.jobs.work_on_releases": 2,
    "oa.moderation.jobs.withhold_the_worst": 5,
    "oa.moderation.jobs.follow_the_rules": 5,
    "oa.tasks.jobs.expire_leases": 10,
    "oa.stats.jobs.make_toxicity_report": 30,
    "oa.moderation.jobs.lift_what_is_over": 30,
    "oa.moderation.jobs.check_up": 30,
    "oa.moderation.jobs.halt_prompts_of_disabled": 60,
    "oa.moderation.jobs.erase_texts_of_leavers": 60,
    "oa.datasets.jobs.settle_withdrawn": 60,
    "oa.moderation.jobs.write_sightings": 60,
    "oa.moderation.jobs.look_for_suspicious": 60,
    "oa.community.jobs.send_digests": 60,
    "oa.moderation.jobs.drop_old_sightings": 3600,
    "oa.moderation.jobs.drop_old_batches": 3600,
    "oa.datasets.jobs.drop_old_uploads": 3600,
    "oa.tasks.jobs.drop_old_drafts": 3600,
}


def schedule(*, toxicity: bool) -> dict[str, dict[str, Any]]:
    """What beat reads. Whether a round is run is said either way: beat keeps what it once read in the database."""
    return {
        job: {
            "task": job,
            "schedule": seconds,
            "options": {"expires": seconds},
            "enabled": toxicity or job != TOXICITY,
        }
        for job, seconds in ROUNDS.items()
    }
