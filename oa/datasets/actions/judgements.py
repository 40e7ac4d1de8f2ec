"""Taking single judgements in: rows of people who came with them, about trees that are here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import orjson
from django.db import connection

from oa.accounts.models import User
from oa.core.ids import FOREIGN
from oa.core.verbs import verb
from oa.datasets.actions.events import Hearing, JudgementStream
from oa.datasets.actions.stored import stored
from oa.datasets.actions.storing import IMPORT_LOCK, copy_rows, make_people
from oa.datasets.rules.conversations import Conversation, pk_of
from oa.datasets.rules.fields import Broken
from oa.datasets.rules.forms.dress import Row
from oa.datasets.rules.forms.judgements import What, reaction_id
from oa.datasets.rules.judgements import (
    Judgement,
    Kept,
    Pile,
    Scene,
    check,
    judgement_of,
    seats_of,
    with_ballots,
    with_codes,
    with_reviews,
)
from oa.tasks import actions as tasks
from oa.tasks.rules import Kind, Status, skip_code
from oa.trees.models import Message, Tree

_COPY_REVIEWS = """
    COPY reviews_review (id, message_id, by_id, labels, mode, version, counts, created_at) FROM STDIN
"""
_COPY_BALLOTS = """
    COPY rankings_ballot (id, parent_id, by_id, shown, tiers, unacceptable, not_rankable, counts, created_at) FROM STDIN
"""
_COPY_REACTIONS = "COPY community_reaction (message_id, person_id, emoji, at) FROM STDIN"
_COPY_TASKS = """
    COPY tasks_task (id, kind, status, lang, tree_id, message_id, version, author_id, lonely, created_at, assignee_id,
                     leased_at, expires_at, closed_at, shown, result, submit_key, submit_digest, skip_reason, skip_note,
                     booked) FROM STDIN
"""
_WRITE_COUNTS = """
    UPDATE trees_message message
    SET baseline = new.baseline, label_sums = new.label_sums, ranking_count = new.ranking_count
    FROM jsonb_to_recordset(%s::jsonb) AS new(id uuid, baseline jsonb, label_sums jsonb, ranking_count int)
    WHERE message.id = new.id
"""


@dataclass(slots=True)
class Intake:
    """What became of a batch of judgements; those refused with their line, a stable code and why in words."""

    taken: Counter[str] = field(default_factory=Counter)
    there: int = 0
    twice: list[int] = field(default_factory=list)
    refused: list[Broken] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)

    def refuse(self, judgement: Judgement, broken: Broken) -> None:
        self.refused.append(Broken(broken.code, broken.words, line=judgement.line))


@dataclass(slots=True)
class _Ground:
    """A tree that judgements are about: itself, what its messages keep, and the judgements it has."""

    tree: Tree
    scene: Scene
    kept: dict[UUID, Kept]
    authors: dict[UUID, UUID | None]
    written_here: set[UUID]
    known: dict[str, Row]
    seats: set[tuple[object, ...]]
    changed: set[UUID] = field(default_factory=set)


@verb
def take_in_judgements(*, batch: Sequence[Pile], now: datetime) -> Intake:
    """Store the judgements of a batch that are not here yet. What counts and means of messages say stays as it is:
    what has a row now is taken out of what was brought.

    People nobody knows get rows that nobody can sign in with. What is here is never overwritten. Trees that people
    work on move on if ballots make them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    intake = Intake()
    piles = [(pile, _read(pile, intake)) for pile in batch]
    grounds = _grounds({pk_of(pile.tree) for pile in batch})
    accounts = _accounts(judgement for _pile, read in piles for judgement in read)
    fresh: list[tuple[_Ground, Judgement]] = []
    for pile, read in piles:
        ground = grounds.get(pk_of(pile.tree))
        sorted_out = _sort_out(read, ground, accounts, intake)
        if ground is not None:
            fresh += [(ground, judgement) for judgement in _counted(ground, sorted_out, intake)]
    _store(fresh, now=now)
    _write_counts(grounds.values())
    for ground in sorted(grounds.values(), key=lambda ground: ground.tree.pk):
        if ground.changed and not ground.tree.archived:
            tasks.settle(ground.tree, now=now)
    intake.taken.update(judgement.what.value for _ground, judgement in fresh)
    return intake


def _read(pile: Pile, intake: Intake) -> list[Judgement]:
    found = []
    for line, row in pile.rows:
        try:
            found.append(judgement_of(row, line=line, odd=intake.unknown))
        except Broken as broken:
            intake.refused.append(Broken(broken.code, broken.words, line=line))
    return found


def _grounds(tree_ids: set[UUID]) -> dict[UUID, _Ground]:
    """The trees by id, held; what each of their messages keeps; the judgements that are here."""
    trees = Tree.objects.filter(pk__in=tree_ids).select_related("policy").order_by("pk")
    held = {tree.pk: tree for tree in trees.select_for_update(of=("self",), no_key=True)}
    conversations = stored(held)
    known = _known(conversations)
    found = {
        pk: _Ground(
            tree=held[pk], scene=Scene(conversations[pk]), kept={}, authors={}, written_here=set(),
            known={row["judgement_id"]: row for row in known[pk]},
            seats={seat for row in known[pk] for seat in seats_of(row)},
        )
        for pk in conversations
    }  # fmt: skip
    columns = ("tree_id", "id", "author_id", "label_sums", "baseline", "ranking_count")
    for tree_id, pk, author, sums, baseline, ballots in Message.objects.filter(tree__in=held).values_list(*columns):
        found[tree_id].authors[pk] = author
        found[tree_id].kept[pk] = Kept(sums, baseline or {}, ballots)
        found[tree_id].written_here |= {pk} if baseline is None else set()
    return found


def _known(conversations: Mapping[UUID, Conversation]) -> dict[UUID, list[Row]]:
    stream = JudgementStream(Tree.objects.filter(pk__in=conversations), Hearing(notes=True, withdrawn=True))
    found = {pk: stream.of(conversations[pk]).rows for pk in sorted(conversations)}
    for row in (row for rows in found.values() for row in rows):
        row["judgement_id"] = row["judgement_id"] or reaction_id(row)
    return found


def _accounts(judgements: Iterable[Judgement]) -> set[UUID]:
    """Which of the people named have accounts here."""
    named = {judgement.person for judgement in judgements}
    return set(User.objects.filter(pk__in=named, imported=False).values_list("pk", flat=True))


def _sort_out(
    read: Iterable[Judgement], ground: _Ground | None, accounts: set[UUID], intake: Intake
) -> list[Judgement]:
    """Those that are new and can be; the fate of the others is written down."""
    fresh: dict[str, Judgement] = {}
    for judgement in read:
        name = judgement.row["judgement_id"]
        mine = fresh[name].row if name in fresh else ground.known.get(name) if ground else None
        try:
            if mine is None:
                _admit(judgement, ground, accounts)
                fresh[name] = judgement
            elif not _same(mine, judgement.row):
                raise Broken("other_content", f"the judgement {name} {_where(name in fresh)} with other content")
            elif name in fresh:
                intake.twice.append(judgement.line)
            else:
                intake.there += 1
        except Broken as broken:
            intake.refuse(judgement, broken)
    return list(fresh.values())


def _where(in_file: bool) -> str:
    return "stands in the file before" if in_file else "is here"


def _admit(judgement: Judgement, ground: _Ground | None, accounts: set[UUID]) -> None:
    """Broken when it can't be a judgement of this tree. One person has one voice about a text."""
    check(judgement, ground.scene if ground else None, accounts)
    assert ground is not None, "else check had refused"
    about = {judgement.message, *(pk_of(name) for name in judgement.row["shown"] or ())}
    if about & ground.written_here:
        raise Broken("written_here", "it is about a message that was written here, whose judgements are all here")
    seats = set(seats_of(judgement.row))
    if not ground.seats.isdisjoint(seats):
        words = f"{judgement.row['user_id']} has judged {judgement.row['message_id']} in this way already"
        raise Broken("judged_twice", words)
    ground.seats |= seats


def _same(mine: Row, other: Row) -> bool:
    """Whether two rows say the same. What somebody wrote when they skipped is not in every file."""
    return mine == other or mine == other | {"note": mine["note"]} and other["note"] is None


def _counted(ground: _Ground, fresh: Sequence[Judgement], intake: Intake) -> list[Judgement]:
    """Those that the counts of their messages have room for; the counts are changed to make it."""
    groups: dict[tuple[UUID, str], list[Judgement]] = defaultdict(list)
    for judgement in sorted(fresh, key=lambda judgement: (judgement.at, judgement.id)):
        groups[judgement.message, _counted_as(judgement)].append(judgement)
    taken: list[Judgement] = []
    for (message, code), group in groups.items():
        try:
            _count(ground, message, code, group)
        except Broken as broken:
            for judgement in group:
                intake.refuse(judgement, broken)
        else:
            taken += group
    return taken


def _counted_as(judgement: Judgement) -> str:
    if judgement.what is What.SKIP:
        return skip_code(Kind(judgement.row["task"]))
    return str(judgement.row["emoji"] or judgement.what.value)


def _count(ground: _Ground, message: UUID, code: str, group: Sequence[Judgement]) -> None:
    what, counting = group[0].what, [judgement for judgement in group if judgement.row["counts"]]
    if what is What.BALLOT:
        stood = Counter(pk_of(name) for judgement in counting for name in judgement.row["shown"])
        changed = {pk: with_ballots(ground.kept[pk], number) for pk, number in stood.items()}
    elif what is What.REVIEW:
        labels = [judgement.labels for judgement in counting]
        changed = {message: with_reviews(ground.kept[message], labels)} if labels else {}
    else:
        changed = {message: with_codes(ground.kept[message], {code: len(group)})}
    ground.kept |= changed
    ground.changed |= changed.keys()


def _store(fresh: Sequence[tuple[_Ground, Judgement]], *, now: datetime) -> None:
    make_people((judgement.row["user_id"] for _ground, judgement in fresh), now=now)
    of_kind: dict[What, list[Judgement]] = {what: [] for what in What}
    for _ground, judgement in fresh:
        of_kind[judgement.what].append(judgement)
    copy_rows(_COPY_REVIEWS, (_review_row(judgement) for judgement in of_kind[What.REVIEW]))
    copy_rows(_COPY_BALLOTS, (_ballot_row(judgement) for judgement in of_kind[What.BALLOT]))
    copy_rows(_COPY_REACTIONS, (_reaction_row(judgement) for judgement in of_kind[What.REACTION]))
    copy_rows(_COPY_TASKS, (_task_row(*pair) for pair in fresh if pair[1].what is not What.REACTION))


def _review_row(judgement: Judgement) -> tuple[Any, ...]:
    row = judgement.row
    labels = orjson.dumps(judgement.labels).decode()
    return (
        judgement.id, judgement.message, judgement.person, labels, row["mode"], row["text_version"], row["counts"],
        judgement.at,
    )  # fmt: skip


def _ballot_row(judgement: Judgement) -> tuple[Any, ...]:
    row = judgement.row
    shown, unacceptable = ([pk_of(name) for name in row[column]] for column in ("shown", "unacceptable"))
    tiers = orjson.dumps([[str(pk_of(name)) for name in tier] for tier in row["tiers"]]).decode()
    return (
        judgement.id, judgement.message, judgement.person, shown, tiers, unacceptable, row["not_rankable"],
        row["counts"], judgement.at,
    )  # fmt: skip


def _reaction_row(judgement: Judgement) -> tuple[Any, ...]:
    return judgement.message, judgement.person, judgement.row["emoji"], judgement.at


def _task_row(ground: _Ground, judgement: Judgement) -> tuple[Any, ...]:
    """The task in which it was handed in, or that was skipped: over, and owed nothing for."""
    row, at, message = judgement.row, judgement.at, judgement.message
    entry = ground.scene.entries[message]
    skipped = judgement.what is What.SKIP
    shown, result = _laid_out(judgement)
    return (
        judgement.id if skipped else uuid5(FOREIGN, f"task of {judgement.id}"), row["task"],
        (Status.SKIPPED if skipped else Status.DONE).value, entry.lang, ground.tree.pk, message, row["text_version"],
        ground.authors[message] if judgement.what is What.REVIEW else None, False, at, judgement.person, at, at, at,
        shown, result, "", "", row["reason"] or "", row["note"] or "", True,
    )  # fmt: skip


def _laid_out(judgement: Judgement) -> tuple[str | None, str | None]:
    """What was shown in a task, and what came of it, as tasks keep them."""
    about = {"message_id": str(judgement.message)}
    if judgement.what is What.REVIEW:
        shown: dict[str, Any] = {"mode": judgement.row["mode"]}
        return orjson.dumps(shown).decode(), orjson.dumps({"review_id": str(judgement.id), **about}).decode()
    if judgement.what is What.BALLOT:
        shown = {"order": [str(pk_of(name)) for name in judgement.row["shown"]]}
        return orjson.dumps(shown).decode(), orjson.dumps({"ballot_id": str(judgement.id), **about}).decode()
    return None, None


def _write_counts(grounds: Iterable[_Ground]) -> None:
    rows = [
        {"id": str(pk), "baseline": kept.baseline, "label_sums": kept.label_sums, "ranking_count": kept.ranking_count}
        for ground in grounds
        for pk in ground.changed
        for kept in (ground.kept[pk],)
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE_COUNTS, [orjson.dumps(rows).decode()])
