"""The rules of consent as the database applies them, for a million rows in one statement."""

from __future__ import annotations

from datetime import datetime

from psycopg.types.json import Jsonb

from oa.trees.models import PolicyVersion

# What of a message `m`, its author `u` (LEFT JOIN) and its tree `t` decides whether it may be released: a code of
# `Held`, empty if it may. Whoever agreed to earlier terms has no accepted version while new ones wait to be read; what
# they wrote until then was agreed to all the same.
HELD = """
CASE WHEN m.withdrawn OR u.withdrew_at IS NOT NULL THEN 'withdrawn'
     WHEN m.withheld THEN 'withheld'
     WHEN u.id IS NULL OR u.imported THEN ''
     WHEN u.terms_version IS NULL AND NOT coalesce((
         SELECT c.given FROM accounts_consent c WHERE c.person_id = u.id ORDER BY c.at DESC, c.id DESC LIMIT 1
     ), false) THEN 'unconsented'
     WHEN m.created_date > %(held_now)s::timestamptz - make_interval(
         days => coalesce((%(held_days)s::jsonb ->> t.lang)::int, (%(held_days)s::jsonb ->> '')::int)
     ) THEN 'embargoed'
     ELSE '' END
"""


def held_params(now: datetime) -> dict[str, object]:
    """What the statement with `HELD` in it is given: the moment, and the days of embargo of each language."""
    return {"held_now": now, "held_days": Jsonb(embargo_days())}


def embargo_days() -> dict[str, int]:
    """Days of embargo by the language of the tree; under the empty language, everybody else's."""
    found = {version.lang: version.policy.embargo_days for version in PolicyVersion.objects.current()}
    return {"": PolicyVersion.objects.in_force("").policy.embargo_days, **found}
