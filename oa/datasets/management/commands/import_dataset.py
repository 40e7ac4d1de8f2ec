"""`manage.py import_dataset FILE…`: oasst trees, flat rows and Hugging Face rows, packed or not."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from random import SystemRandom
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from oa.datasets import actions
from oa.datasets.actions import Fate, Report, Wish
from oa.moderation import actions as moderation
from oa.tasks import actions as tasks

HELP = """\
Import conversation trees from oasst files: tree rows, flat message rows, Hugging Face rows (parallel lists), one JSON
object a line, packed with gzip or not. Form and packing are seen from the content, not from the name.

Whole trees only. A line that is broken is reported with its number and why; the rest goes on. What is here already is
left as it is, so a run that was killed is resumed by running it again. Fields nobody knows are reported once.
"""
EPILOG = """\
Exit code: 0 if anything could be read, also when lines were refused (--strict: then 1); 1 if a file can't be opened or
no tree could be read from it; 2 for wrong usage.
"""
# Refusals told in full before the rest is summed up.
SHOWN = 50


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EPILOG, "formatter_class": argparse.RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument(
            "--as", dest="how", choices=("archive", "live"), default="archive",
            help="archive (default): kept exactly as they came, shown and exported, never worked on; "
            "live: taken over, so that people work on them from where they stand",
        )  # fmt: skip
        parser.add_argument("--origin", default="", metavar="NAME", help="where trees come from that don't say so")
        parser.add_argument("--dry-run", action="store_true", help="do everything, report, and take it back")
        parser.add_argument("--strict", action="store_true", help="exit with 1 if anything was refused")
        parser.add_argument("--quiet", action="store_true", help="no progress; of the report only what went wrong")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.quiet: bool = options["quiet"]
        wish = Wish(live=options["how"] == "live", origin=options["origin"][:200], dry_run=options["dry_run"])
        reports = [self._import(path, wish) for path in options["files"]]
        if wish.live and not wish.dry_run:
            fill_desks()
        unread = [str(report.path) for report in reports if not report.read_anything]
        if unread:
            raise CommandError(f"No tree could be read from: {', '.join(unread)}")
        if options["strict"] and any(report.refused_by_code for report in reports):
            raise CommandError("Something was refused (--strict).")

    def _import(self, path: Path, wish: Wish) -> Report:
        began = time.monotonic()

        def tell(report: Report) -> None:
            trees, seconds = sum(report.trees.values()), time.monotonic() - began
            rate = report.messages / seconds if seconds else 0
            self.stderr.write(f"\r{path.name}: {trees} trees, {report.messages} messages, {rate:.0f}/s", ending="")
            self.stderr.flush()

        watched = sys.stderr.isatty() and not self.quiet
        try:
            report = actions.import_file(path, wish, now=timezone.now(), tell=tell if watched else None)
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror or error}") from error
        if watched:
            self.stderr.write("")
        note_import(report, wish)
        self._tell(report, wish, time.monotonic() - began)
        return report

    def _tell(self, report: Report, wish: Wish, seconds: float) -> None:
        if not self.quiet:
            trial = " (dry run: nothing is kept)" if wish.dry_run else ""
            self.stdout.write(f"{report.path}{trial}")
            taken = report.trees[Fate.TAKEN]
            self.stdout.write(f"  taken: {taken} trees, {report.messages} messages in {seconds:.1f} s")
            self.stdout.write(f"  already there: {report.trees[Fate.THERE]} trees")
            if twice := report.lines.get(Fate.TWICE):
                self.stdout.write(f"  twice in the file, taken once: {len(twice)} trees (lines {_listed(twice)})")
            for words, number in sorted(report.notes.items()):
                self.stdout.write(f"  {words}: {number}") if number else None
            for name, number in sorted(report.unknown.items()):
                self.stdout.write(f"  unknown field {name}: {number} times, not taken")
        self._tell_refusals(report)

    def _tell_refusals(self, report: Report) -> None:
        total = sum(report.refused_by_code.values())
        if total:
            by_code = ", ".join(f"{code} {number}" for code, number in sorted(report.refused_by_code.items()))
            self.stderr.write(f"{report.path}: {total} refused ({by_code})")
        for refused in report.refused[:SHOWN]:
            self.stderr.write(f"  line {refused.line}: {refused.code}: {refused.words}")
        if total > SHOWN:
            self.stderr.write(f"  … and {total - SHOWN} more")


def _listed(lines: list[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:20])
    return shown + (", …" if len(lines) > 20 else "")


def note_import(report: Report, wish: Wish) -> None:
    """Write down in the log of decisions what a file brought."""
    if report.trees[Fate.TAKEN] and not wish.dry_run:
        done = {"file": report.path.name, "trees": report.trees[Fate.TAKEN], "messages": report.messages}
        how = "live" if wish.live else "archive"
        moderation.note_command(command="import_dataset", done={**done, "as": how}, now=timezone.now())


def fill_desks() -> None:
    """Draw the lottery and stock prompts now rather than at the next round of beat."""
    for lang in tasks.languages_due(timezone.now()):
        tasks.fill_language(lang=lang, now=timezone.now(), rng=SystemRandom())
