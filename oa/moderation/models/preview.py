"""What a change of the policy would do to what there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from oa.moderation.models.triage import policies_in_force, to_withhold
from oa.moderation.rules import Cause, Policies
from oa.moderation.rules.preview import StockLine, stock_lines
from oa.tasks.models import LanguageDesk
from oa.trees.rules import Policy, PolicyChange, changed_fields

# So many messages are counted one by one; beyond, it is "at least".
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be otherwise."""

    changes: list[PolicyChange]
    stock: list[StockLine]
    held_back: int
    queue: list[dict[str, Any]]


def preview_of(*, lang: str, values: Mapping[str, object]) -> Preview:
    """What would change if these values came into force for a language (empty: all without their own).

    Nothing is written. Invalid for what the policy refuses.
    """
    now = policies_in_force()
    before = now.of(lang)
    after = Policy.of({**before.as_values(), **values})
    then = Policies(now.usual, {**now.of_languages, lang: after}) if lang else Policies(after, now.of_languages)
    return Preview(
        changes=changed_fields(before, after),
        stock=_stock(lang, now, then),
        held_back=to_withhold(then)[:MOST_COUNTED].count(),
        queue=_queue(),
    )


def _stock(lang: str, now: Policies, then: Policies) -> list[StockLine]:
    most = 1 + max(
        max(policy.max_active_trees, policy.max_initial_prompt_review, policy.max_prompt_lottery_waiting)
        for policies in (now, then) for policy in (policies.usual, *policies.of_languages.values())
    )  # fmt: skip
    desks = [desk for desk in LanguageDesk.objects.survey(most=most) if now.of(desk.lang) != then.of(desk.lang)]
    return [
        line for desk in desks for line in stock_lines(desk.lang, desk.counts, now.of(desk.lang), then.of(desk.lang))
    ]


_OPEN_BY_CAUSE = """
SELECT cause, count(*) FROM moderation_case, jsonb_object_keys(causes) AS cause
WHERE closed_at IS NULL GROUP BY cause
"""


def open_by_cause() -> dict[Cause, int]:
    """Open cases by what opened them; one with two causes counts twice."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_BY_CAUSE)
        found = dict(cursor.fetchall())
    return {cause: found.get(cause.value, 0) for cause in Cause}


def _queue() -> list[dict[str, Any]]:
    return [{"cause": cause, "now": number, "would_be": number} for cause, number in open_by_cause().items()]
