"""Prompts very like one another: found by an index, decided by the texts themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import connection

from oa.screening.rules import Twin, bands_of, bare_words, fingerprint, likeness_of, runs_of

# One statement, however many texts are alike: of those with the same words the first, of those that share a band the
# eight that share most. A text whose words were here before has no bands (see `light`), so that ten thousand copies of
# one prompt are one candidate. Band by band (OFFSET 0 keeps it so), because the planner takes each for much more common
# than it is, and all together for so common that it would rather read the whole table. Opinions are found first, and
# then each message is looked up by its key: nor does it know that nearly all are in the language asked for.
_ALIKE = """
WITH same AS MATERIALIZED (
    SELECT message_id FROM screening_opinion
    WHERE digest = %(digest)s AND digest <> '' AND message_id IS DISTINCT FROM %(but)s
    ORDER BY message_id LIMIT 1000
), closest AS MATERIALIZED (
    SELECT sharing.message_id, count(*) AS shared
    FROM unnest(%(bands)s::bigint[]) band CROSS JOIN LATERAL (
        SELECT message_id FROM screening_opinion
        WHERE bands @> ARRAY[band] AND message_id IS DISTINCT FROM %(but)s
        OFFSET 0
    ) sharing
    GROUP BY sharing.message_id ORDER BY shared DESC, sharing.message_id LIMIT 200
), found AS (
    (SELECT message_id FROM same WHERE (
        SELECT NOT deleted AND split_part(lang, '-', 1) = %(lang)s AND NOT (withheld AND %(shown)s)
        FROM trees_message WHERE id = same.message_id
    ) ORDER BY message_id LIMIT 1)
    UNION
    (SELECT message_id FROM closest WHERE (
        SELECT NOT deleted AND split_part(lang, '-', 1) = %(lang)s AND NOT (withheld AND %(shown)s)
        FROM trees_message WHERE id = closest.message_id
    ) ORDER BY shared DESC, message_id LIMIT 8)
)
SELECT message.id, message.text, message.created_date
FROM found JOIN trees_message message ON message.id = found.message_id
"""


@dataclass(frozen=True)
class Print:
    """What is compared of a text."""

    text: str

    @cached_property
    def bare(self) -> str:
        return bare_words(self.text)

    @cached_property
    def runs(self) -> frozenset[str]:
        return runs_of(self.bare)

    @cached_property
    def digest(self) -> str:
        return fingerprint(self.bare)

    @cached_property
    def bands(self) -> list[int]:
        return bands_of(self.runs)


def twins_of(print_: Print, *, lang: str, least: float, but: UUID | None = None, shown: bool = False) -> list[Twin]:
    """Prompts in this language that have at least this share in common with a text, the earliest first.

    `but` is the text's own message. `shown`: they are shown to volunteers, who are not to see what is withheld.
    """
    if not print_.digest:
        return []
    asked = {
        "digest": print_.digest, "bands": print_.bands, "lang": lang.split("-")[0], "but": but, "shown": shown,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, asked)
        rows = cursor.fetchall()
    found = [Twin(pk, text, written, _likeness(print_, Print(text))) for pk, text, written in rows]
    return sorted((twin for twin in found if twin.likeness >= least), key=lambda twin: twin.age)


def _likeness(one: Print, other: Print) -> float:
    return 1.0 if one.bare == other.bare else likeness_of(one.runs, other.runs)
