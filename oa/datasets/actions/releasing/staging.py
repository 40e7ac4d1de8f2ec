"""The first step of a release: one look at the database, kept in a private file from which all others are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import orjson
from django.db import connection
from django.db.models import Exists, F, OuterRef

from oa.core.moments import one_moment
from oa.datasets.actions.events import Hearing
from oa.datasets.actions.exporting import Account, Staged, line_of_staged, stage, staged_of
from oa.datasets.actions.packing import written
from oa.datasets.actions.releasing.counting import Table, counted
from oa.datasets.actions.releasing.folders import make_stage, stage_of
from oa.datasets.actions.releasing.keeping import Keeper
from oa.datasets.actions.stored import Reading
from oa.datasets.models import Release, ReleaseMember
from oa.datasets.rules.forms.judgements import What
from oa.datasets.rules.releases import (
    PersonalData,
    ReleaseOrder,
    close_ranks,
    heard_of,
    phase,
    whole_and_left,
    without_personal_data,
)
from oa.datasets.rules.releases.phases import MEMBERS, STAGE
from oa.datasets.rules.selecting import Picker, side_of
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.trees.models import MessageRevision, PolicyVersion

TREES, IDS, ABOUT = "trees.jsonl", "members.csv", "about.json"
# Moderators have looked at a text and left it as it is.
LEFT_AS_THEY_ARE = (Verb.DISMISS, Verb.LOOK)
TELL_EVERY = 500


def is_staged(release: Release) -> bool:
    """Whether the file of trees is whole: what tells of it is written last."""
    return (stage_of(release) / ABOUT).is_file()


def make_stage_file(release: Release, keeper: Keeper) -> None:
    """Read the trees of one moment and keep those that are chosen. A second run makes it anew."""
    order = ReleaseOrder.of(release.order)
    folder = make_stage(release)
    PolicyVersion.objects.in_force("")  # which makes the defaults where there are none yet: not in the moment below
    members = Table()
    with one_moment(members.make):
        taken_at = _moment()
        with written(str(folder / TREES)) as trees, written(str(folder / IDS)) as ids:
            chooser = _Chooser(order, looked_at=looked_at())
            _write(chooser.trees(taken_at), trees, ids, keeper)
        keeper.say(phase(MEMBERS))
        members.fill(folder / IDS)
        numbers = counted(members)
    about = {"taken_at": taken_at, "numbers": numbers | chooser.numbers()}
    with written(str(folder / ABOUT)) as stream:
        stream.write(orjson.dumps(about))


def _moment() -> datetime:
    """The moment of the snapshot: its first statement asks for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def looked_at() -> frozenset[str]:
    """Messages that a moderator has looked at and left as they are, unless their text was changed since."""
    changed = MessageRevision.objects.filter(message=OuterRef("message"), at__gt=OuterRef("at"))
    left = Decision.objects.filter(verb__in=LEFT_AS_THEY_ARE, undone_by=None, message__isnull=False)
    return frozenset(map(str, left.exclude(Exists(changed)).values_list(F("message_id"), flat=True)))


class _Chooser:
    """Chooses of one tree after another what goes into the release, and counts what it can't count later."""

    def __init__(self, order: ReleaseOrder, *, looked_at: frozenset[str]) -> None:
        self._order = order
        self._pick = Picker(order.selection)
        self._looked_at = looked_at
        self._account = Account()
        self._judgements: Counter[str] = Counter()
        self._personal = 0

    def trees(self, at: datetime) -> Iterator[tuple[Staged, str]]:
        """What is chosen of each tree, under the ids here, and on which side of the split it stands."""
        hearing = Hearing(kinds=frozenset(What), results=True, consented=True)
        reading = Reading(original_ids=False)
        for staged in stage(self._order.selection, self._account, at=at, reading=reading, hearing=hearing):
            left = self._left_of(staged)
            if left is not None:
                yield left, side_of(left.tree.id, self._order.shares).value

    def _left_of(self, staged: Staged) -> Staged | None:
        chosen = self._pick(staged.tree, self._account.messages_left_out)
        if self._order.personal_data is PersonalData.LEAVE_OUT:
            kept = without_personal_data(chosen, self._looked_at)
            self._personal += len(chosen) - len(kept)
            chosen = kept
        if not chosen:
            self._account.trees_left_out["of which no message was left"] += 1
            return None
        close_ranks(chosen)
        judged = heard_of(staged.judged, {entry.message_id for entry in chosen}) if staged.judged else None
        self._judgements.update(row["kind"] for row in (judged.rows if judged else ()))
        return Staged(whole_and_left(staged.tree, chosen), judged)

    def numbers(self) -> dict[str, Any]:
        return {
            "judgements": {f"{kind.value}s": self._judgements[kind.value] for kind in What},
            "left_out": {
                "trees": dict(self._account.trees_left_out),
                "messages": dict(self._account.messages_left_out),
                "personal_data": self._personal,
            },
        }


def _write(trees: Iterable[tuple[Staged, str]], out: IO[bytes], ids: IO[bytes], keeper: Keeper) -> None:
    for done, (staged, side) in enumerate(trees):
        out.write(line_of_staged(staged))
        ids.writelines(f"{entry.message_id},{side}\n".encode() for entry in staged.tree.entries)
        if done % TELL_EVERY == 0:
            keeper.say(phase(STAGE), done)


def keep_members(release: Release, keeper: Keeper) -> None:
    """Which messages are in it, and what they come to: from the private file into rows, in one transaction."""
    folder = stage_of(release)
    about = orjson.loads((folder / ABOUT).read_bytes())
    keeper.say(phase(MEMBERS))
    with keeper.holding() as held:
        ReleaseMember.objects.filter(release=held)._raw_delete(using=connection.alias)
        with connection.cursor() as cursor, cursor.copy(
            "COPY datasets_releasemember (release_id, message_id) FROM STDIN"
        ) as copy:  # fmt: skip
            for line in _lines(folder / IDS):
                copy.write_row((held.pk, line.split(",")[0]))
        held.taken_at = datetime.fromisoformat(about["taken_at"])
        held.numbers = about["numbers"]
        held.save(update_fields=["taken_at", "numbers"])
    release.refresh_from_db()


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="ascii") as stream:
        yield from stream


@dataclass(frozen=True, slots=True)
class StageFile:
    """The trees of a release as they were kept, one after another."""

    path: Path

    @classmethod
    def of(cls, release: Release) -> StageFile:
        return cls(stage_of(release) / TREES)

    def __iter__(self) -> Iterator[Staged]:
        with self.path.open("rb") as stream:
            for line in stream:
                yield staged_of(line)
