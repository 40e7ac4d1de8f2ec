"""`manage.py check_integrity`: are all promises kept?"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection, transaction

from oa.core.promises import Check, Tally
from oa.stats.promises import PROMISES

TOLD_AS_JSON = 1000


class Command(BaseCommand):
    help = "Check every promise of the design against the rows. Prints each breach; exits 1 if there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = sorted({check.promise for check in PROMISES}, key=lambda promise: int(promise[1:]))
        parser.add_argument("--promise", action="append", choices=known, help="only this one; may be repeated")
        parser.add_argument("--json", action="store_true", help="one JSON object rather than lines")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = [check for check in PROMISES if not options["promise"] or check.promise in options["promise"]]
        tell = self._collect if options["json"] else self._tell
        with _one_moment():
            broken = tell(wanted)
        if broken:
            raise CommandError(f"{broken} breaches of promises.")

    def _tell(self, checks: list[Check]) -> int:
        broken = 0
        for check in checks:
            tally, found, started = Tally(), 0, time.monotonic()
            for found, breach in enumerate(check.run(tally), start=1):
                self.stdout.write(self.style.ERROR(f"{check.promise}  BROKEN: {breach}"))
            spent = time.monotonic() - started
            word = f"{found} BREACHES" if found else "kept"
            self.stdout.write(f"{check.promise:<4}{word}  {check.says}  ({tally.checked} checked, {spent:.2f} s)")
            broken += found
        return broken

    def _collect(self, checks: list[Check]) -> int:
        told = []
        for check in checks:
            tally, found, first, started = Tally(), 0, [], time.monotonic()
            for found, breach in enumerate(check.run(tally), start=1):
                first += [breach] if found <= TOLD_AS_JSON else []
            told.append({
                "promise": check.promise,
                "says": check.says,
                "checked": tally.checked,
                "breaches": found,
                "first": first,
                "seconds": round(time.monotonic() - started, 3),
            })
        broken = sum(line["breaches"] for line in told)
        self.stdout.write(json.dumps({"breaches": broken, "promises": told}))
        return broken


@contextmanager
def _one_moment() -> Iterator[None]:
    """All checks see the rows of one moment, so that a site at work doesn't look broken. Nothing is written."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
