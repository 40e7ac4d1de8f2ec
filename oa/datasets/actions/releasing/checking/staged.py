"""Checks of what the files were made from: the private file, under the ids here, against what the database counted."""

from __future__ import annotations

from collections.abc import Sequence

from oa.datasets.actions.releasing.keeping import Keeper
from oa.datasets.actions.releasing.staging import StageFile, looked_at
from oa.datasets.models import Release
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.releases import Check, Finding, Flat, ReleaseOrder, Shape, Tally, kinds_found, phase
from oa.datasets.rules.releases.phases import CHECK
from oa.datasets.rules.selecting import side_of

TELL_EVERY = 500


def staged(release: Release, shape: Shape, counts: Finding, keeper: Keeper) -> list[Finding]:
    """Shape, counts and personal data of every tree."""
    order, tally = ReleaseOrder.of(release.order), Tally()
    left, personal = looked_at(), Finding(Check.PERSONAL_DATA)
    for done, one in enumerate(StageFile.of(release)):
        if done % TELL_EVERY == 0:
            keeper.say(phase(CHECK, Check.PERSONAL_DATA), done, release.numbers["trees"])
        entries = one.tree.entries
        flat = [_flat(entry) for entry in entries]
        shape.look_at(flat, flat[0].message_id)
        tally.add(flat, side_of(one.tree.id, order.shares).value)
        _scan(personal, entries, left)
    tally.compare(release.numbers, counts, "")
    members = release.members.count()
    if members != tally.messages:
        counts.wrong(f"{tally.messages} messages, {members} in the list")
    empty = Finding(Check.NOT_EMPTY)
    if not tally.messages:
        empty.wrong("no message was chosen")
    return [empty, personal]


def _flat(entry: Entry) -> Flat:
    return Flat(entry.message_id, entry.parent_id, entry.user_id, entry.role, entry.lang, entry.rank)


def _scan(finding: Finding, entries: Sequence[Entry], left: frozenset[str]) -> None:
    for entry in entries:
        if entry.message_id not in left and (kinds := kinds_found(entry)):
            finding.wrong(", ".join(kinds), message_id=entry.message_id)
