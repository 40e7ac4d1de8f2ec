"""Importing files: read, sort out, take in a batch at a time, and report everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction
from psycopg import sql

from oa.accounts.models import User
from oa.community.models import Reaction
from oa.datasets.actions.judgements import Intake, take_in_judgements
from oa.datasets.actions.planting import Found, Refused, Repaired
from oa.datasets.actions.reading import conversations
from oa.datasets.actions.sources import Source
from oa.datasets.actions.storing import Fate, Outcome, take_in
from oa.datasets.models import ImportRun
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.judgements import Pile
from oa.datasets.rules.wishes import Wish
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.screening.models import ToxicityScore
from oa.tasks.models import Task
from oa.trees.models import Message, PolicyVersion, Tree, TreeEvent

# Messages in one transaction: large enough for COPY to be fast, small enough to lose little when killed.
BATCH = 2000
# From so many messages on the planner has to hear of them.
WORTH_COUNTING = 500
# Refusals told one by one for each reason; from there on they are only counted.
TOLD = 1000
# While nothing comes, it is told so often that it still reads: after so many times 500 rows.
MOST_PAUSES = 10
# A date that is later than now by more is a mistake.
CLOCKS_DIFFER = timedelta(days=1)
# Lines of trees that stand twice, told one by one.
LINES_TOLD = 100


@dataclass(slots=True)
class Report:
    """What became of one file."""

    path: Path
    trees: Counter[Fate] = field(default_factory=Counter)
    messages: int = 0
    judgements: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    langs: Counter[str] = field(default_factory=Counter)
    joined: int = 0
    repeated: int = 0
    lines: dict[Fate, list[int]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    refused_by_code: Counter[str] = field(default_factory=Counter)
    repaired: list[Repaired] = field(default_factory=list)
    repaired_by_code: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    done_bytes: int = 0
    total_bytes: int = 0

    def refuse(self, refusal: Refused) -> None:
        self.refused_by_code[refusal.code] += 1
        if self.refused_by_code[refusal.code] <= TOLD:
            self.refused.append(refusal)

    def repair(self, repaired: Repaired) -> None:
        self.repaired_by_code[repaired.code] += 1
        if self.repaired_by_code[repaired.code] <= TOLD:
            self.repaired.append(repaired)

    def add(self, outcome: Outcome | Intake) -> None:
        if isinstance(outcome, Intake):
            self._add_judgements(outcome)
            return
        self.notes += outcome.notes
        self.messages += outcome.messages
        for tree, fate, words in outcome.fates:
            if fate in _REFUSALS:
                self.refuse(Refused(tree.line, _REFUSALS[fate], words))
                continue
            self.trees[fate] += 1
            self.joined += tree.joined
            self.repeated += tree.repeated
            if fate is Fate.TWICE and len(self.lines.setdefault(fate, [])) < LINES_TOLD:
                self.lines[fate].append(tree.line)
            if fate is Fate.TAKEN:
                self.langs[tree.lang] += 1
                self.characters += sum(len(entry.text) for entry in tree.entries)

    def _add_judgements(self, intake: Intake) -> None:
        self.judgements += intake.taken
        self.unknown += intake.unknown
        self.notes += Counter({f"{kind}s taken": number for kind, number in intake.taken.items()})
        self.notes["judgements already there"] += intake.there
        self.notes["judgements that stand in the file twice, taken once"] += len(intake.twice)
        for broken in intake.refused:
            self.refuse(Refused(broken.line, broken.code, broken.words))

    @property
    def read_anything(self) -> bool:
        judged = bool(self.judgements) or bool(self.notes["judgements already there"])
        return bool(self.trees) or judged or any(code in _REFUSALS.values() for code in self.refused_by_code)


_REFUSALS = {
    Fate.DIFFERS: "other_content", Fate.CLASHES: "message_elsewhere", Fate.BUSY: "tree_at_work",
    Fate.LICENCE: "other_licence",
}  # fmt: skip
Tell = Callable[[Report], None]


def import_file(
    path: Path, wish: Wish, *, now: datetime, tell: Tell | None = None, by: User | None = None,
    run: ImportRun | None = None,
) -> Report:  # fmt: skip
    """Take in the trees and judgements of a file. What is broken is reported and left out; the rest goes on.

    Each batch of whole trees is a transaction, so a run that is killed leaves whole trees only, and
    a second one goes on where it stopped: what is here is "already there". A dry run does all of it
    in one transaction and takes it back. `tell` hears of the progress, and may end it by raising.
    OSError when the file can't be opened.
    """
    source = Source(path, name=run.name if run else "", encoding=wish.encoding)
    report = Report(path, total_bytes=source.size)
    with _dry(wish.dry_run):
        for batch in _batches(source, wish, report, tell, now=now):
            for outcome in _taken(batch, wish, report, now=now, by=by, run=run):
                report.add(outcome)
        if report.messages + report.judgements.total() >= WORTH_COUNTING:
            _count_rows()
    report.done_bytes = source.size
    return report


def _count_rows() -> None:
    """Tell the planner what is there now. Until it is told, it plans for the empty tables it saw before."""
    with connection.cursor() as cursor:
        for model in (Tree, Message, TreeEvent, Task, ToxicityScore, User, Review, Ballot, Reaction):
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))


@contextmanager
def _dry(dry_run: bool) -> Iterator[None]:
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


Batch = list[Conversation | Pile]


def _tell_of_future(found: Conversation | Pile, report: Report, latest: datetime) -> None:
    """Such dates are kept: where clocks went wrong, nobody here knows better."""
    if isinstance(found, Pile):
        return
    for entry in found.entries:
        if entry.created_date is not None and entry.created_date > latest:
            words = f"{entry.message_id} is dated {entry.created_date:%Y-%m-%d}, in the future; it is kept as it came"
            report.repair(Repaired(entry.line or found.line, "date_in_future", words))


def _batches(source: Source, wish: Wish, report: Report, tell: Tell | None, *, now: datetime) -> Iterator[Batch]:
    limits: dict[str, int] = {}
    for piece in _read_ahead(source, wish):
        report.unknown += piece.odd
        report.notes += piece.notes
        batch: Batch = []
        for found in piece.found:
            if isinstance(found, Refused):
                report.refuse(found)
            elif isinstance(found, Repaired):
                report.repair(found)
            elif too_long := _longer_than_allowed(found, wish, limits):
                report.refuse(too_long)
            else:
                batch.append(found)
                _tell_of_future(found, report, now + CLOCKS_DIFFER)
        if tell is not None:
            report.done_bytes = source.done
            tell(report)
        if batch:
            yield batch


@dataclass(slots=True)
class _Piece:
    """What was read of a file at once."""

    found: list[Conversation | Pile | Refused | Repaired] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    last: bool = False


def _read_ahead(source: Source, wish: Wish) -> Iterator[_Piece]:
    """What there is to take in, so many messages at once. A thread beside ours reads the next ones while the database
    works on those that are here; what it counts, it hands over with them."""
    odd: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    reading = conversations(source, wish, odd=odd, notes=notes)

    def ahead() -> _Piece:
        piece = _piece(reading)
        piece.odd, piece.notes = odd.copy(), notes.copy()
        odd.clear()
        notes.clear()
        return piece

    with closing(reading), ThreadPoolExecutor(1, "reads-ahead") as beside:
        coming = beside.submit(ahead)
        while not (piece := coming.result()).last:
            coming = beside.submit(ahead)
            yield piece
        yield piece


def _piece(reading: Iterator[Found | Pile | None]) -> _Piece:
    """About a batch of messages, or less where nothing came for a while."""
    piece = _Piece()
    size = pauses = 0
    for found in reading:
        if found is None:
            pauses += 1
        else:
            piece.found.append(found)
            size += _size(found)
        if size >= BATCH or pauses >= MOST_PAUSES:
            return piece
    piece.last = True
    return piece


def _size(found: Found | Pile) -> int:
    if isinstance(found, Pile):
        return len(found.rows)
    return len(found.entries) if isinstance(found, Conversation) else 1


def _longer_than_allowed(found: Conversation | Pile, wish: Wish, limits: dict[str, int]) -> Refused | None:
    """People are asked about no longer texts than they may write."""
    if isinstance(found, Pile) or not (found.grown and wish.worked_on):
        return None
    if found.lang not in limits:
        limits[found.lang] = PolicyVersion.objects.in_force(found.lang).policy.message_size_limit
    limit = limits[found.lang]
    for entry in found.entries:
        if len(entry.text) > limit:
            words = f"a text in it has {len(entry.text)} characters; the policy allows {limit}"
            return Refused(entry.line, "text_too_long", words)
    return None


def _taken(
    batch: Batch, wish: Wish, report: Report, *, now: datetime, by: User | None, run: ImportRun | None
) -> Iterator[Outcome | Intake]:
    """A batch taken in: its trees, then the judgements of them or of trees that are here."""
    trees = [found for found in batch if isinstance(found, Conversation)]
    piles = [found for found in batch if isinstance(found, Pile)]
    if trees:
        yield from _trees_taken(trees, wish, report, now=now, by=by, run=run)
    if piles:
        yield from _judgements_taken(piles, report, now=now)


def _trees_taken(
    batch: list[Conversation], wish: Wish, report: Report, *, now: datetime, by: User | None, run: ImportRun | None
) -> Iterator[Outcome]:
    """One that the database refuses is tried again tree by tree, to find the culprit."""
    try:
        yield take_in(batch=batch, wish=wish, now=now, by=by, run=run)
    except (DataError, IntegrityError) as error:
        if len(batch) == 1:
            report.refuse(_refused_by_database(batch[0].line, error))
            return
        for tree in batch:
            yield from _trees_taken([tree], wish, report, now=now, by=by, run=run)


def _judgements_taken(batch: list[Pile], report: Report, *, now: datetime) -> Iterator[Intake]:
    """What the database refuses is tried again judgement by judgement."""
    try:
        yield take_in_judgements(batch=batch, now=now)
    except (DataError, IntegrityError) as error:
        single = [Pile(pile.tree, [row]) for pile in batch for row in pile.rows]
        if len(single) == 1:
            report.refuse(_refused_by_database(single[0].rows[0][0], error))
            return
        for pile in single:
            yield from _judgements_taken([pile], report, now=now)


def _refused_by_database(line: int, error: Exception) -> Refused:
    reason = " ".join(str(error).split())[:300]
    return Refused(line, "refused_by_database", f"the database refuses it: {reason}")
