"""Messages near-identical to each other: to one of them, and wherever there are many of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from oa.core.errors import Missing
from oa.moderation.models.triage import policies_in_force
from oa.moderation.rules import MOST_CHOSEN, Alike, components
from oa.screening.rules import age_of, bands_of, bare_words, fingerprint, likeness_of, runs_of
from oa.trees.models import Message

# Steps from one text to what is like it, and on to what is like that; and texts compared in all.
_STEPS, _MOST_TEXTS = 4, 400

# Prompts have opinions with digests and bands.
_NEAR_PROMPTS = """
SELECT message.id, message.text FROM trees_message message
WHERE message.id IN (
    SELECT message_id FROM screening_opinion WHERE digest = ANY(%(digests)s) AND digest <> ''
    UNION
    SELECT message_id FROM screening_opinion WHERE bands && %(bands)s::bigint[]
)
LIMIT %(most)s
"""
# Replies have none. Their words are dealt out to a few groups: in a text nearly the same, one group stands whole.
_NEAR_REPLIES = """
SELECT message.id, message.text
FROM unnest(%(groups)s::text[]) AS words
CROSS JOIN LATERAL (
    SELECT id, text FROM trees_message WHERE words @@ trees_search_query(words.words, false) LIMIT %(most)s
) message
LIMIT %(most)s
"""
_WORD_GROUPS, _WORDS_IN_GROUP = 4, 8


@dataclass(frozen=True)
class Words:
    """What is compared of a text."""

    text: str

    @cached_property
    def bare(self) -> str:
        return bare_words(self.text)

    @cached_property
    def runs(self) -> frozenset[str]:
        return runs_of(self.bare)

    @cached_property
    def bands(self) -> list[int]:
        return bands_of(self.runs)

    @property
    def groups(self) -> list[str]:
        words = list(dict.fromkeys(self.bare.split()))
        dealt = [words[first::_WORD_GROUPS][:_WORDS_IN_GROUP] for first in range(_WORD_GROUPS)]
        return [" ".join(group) for group in ([words] if len(words) < 2 * _WORD_GROUPS else dealt) if group]

    def likeness(self, other: Words) -> float:
        """The share in common; what is too short for that is the same or it is not."""
        if self.bare == other.bare:
            return 1.0
        return likeness_of(self.runs, other.runs) if self.bands and other.bands else 0.0


def alike(message_id: UUID) -> list[UUID]:
    """A message, and all that is near-identical to it or to one of these, within limits; deleted ones too.

    How alike they must be is in the policy in force for its language. Missing for no message.
    """
    first = Message.objects.filter(pk=message_id).first()
    if first is None:
        raise Missing("no_such_message", _("There is no such message."))
    least = policies_in_force().of(first.lang).duplicate_likeness
    new = {first.text: Words(first.text)}
    texts, found = dict(new), {first.pk}
    for _step in range(_STEPS):
        near = _near(new.values(), replies=first.depth > 0)
        met = [Words(text) for text in {text for _pk, text in near} - texts.keys()]
        new = _like_any(met, new.values(), least=least, most=_MOST_TEXTS - len(texts))
        texts |= new
        found |= {pk for pk, text in near if text in texts}
        if not new or len(found) > MOST_CHOSEN:
            break
    return sorted(found)


def _like_any(met: Iterable[Words], known: Collection[Words], *, least: float, most: int) -> dict[str, Words]:
    """Those of some texts that are very like one of those known, by their text, no more than `most`."""
    found: dict[str, Words] = {}
    for words in met:
        if len(found) >= most:
            break
        if any(words.likeness(other) >= least for other in known):
            found[words.text] = words
    return found


def _near(texts: Collection[Words], *, replies: bool) -> Sequence[tuple[UUID, str]]:
    with connection.cursor() as cursor:
        if replies:
            groups = [group for words in texts for group in words.groups]
            cursor.execute(_NEAR_REPLIES, {"groups": groups, "most": MOST_CHOSEN + 1})
        else:
            digests = [fingerprint(words.bare) for words in texts]
            bands = [band for words in texts for band in words.bands]
            cursor.execute(_NEAR_PROMPTS, {"digests": digests, "bands": bands, "most": MOST_CHOSEN + 1})
        return list(cursor.fetchall())


# --- wherever there are many ------------------------------------------------------------------------------------------

# Of so many messages with an earlier one like them, the newest; of so many replies; so many clusters are told.
MOST_LINKS, MOST_REPLIES, MOST_CLUSTERS = 20_000, 50_000, 50

_LINKS = """
SELECT message.id, opinion.twin_id, opinion.likeness
FROM trees_message message
JOIN screening_opinion opinion ON opinion.message_id = message.id AND opinion.twin_id IS NOT NULL
JOIN trees_tree tree ON tree.id = message.tree_id AND NOT tree.archived
WHERE message.created_date >= %(since)s AND (%(lang)s = '' OR message.lang = %(lang)s)
ORDER BY message.created_date DESC LIMIT %(most)s
"""
# Replies are told from each other word for word.
_SAME_REPLIES = """
SELECT array_agg(id)
FROM (
    SELECT message.id, md5(lower(message.text)) AS words, message.deleted
    FROM trees_message message JOIN trees_tree tree ON tree.id = message.tree_id AND NOT tree.archived
    WHERE message.created_date >= %(since)s AND message.depth > 0 AND (%(lang)s = '' OR message.lang = %(lang)s)
    ORDER BY message.created_date DESC LIMIT %(most)s
) recent
GROUP BY words HAVING count(*) FILTER (WHERE NOT deleted) >= %(fewest)s
ORDER BY count(*) DESC LIMIT %(clusters)s
"""


@dataclass(frozen=True)
class Cluster:
    """Messages near-identical to each other. `message_id` is the earliest."""

    message_id: UUID
    size: int
    live: int
    accounts: int
    first_at: datetime | None
    last_at: datetime | None
    likeness_low: float
    sample_ids: Sequence[UUID]


def clusters(*, lang: str, fewest: int, since: datetime) -> list[Cluster]:
    """Where at least so many live messages since some day are near-identical, the largest first."""
    asked: dict[str, Any] = {"since": since, "lang": lang, "fewest": fewest, "clusters": MOST_CLUSTERS}
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, {**asked, "most": MOST_LINKS})
        links = [Alike(*row) for row in cursor.fetchall()]
        cursor.execute(_SAME_REPLIES, {**asked, "most": MOST_REPLIES})
        replies = [frozenset(row[0]) for row in cursor.fetchall()]
    groups = [group for group in components(links) if len(group) >= fewest][:MOST_CLUSTERS]
    rows = Message.objects.filter(pk__in={pk for group in (*groups, *replies) for pk in group})
    about = {row["id"]: row for row in rows.values("id", "author_id", "created_date", "deleted")}
    low = {link.id: link.likeness for link in links}
    found = [_cluster(group, about, min((low[pk] for pk in group if pk in low), default=1.0)) for group in groups]
    found += [_cluster(group, about, 1.0) for group in replies]
    enough = (cluster for cluster in found if cluster.live >= fewest)
    return sorted(enough, key=lambda cluster: (-cluster.live, cluster.message_id))[:MOST_CLUSTERS]


def _cluster(group: Iterable[UUID], about: Mapping[UUID, Mapping[str, Any]], low: float) -> Cluster:
    rows = sorted((about[pk] for pk in group), key=lambda row: age_of(row["created_date"], row["id"]))
    live = [row for row in rows if not row["deleted"]]
    days = [row["created_date"] for row in rows if row["created_date"]]
    return Cluster(
        message_id=rows[0]["id"], size=len(rows), live=len(live), accounts=len({row["author_id"] for row in rows}),
        first_at=days[0] if days else None, last_at=days[-1] if days else None, likeness_low=low,
        sample_ids=[row["id"] for row in live[:3]],
    )  # fmt: skip
