"""`manage.py import_dataset FILE…`: oasst files, and those of other projects, packed or not."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import SystemRandom
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from oa.accounts.models import User
from oa.datasets import actions
from oa.datasets.actions import Fate, Refused, Repaired, Report
from oa.datasets.rules.foreign import Foreign
from oa.datasets.rules.states import Into
from oa.datasets.rules.wishes import Wish
from oa.moderation import actions as moderation
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks

HELP = """\
Import conversations: trees, flat message rows and Hugging Face rows of oasst; instructions (Alpaca, Self-Instruct,
BELLE); conversations (ShareGPT, Vicuna); messages with roles (OpenAI); lists of prompts as JSON, CSV or plain text.
One JSON object a line or one array, packed with gzip or not. Form and packing are seen from the content.

Single judgements (export_dataset --format judgements) come after the trees they are about, in the same file or another.

Whole trees only. A line that is broken is reported with its number and why; the rest goes on. What is here already is
left as it is, so a run that was killed is resumed by running it again. Conversations that begin alike become one tree.
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
            "--into", "--as", dest="into", choices=Into.values, default=Into.ARCHIVE.value,
            help="archive (default): kept as they came, never worked on; live: people go on with them; review: prompts "
            "that are reviewed first; lottery: accepted prompts that may be drawn; ranking: replies wait to be ranked",
        )  # fmt: skip
        parser.add_argument("--form", choices=Foreign.values, default=Foreign.AUTO.value, help="default: auto")
        parser.add_argument("--origin", default="", metavar="NAME", help="where trees come from that don't say so")
        parser.add_argument("--licence", default="", metavar="NAME", help="under which they came, such as Apache-2.0")
        parser.add_argument("--model-name", default="", metavar="NAME", help="the machine that wrote the replies")
        parser.add_argument("--lang", default="", metavar="L", help="of texts whose language can't be told")
        parser.add_argument(
            "--column", default="", metavar="NAME", help="of a table, or a row: the one with the prompts"
        )
        parser.add_argument("--encoding", default="", metavar="NAME", help="such as latin-1; UTF-16 is recognised")
        parser.add_argument("--synthetic-prompts", action="store_true", help="a machine wrote the prompts too")
        parser.add_argument(
            "--system", choices=("before", "out"), default=None,
            help="what becomes of system texts: set before the prompt (default, but for --into review and lottery: "
            "there people would have to read them), or left out",
        )  # fmt: skip
        parser.add_argument("--by", default="", metavar="EMAIL", help="the administrator whose import it is")
        parser.add_argument("--dry-run", action="store_true", help="do everything, report, and take it back")
        parser.add_argument("--strict", action="store_true", help="exit with 1 if anything was refused")
        parser.add_argument("--quiet", action="store_true", help="no progress; of the report only what went wrong")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.quiet: bool = options["quiet"]
        wish, by = _wish(options), _person(options["by"])
        reports = [self._import(path, wish, by) for path in options["files"]]
        if wish.worked_on and not wish.dry_run:
            fill_desks()
        unread = [str(report.path) for report in reports if not report.read_anything]
        if unread:
            raise CommandError(f"No tree could be read from: {', '.join(unread)}")
        if options["strict"] and any(report.refused_by_code for report in reports):
            raise CommandError("Something was refused (--strict).")

    def _import(self, path: Path, wish: Wish, by: User | None) -> Report:
        began = time.monotonic()
        watched = sys.stderr.isatty() and not self.quiet
        tell = self._progress(path, began) if watched else None
        try:
            report = actions.import_here(path, wish, clock=timezone.now, tell=tell, by=by)
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror or error}") from error
        if watched:
            self.stderr.write("")
        note_import(report, wish, by)
        self._tell(report, wish, time.monotonic() - began)
        return report

    def _progress(self, path: Path, began: float) -> Callable[[Report], None]:
        def tell(report: Report) -> None:
            seconds = time.monotonic() - began
            rate = report.messages / seconds if seconds else 0
            read = 100 * report.done_bytes // max(report.total_bytes, 1)
            told = f"{report.trees.total()} trees, {report.messages} messages, {rate:.0f}/s, {read} % read"
            self.stderr.write(f"\r{path.name}: {told}", ending="")
            self.stderr.flush()

        return tell

    def _tell(self, report: Report, wish: Wish, seconds: float) -> None:
        if not self.quiet:
            for line in _told(report, wish, seconds):
                self.stdout.write(line)
        self._tell_lines(report, "refused", report.refused_by_code.total(), report.refused)
        if not self.quiet:
            self._tell_lines(report, "put right", report.repaired_by_code.total(), report.repaired)

    def _tell_lines(self, report: Report, what: str, total: int, found: Sequence[Refused | Repaired]) -> None:
        codes = report.refused_by_code if what == "refused" else report.repaired_by_code
        if total:
            by_code = ", ".join(f"{code} {number}" for code, number in sorted(codes.items()))
            self.stderr.write(f"{report.path}: {total} {what} ({by_code})")
        for one in sorted(found, key=lambda one: one.line)[:SHOWN]:
            self.stderr.write(f"  line {one.line}: {one.code}: {one.words}")
        if total > SHOWN:
            self.stderr.write(f"  … and {total - SHOWN} more")


def _wish(options: dict[str, Any]) -> Wish:
    if options["encoding"]:
        try:
            "".encode(options["encoding"])
        except LookupError:
            raise CommandError(f"There is no encoding {options['encoding']}.", returncode=2) from None
    system = {"before": True, "out": False, None: None}[options["system"]]
    plain = ("lang", "dry_run", "column", "encoding", "synthetic_prompts")
    return Wish(
        into=Into(options["into"]), form=Foreign(options["form"]), system_first=system,
        origin=options["origin"][:200], licence=options["licence"][:64], model_name=options["model_name"][:200],
        **{name: options[name] for name in plain},
    )  # fmt: skip


def _person(email: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody here has the address {email}.", returncode=2)
    return found


def _told(report: Report, wish: Wish, seconds: float) -> list[str]:
    trial = " (dry run: nothing is kept)" if wish.dry_run else ""
    found = [f"{report.path}{trial}"]
    found.append(f"  taken: {report.trees[Fate.TAKEN]} trees, {report.messages} messages in {seconds:.1f} s")
    found.append(f"  already there: {report.trees[Fate.THERE]} trees")
    if more := report.trees[Fate.JOINED]:
        found.append(f"  joined to trees that are here: {more}")
    if report.joined or report.repeated:
        found.append(f"  conversations joined to others of the file: {report.joined}, repeated: {report.repeated}")
    if twice := report.trees[Fate.TWICE]:
        lines = report.lines[Fate.TWICE]
        found.append(f"  twice in the file, taken once: {twice} trees (lines {_listed(lines, twice)})")
    if wish.dry_run and report.langs:
        langs = ", ".join(f"{lang} {number}" for lang, number in report.langs.most_common())
        found.append(f"  languages: {langs}; {report.characters} characters")
    found += [f"  {words}: {number}" for words, number in sorted(report.notes.items()) if number]
    found += [f"  unknown field {name}: {number} times, not taken" for name, number in sorted(report.unknown.items())]
    return found


def _listed(lines: list[int], total: int) -> str:
    shown = ", ".join(str(line) for line in lines[:20])
    return shown + (", …" if total > 20 else "")


def note_import(report: Report, wish: Wish, by: User | None = None) -> None:
    """Write down in the log of decisions what a file brought."""
    if (report.trees[Fate.TAKEN] or report.trees[Fate.JOINED] or report.judgements) and not wish.dry_run:
        done = {"file": report.path.name, "trees": report.trees[Fate.TAKEN], "messages": report.messages}
        done |= {"judgements": report.judgements.total()} if report.judgements else {}
        done |= {"as": wish.into.value, "by": str(by.pk) if by else None}
        moderation.note_command(command="import_dataset", done=done, verb=Verb.IMPORT, now=timezone.now())


def fill_desks() -> None:
    """Draw the lottery and stock prompts now rather than at the next round of beat."""
    for lang in tasks.languages_due(timezone.now()):
        tasks.fill_language(lang=lang, now=timezone.now(), rng=SystemRandom())
