"""What of a tree goes into a release, once the filters have chosen: closed ranks, judgements of what is left."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence

from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms.judgements import Judged, What
from oa.screening.rules import DATA_KINDS, find_personal_data


def without_personal_data(chosen: Sequence[Entry], looked_at: Container[str]) -> list[Entry]:
    """The messages in which a scan finds nothing, and none below others. What moderators have let stand, stands."""
    kept: list[Entry] = []
    gone: set[str | None] = set()
    for entry in chosen:
        if entry.parent_id in gone or (entry.message_id not in looked_at and kinds_found(entry)):
            gone.add(entry.message_id)
        else:
            kept.append(entry)
    return kept


def kinds_found(entry: Entry) -> list[str]:
    """The kinds of personal data that a scan finds in a text; not the data."""
    return sorted({found.kind for found in find_personal_data(entry.text, kinds=DATA_KINDS, lang=entry.lang)})


def close_ranks(chosen: Sequence[Entry]) -> None:
    """Count the ranks among the replies that are left from 0 on without gaps; who were equal stay so.

    A group that has lost a reply tells the same order of the others: where the lost one stood, nobody needs to know.
    """
    groups: dict[str | None, list[Entry]] = {}
    for entry in chosen:
        if entry.rank is not None:
            groups.setdefault(entry.parent_id, []).append(entry)
    for replies in groups.values():
        places = {rank: place for place, rank in enumerate(sorted({reply.rank or 0 for reply in replies}))}
        for reply in replies:
            reply.rank = places[reply.rank or 0]


def heard_of(judged: Judged, names: Collection[str]) -> Judged:
    """The judgements of messages that are left: of ballots those that still compare two."""
    rows = [row for row in judged.rows if row["message_id"] in names and _still_says(row, names)]
    tiers = {parent: told for parent, told in judged.tiers.items() if parent in names}
    return Judged(rows, tiers)


def _still_says(row: dict[str, object], names: Collection[str]) -> bool:
    if row["kind"] != What.BALLOT:
        return True
    shown = row["shown"]
    return isinstance(shown, list) and sum(reply in names for reply in shown) >= 2


def whole_and_left(tree: Conversation, chosen: list[Entry]) -> Conversation:
    """The tree with nothing but what is chosen."""
    return Conversation(tree.state, chosen, tree.origin)
