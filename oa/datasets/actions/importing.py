"""Importing files: read, sort out, take in a batch at a time, and report everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction
from psycopg import sql

from oa.accounts.models import User
from oa.community.models import Reaction
from oa.datasets.actions.judgements import Intake, take_in_judgements
from oa.datasets.actions.planting import Refused, Repaired
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
from oa.trees.models import Message, Tree, TreeEvent

# Messages in one transaction: large enough for COPY to be fast, small enough to lose little when killed.
BATCH = 2000
# From so many messages on the planner has to hear of them.
WORTH_COUNTING = 500
# Refusals told one by one for each reason; from there on they are only counted.
TOLD = 1000
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
    batch: Batch = []
    size = 0
    for found in conversations(source, wish, odd=report.unknown, notes=report.notes):
        if isinstance(found, Refused):
            report.refuse(found)
        elif isinstance(found, Repaired):
            report.repair(found)
        elif found is not None:
            batch.append(found)
            size += len(found.rows if isinstance(found, Pile) else found.entries)
            _tell_of_future(found, report, now + CLOCKS_DIFFER)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
        if tell is not None and (found is None or not batch):
            report.done_bytes = source.done
            tell(report)
    if batch:
        yield batch


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
