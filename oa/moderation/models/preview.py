"""What a change of the policy would do to what there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from oa.moderation.models.facts import known_of
from oa.moderation.models.queue import Case
from oa.moderation.models.record import records_of
from oa.moderation.models.triage import policies_in_force, to_withhold
from oa.moderation.rules import LEAST_DOUBTED, Cause, Policies, causes_of, pressing, suspicion
from oa.moderation.rules.preview import StockLine, asks_moderators_anew, stock_lines
from oa.tasks.models import LanguageDesk
from oa.tasks.rules import DeskView
from oa.trees.rules import Policy, PolicyChange, changed_fields

# So many messages are counted one by one; beyond, it is "at least".
MOST_COUNTED = 10_000
# The newest so many messages are asked whether they would be cases.
MOST_CONSIDERED = 5_000
AT_ONCE = 500


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
    changes = changed_fields(before, after)
    desks = [desk for desk in _survey(now, then) if now.of(desk.lang) != then.of(desk.lang)]
    held_back = to_withhold(then)[:MOST_COUNTED].count()
    more = Counter({Cause.WITHHELD: held_back})
    if asks_moderators_anew(changes):
        more.update(_of_messages([desk.lang for desk in desks], now, then))
        more.update(_of_people(now.usual, then.usual))
    return Preview(
        changes=changes,
        stock=[
            line for desk in desks
            for line in stock_lines(desk.lang, desk.counts, now.of(desk.lang), then.of(desk.lang))
        ],
        held_back=held_back,
        queue=[
            {"cause": cause, "now": number, "would_be": max(number + more[cause], 0)}
            for cause, number in open_by_cause().items()
        ],
    )  # fmt: skip


def _survey(now: Policies, then: Policies) -> list[DeskView]:
    limits = [policy for policies in (now, then) for policy in (policies.usual, *policies.of_languages.values())]
    most = max(
        max(policy.max_active_trees, policy.max_initial_prompt_review, policy.max_prompt_lottery_waiting)
        for policy in limits
    )
    return LanguageDesk.objects.survey(most=most + 1)


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


# What might be a case by some policy, the newest first.
_MIGHT_BE = """
SELECT message.id FROM trees_message message
JOIN trees_tree tree ON tree.id = message.tree_id
LEFT JOIN screening_toxicityscore score ON score.message_id = message.id AND score.version = message.version
WHERE NOT tree.archived AND NOT message.deleted AND message.lang = ANY(%(langs)s)
  AND (message.emojis ? '_skip_reply' OR message.worst_said > 0 OR score.peak >= %(peak)s
       OR message.review_result IS NOT NULL
          AND (message.baseline IS NOT NULL
               OR coalesce((message.label_sums -> 'spam' ->> 0)::float8, 0)
                  + coalesce((message.label_sums -> 'lang_mismatch' ->> 0)::float8, 0) > 0))
ORDER BY message.id DESC LIMIT %(most)s
"""


def _of_messages(langs: list[str], now: Policies, then: Policies) -> Counter[Cause]:
    """By how many the messages that would be cases differ from those that are."""
    with connection.cursor() as cursor:
        cursor.execute(_MIGHT_BE, {"langs": langs, "peak": LEAST_DOUBTED, "most": MOST_CONSIDERED})
        ids = [pk for (pk,) in cursor.fetchall()]
    difference: Counter[Cause] = Counter()
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        answered = dict(Case.objects.filter(message__in=part).values_list("message_id", "answered"))
        for policies, sign in ((now, -1), (then, 1)):
            for pk, known in known_of(part, policies).items():
                levels = causes_of(known.facts, policies.of(known.lang))
                difference.update(dict.fromkeys(pressing(levels, answered.get(pk, {})), sign))
    return difference


def _of_people(now: Policy, then: Policy) -> Counter[Cause]:
    """The same of people who were suspected before, the last ones."""
    asked = Case.objects.filter(person__isnull=False, person__is_active=True).order_by("-opened_at")
    answered = dict(asked.values_list("person_id", "answered")[:AT_ONCE])
    difference = 0
    for record in records_of(list(answered)):
        for policy, sign in ((now, -1), (then, 1)):
            levels = {Cause.SUSPICIOUS: suspicion(record, policy)}
            difference += sign * bool(pressing(levels, answered[record.person_id]))
    return Counter({Cause.SUSPICIOUS: difference})
