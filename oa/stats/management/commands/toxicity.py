"""`manage.py toxicity score`: score what has no score, here and now. `toxicity report`: people against the machine."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oa.moderation import actions as moderation
from oa.moderation.rules import Verb
from oa.screening import actions as screening
from oa.screening.rules import Again, Check
from oa.stats import actions
from oa.stats.rules import RESAMPLES
from oa.stats.rules.files import as_csv, as_object
from oa.trees.rules import Role

WIDTH = 26
SAID_EACH_SECONDS = 10


class Command(BaseCommand):
    said = 0.0
    help = "Score texts with Detoxify, or say how far its scores agree with what people say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True)
        score = kinds.add_parser("score", help="score texts that have no score yet")
        score.add_argument("--again", choices=Again.values, help="score texts once more that have scores already")
        score.add_argument("--lang", action="append", default=[], help="with --again: only this language; repeatable")
        score.add_argument("--set-aside", action="store_true", help="texts that were set aside too, whatever failed")
        score.add_argument("--archived", action="store_true", help="archived (imported) trees too")
        report = kinds.add_parser("report", help="human labels against scores, of the rows of this moment")
        report.add_argument("--json", type=Path, metavar="FILE", help="write everything to this file")
        report.add_argument("--csv", type=Path, metavar="FILE", help="write correlations and areas to this file")
        report.add_argument("--lang", help="only this language")
        report.add_argument("--role", choices=Role.values, help="only this role")
        report.add_argument("--resamples", type=int, default=RESAMPLES, help="drawings behind each interval")
        report.add_argument("--seed", type=int, default=1, help="throws the same dice again")

    def handle(self, *_args: Any, what: str, **options: Any) -> None:
        self._score(**options) if what == "score" else self._report(**options)

    def _score(
        self, *, again: str | None, lang: list[str], set_aside: bool, archived: bool, **_options: Any
    ) -> None:  # fmt: skip
        if lang and not again:
            raise CommandError("--lang goes with --again: texts without a score are scored in every language.")
        try:
            score = screening.scorer()
        except screening.ModelMissing as error:
            raise CommandError(str(error)) from error
        if set_aside:
            self._try_all_again()
        screening.score_missing(archived=archived)
        if again:
            screening.score_again(which=Again(again), langs=lang, archived=archived)
        total = screening.score_waiting(score=score, clock=timezone.now, at_most=None, said=self._say_how_many)
        self.stdout.write(f"{total} messages scored with {score.name}.")

    def _try_all_again(self) -> None:
        now = timezone.now()
        if texts := screening.try_all_again(kind=Check.TOXICITY, now=now):
            done = {"check": Check.TOXICITY.value, "texts": texts}
            moderation.note_command(command="toxicity score --set-aside", done=done, verb=Verb.RETRY, now=now)

    def _say_how_many(self, scored: int) -> None:
        if time.monotonic() - self.said > SAID_EACH_SECONDS:
            self.said = time.monotonic()
            self.stderr.write(f"{scored} scored")

    def _report(
        self, *, json: Path | None, csv: Path | None, lang: str | None, role: str | None, resamples: int, seed: int,
        **_options: Any,
    ) -> None:  # fmt: skip
        if resamples < 1 or seed < 0:
            raise CommandError("--resamples is 1 or more, --seed 0 or more.")
        begun = time.monotonic()
        only = [(lang, role)] if lang or role else None
        figures = actions.toxicity_figures(seed=seed, resamples=resamples, only=only)
        head, groups = figures["head"], list(figures["groups"].values())
        self._refuse_unsupported(lang, head)
        made_at, seconds = timezone.now(), round(time.monotonic() - begun, 2)
        if json:
            told = {**as_object(head, groups), "made_at": made_at, "seconds": seconds}
            self._write(json, lambda: orjson.dumps(told, option=orjson.OPT_INDENT_2))
        if csv:
            self._write(csv, lambda: as_csv(head, groups).encode())
        # After the files: whoever reads only the head of this has them whole.
        for line in lines_of(head, groups):
            self.stdout.write(line)
        for path in filter(None, (json, csv)):
            self.stdout.write(f"Written to {path}.")
        self.stdout.write(f"{seconds:.1f} s.")

    def _refuse_unsupported(self, lang: str | None, head: dict[str, Any]) -> None:
        if lang in {unsupported["lang"] for unsupported in head["unsupported"]}:
            raise CommandError(f"{lang}: not supported. The model doesn't know this language, so there are no scores.")

    def _write(self, path: Path, content: Callable[[], bytes]) -> None:
        try:
            path.write_bytes(content())
        except OSError as error:
            raise CommandError(f"{path} can't be written: {error.strerror}.") from error


def lines_of(head: dict[str, Any], groups: list[dict[str, Any]]) -> Iterator[str]:
    """The report to be read in a terminal: the first group's tables, then how many messages the others have."""
    first, *others = groups
    name = " ".join(part for part in (first["lang"], first["role"]) if part) or "All messages"
    yield f"{name}: {first['n_scored']} with scores. {first['resamples']} drawings, seed {head['seed']}."
    yield from _cells(first["cells"], head)
    yield from _areas(first["roc"], head)
    yield from _kept_and_deleted(first["kept_deleted"])
    if others:
        yield "\nGroups (--lang, --role; all of them with --json, --csv)"
        yield from (f"  {group['lang'] or group['role']:<12}{group['n_scored']:>9} messages" for group in others)
    if head["unsupported"]:
        yield "\nLanguages without scores"
        yield from (f"  {row['lang']:<12}{row['messages']:>9} messages  not supported" for row in head["unsupported"])


def _number(value: float | None, places: int = 2) -> str:
    return "n/a" if value is None else f"{value:.{places}f}"


def _sure(row: dict[str, Any], name: str, places: int = 2) -> str:
    """A figure with its interval."""
    if row[name] is None:
        return "n/a"
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    known = "" if low is None else f" [{low:.{places}f}, {high:.{places}f}]"
    return f"{row[name]:.{places}f}{known}"


def _cells(cells: Iterable[dict[str, Any]], head: dict[str, Any]) -> Iterator[str]:
    yield f"\n{'label':<18}{'score':<18}{'n':>7}  {'Pearson':<{WIDTH}}{'Spearman':<{WIDTH}}from"
    for label, of_label in groupby(cells, key=itemgetter("label")):
        rows = list(of_label)
        if all(cell["too_few"] for cell in rows):
            most = max(cell["n"] for cell in rows)
            yield f"{label:<18}{'all':<18}{most:>7}  too few (fewer than {head['too_few']})"
            continue
        yield from (_cell(cell) for cell in rows)


def _cell(cell: dict[str, Any]) -> str:
    begin = f"{cell['label']:<18}{cell['score']:<18}{cell['n']:>7}  "
    if cell["too_few"]:
        return begin + "too few"
    source = f"{cell['n_reviews']} reviewed here, {cell['n_imported']} imported"
    return begin + f"{_sure(cell, 'pearson'):<{WIDTH}}{_sure(cell, 'spearman'):<{WIDTH}}{source}"


def _areas(lines: Iterable[dict[str, Any]], head: dict[str, Any]) -> Iterator[str]:
    yield f"\n{'found by':<18}{'marked':<18}{'yes':>7}{'no':>7}  AUC"
    for line in lines:
        begin = f"{line['score']:<18}{line['label']:<18}{line['positives']:>7}{line['negatives']:>7}  "
        few = f"too few (fewer than {head['too_few']}, or than {head['too_few_of_a_side']} of a side)"
        yield begin + (few if line["too_few"] else _sure(line, "auc"))


def _kept_and_deleted(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    rows = list(rows)
    yield f"\n{'deleted or kept':<18}{'kept':>7}{'deleted':>9}  {'mean kept':<12}{'deleted':<12}{'difference':<28}AUC"
    for row in rows:
        kept, deleted = row["kept"], row["deleted"]
        begin = f"{row['score']:<18}{kept['n']:>7}{deleted['n']:>9}  "
        means = f"{_number(kept['mean'], 4):<12}{_number(deleted['mean'], 4):<12}"
        figures = f"{_sure(row, 'difference', 4):<28}{_sure(row, 'auc')}"
        yield begin + ("too few" if row["too_few"] else means + figures)
