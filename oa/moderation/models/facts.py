"""What is known of messages that might need a moderator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from oa.moderation.models.triage import WorstSaid, by_language
from oa.moderation.rules import MessageFacts, Policies
from oa.reviews.actions import tally_of
from oa.trees.models import Message, PolicyVersion
from oa.trees.rules import RED_FLAG, SKIP_REPLY, Policy, State

# Nobody works there, and nothing of it is published.
OVER = (State.ABORTED_LOW_GRADE, State.HALTED_BY_MODERATOR)


@dataclass(frozen=True, slots=True)
class Known:
    """A message's language, and all that could make it need a moderator."""

    lang: str
    facts: MessageFacts


def known_of(message_ids: Sequence[UUID], policies: Policies) -> dict[UUID, Known]:
    """What is known of these messages, in two statements."""
    rows: Any = list(
        Message.objects
        .filter(pk__in=message_ids)
        .select_related("tree", "toxicity_score", "opinion")
        .annotate(
            open_reports=Count("reports", filter=Q(reports__handled_at=None)),
            said=WorstSaid(by_language(policies, lambda policy: policy.toxicity_min_reviews)),
        )
        .order_by()
    )
    # Read once each: to make a policy of its values takes longer than all else here.
    versions = PolicyVersion.objects.in_bulk({row.tree.policy_id for row in rows})
    return {row.pk: Known(row.lang, _facts_of(row, versions[row.tree.policy_id].policy)) for row in rows}


def _facts_of(row: Any, policy: Policy) -> MessageFacts:
    """`row` is a message as `known_of` reads it: the stubs don't know what it is annotated with. `policy` is that of
    its tree."""
    emojis = row.emojis or {}
    score = _in_force(row, "toxicity_score")
    threshold = policy.acceptance_threshold_reply if row.depth else policy.acceptance_threshold_initial_prompt
    opinion = _in_force(row, "opinion")
    return MessageFacts(
        archived=row.tree.archived,
        deleted=row.deleted,
        withheld=row.withheld,
        version=row.version,
        reports=row.open_reports,
        red_flags=int(emojis.get(RED_FLAG, 0)),
        skips=int(emojis.get(SKIP_REPLY, 0)),
        replies=row.children_count,
        accepted=row.review_result,
        score=tally_of(row).score() if row.review_count >= policy.reviews_wanted(row.depth) else None,
        threshold=threshold,
        personal_data=len(opinion.personal_data) if opinion else 0,
        peak=score.peak if score else None,
        said=row.said,
        looked=score is not None and score.looked_version >= row.version,
        over=row.tree.state in OVER,
    )


def _in_force(row: Any, name: str) -> Any:
    """What a machine says of the text in force; None where it says nothing, or only of an earlier one."""
    found = getattr(row, name, None)
    return found if found is not None and found.version == row.version else None
