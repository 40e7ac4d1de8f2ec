"""Importing files: read, sort out, take in a batch at a time, and report everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction
from psycopg import sql

from oa.accounts.models import User
from oa.datasets.actions.reading import Refused, conversations
from oa.datasets.actions.storing import Fate, Outcome, take_in
from oa.datasets.rules.conversations import Conversation
from oa.screening.models import ToxicityScore
from oa.tasks.models import Task
from oa.trees.models import Message, Tree, TreeEvent

# Messages in one transaction: large enough for COPY to be fast, small enough to lose little when killed.
BATCH = 2000
# From so many messages on the planner has to hear of them.
WORTH_COUNTING = 500
# Refusals told one by one for each reason; from there on they are only counted.
TOLD = 1000


@dataclass(slots=True)
class Report:
    """What became of one file."""

    path: Path
    trees: Counter[Fate] = field(default_factory=Counter)
    messages: int = 0
    lines: dict[Fate, list[int]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    refused_by_code: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def refuse(self, refusal: Refused) -> None:
        self.refused_by_code[refusal.code] += 1
        if self.refused_by_code[refusal.code] <= TOLD:
            self.refused.append(refusal)

    def add(self, outcome: Outcome) -> None:
        self.notes += outcome.notes
        for tree, fate, words in outcome.fates:
            if fate in _REFUSALS:
                self.refuse(Refused(tree.line, _REFUSALS[fate], words))
                continue
            self.trees[fate] += 1
            self.lines.setdefault(fate, []).append(tree.line) if fate is Fate.TWICE else None
            self.messages += len(tree.entries) if fate is Fate.TAKEN else 0

    @property
    def read_anything(self) -> bool:
        return bool(self.trees) or any(code in _REFUSALS.values() for code in self.refused_by_code)


_REFUSALS = {Fate.DIFFERS: "other_content", Fate.CLASHES: "message_elsewhere"}


@dataclass(frozen=True, slots=True)
class Wish:
    """How to import: archived or live, the origin of trees that name none, or only a trial."""

    live: bool = False
    origin: str = ""
    dry_run: bool = False


def import_file(path: Path, wish: Wish, *, now: datetime, tell: Callable[[Report], None] | None = None) -> Report:
    """Take in the trees of a file. What is broken is reported and left out; the rest goes on.

    Each batch of whole trees is a transaction, so a run that is killed leaves whole trees only, and
    a second one goes on where it stopped: what is here is "already there". A dry run does all of it
    in one transaction and takes it back. OSError when the file can't be opened.
    """
    report = Report(path)
    with _dry(wish.dry_run):
        for batch in _batches(path, report):
            for outcome in _taken(batch, wish, report, now=now):
                report.add(outcome)
            if tell is not None:
                tell(report)
        if report.messages >= WORTH_COUNTING:
            _count_rows()
    return report


def _count_rows() -> None:
    """Tell the planner what is there now. Until it is told, it plans for the empty tables it saw before."""
    with connection.cursor() as cursor:
        for model in (Tree, Message, TreeEvent, Task, ToxicityScore, User):
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))


@contextmanager
def _dry(dry_run: bool) -> Iterator[None]:
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _batches(path: Path, report: Report) -> Iterator[list[Conversation]]:
    batch: list[Conversation] = []
    size = 0
    for found in conversations(path, odd=report.unknown):
        if isinstance(found, Refused):
            report.refuse(found)
            continue
        batch.append(found)
        size += len(found.entries)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _taken(batch: list[Conversation], wish: Wish, report: Report, *, now: datetime) -> Iterator[Outcome]:
    """A batch taken in; one that the database refuses is tried again tree by tree, to find the culprit."""
    try:
        yield take_in(batch=batch, live=wish.live, origin=wish.origin, now=now)
    except (DataError, IntegrityError) as error:
        if len(batch) == 1:
            reason = " ".join(str(error).split())[:300]
            report.refuse(Refused(batch[0].line, "refused_by_database", f"the database refuses it: {reason}"))
            return
        for tree in batch:
            yield from _taken([tree], wish, report, now=now)
