"""What is other than in the release before, and which messages users of older ones are asked to drop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from oa.datasets.models import Release
from oa.datasets.rules.pseudonyms import namer
from oa.datasets.rules.states import PUBLIC, ReleaseState


def older_than(release: Release) -> list[Release]:
    """What was published before, the oldest first. Also what was recalled: there are copies of it."""
    return list(Release.objects.filter(state__in=PUBLIC).exclude(pk=release.pk).order_by("published_at", "id"))


def previous_of(release: Release) -> Release | None:
    """The newest release that is published."""
    return Release.objects.filter(state=ReleaseState.PUBLISHED).exclude(pk=release.pk).order_by("published_at").last()


_IN = "SELECT message_id FROM datasets_releasemember WHERE release_id = {}"
_OURS, _THEIRS = _IN.format("%(ours)s"), _IN.format("%(theirs)s")
_ADDED = f"{_OURS} EXCEPT {_THEIRS}"
_TREES = "SELECT DISTINCT m.tree_id FROM trees_message m JOIN ({}) x ON x.message_id = m.id"
_TREES_ADDED = f"{_TREES.format(_OURS)} EXCEPT {_TREES.format(_THEIRS)}"
_TREES_GONE = f"{_TREES.format(_THEIRS)} EXCEPT {_TREES.format(_OURS)}"
# In both, with a text that was changed between the two moments.
_CHANGED = f"""
SELECT DISTINCT v.message_id FROM trees_messagerevision v
WHERE v.at > %(since)s AND v.at <= %(until)s AND v.message_id IN ({_OURS} INTERSECT {_THEIRS})
"""  # noqa: S608 - all of it is ours
_GONE = f"""
SELECT count(*), count(*) FILTER (WHERE m.withdrawn OR m.deleted OR u.withdrew_at IS NOT NULL)
FROM ({_THEIRS} EXCEPT {_OURS}) x JOIN trees_message m ON m.id = x.message_id
LEFT JOIN accounts_user u ON u.id = m.author_id
"""  # noqa: S608 - all of it is ours


def changes_since(release: Release, previous: Release) -> dict[str, Any]:
    """Counts, and the ids of what is new or changed as they are called in this release, sorted."""
    given = {"ours": release.pk, "theirs": previous.pk, "since": previous.taken_at, "until": release.taken_at}
    name_of = namer(bytes(release.key))
    trees, messages = _names(_TREES_ADDED, given, name_of), _names(_ADDED, given, name_of)
    changed = _names(_CHANGED, given, name_of)
    with connection.cursor() as cursor:
        cursor.execute(_GONE, given)
        gone, taken_back = cursor.fetchone()
        cursor.execute(f"SELECT count(*) FROM ({_TREES_GONE}) x", given)  # noqa: S608 - it is ours
        trees_gone = cursor.fetchone()[0]
    return {
        "previous": previous.name,
        "trees_added": len(trees), "trees_gone": trees_gone,
        "messages_added": len(messages), "messages_gone": gone, "messages_changed": len(changed),
        "withdrawn": taken_back,
        "ids": {"trees_added": trees, "messages_added": messages, "messages_changed": changed},
    }  # fmt: skip


def _names(statement: str, given: dict[str, Any], name_of: Callable[[str], str]) -> list[str]:
    """Pseudonyms in their own order: that of the ids here would tell what was written before what."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return sorted(name_of(str(row[0])) for row in cursor)


def taken_back_from(older: Release) -> Iterator[dict[str, str]]:
    """Messages of an older release that are not to be used any more, as they are called there."""
    name_of = namer(bytes(older.key))
    gone = older.members.gone().values_list("message_id", "message__deleted")
    rows = [(name_of(str(pk)), "deleted" if deleted else "withdrawn") for pk, deleted in gone.iterator()]
    for name, reason in sorted(rows):
        yield {"message_id": name, "reason": reason}
