"""`manage.py check_integrity`: are all promises kept?"""

from __future__ import annotations

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.management import BaseCommand, CommandError

from oa.core.promises import Check, Tally, run_all
from oa.stats.promises import PROMISES

TOLD_AS_JSON = 1000


@dataclass(slots=True)
class Report:
    """What came of one check."""

    promise: str
    says: str
    checked: int = 0
    breaches: int = 0
    seconds: float = 0.0
    first: list[str] = field(default_factory=list)

    def line(self) -> str:
        word = f"{self.breaches} BREACHES" if self.breaches else "kept"
        return f"{self.promise:<4}{word}  {self.says}  ({self.checked} checked, {self.seconds:.2f} s)"


class Command(BaseCommand):
    help = "Check every promise (listed in oa/README.md) against the rows. Prints each breach; exits 1 for any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = sorted({check.promise for check in PROMISES}, key=lambda promise: int(promise[1:]))
        parser.add_argument("--promise", action="append", choices=known, help="only this one; may be repeated")
        parser.add_argument(
            "--at-once", type=int, default=min(os.cpu_count() or 1, 4), metavar="N",
            help="how many checks run at once, each with a connection of its own (default: %(default)s)",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="one JSON object rather than lines")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = [check for check in PROMISES if not options["promise"] or check.promise in options["promise"]]
        tell = None if options["json"] else self._breach
        reports = run_all(wanted, lambda check: self._report(check, tell), at_once=max(options["at_once"], 1))
        broken = sum(report.breaches for report in reports)
        if options["json"]:
            self.stdout.write(json.dumps({"breaches": broken, "promises": [asdict(report) for report in reports]}))
        if broken:
            raise CommandError(f"{broken} breaches of promises.")

    def _breach(self, check: Check, breach: str) -> None:
        self.stdout.write(self.style.ERROR(f"{check.promise:<4}BROKEN: {breach}"))

    def _report(self, check: Check, tell: Callable[[Check, str], None] | None) -> Report:
        report, tally, started = Report(check.promise, check.says), Tally(), time.monotonic()
        for breach in check.run(tally):
            report.breaches += 1
            if tell:
                tell(check, breach)
            elif report.breaches <= TOLD_AS_JSON:
                report.first.append(breach)
        report.checked, report.seconds = tally.checked, round(time.monotonic() - started, 3)
        if tell:
            self.stdout.write(report.line())
        return report
