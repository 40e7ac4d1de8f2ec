"""The original's history, made anew in minutes."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from oa.simulation.actions.history import Board, NotOurs, Plan, Workers, found, look_after_all, measure
from oa.simulation.rules import compare, table

TELL_EVERY = 5.0
HELP = """\
Replays the history of the original platform: a heavy-tailed population, trolls included, writes, reviews and ranks
until so many trees stand. Straight through the actions (no HTTP), with a clock on which months pass in minutes. Wants a
site of its own (an empty OA_DATA_DIR). May be stopped or killed at any moment: the site is whole, and the same command
goes on from there. Prints the figures of the published data with ours beside them; the last line is one JSON object.
"""


class Command(BaseCommand):
    help = HELP
    requires_system_checks = ()

    def create_parser(self, *args: Any, **options: Any) -> Any:
        return super().create_parser(*args, formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--volunteers", type=_positive, default=13_500, metavar="N")
        parser.add_argument("--trees", type=_positive, default=66_000, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--workers", type=_positive, default=2, metavar="N", help="processes: 2")
        parser.add_argument("--json", type=Path, metavar="FILE", help="the last line into a file, too")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        started = time.monotonic()
        plan = Plan.of(
            trees=options["trees"], volunteers=options["volunteers"], seed=options["seed"], workers=options["workers"]
        )
        try:
            board = found(plan)
        except NotOurs as refusal:
            raise CommandError(str(refusal)) from refusal
        failed = self._watch(Workers(plan, board), plan)
        self._say(board, plan, started)
        look_after_all(board, rng=Random(f"end {plan.seed}"))
        report = self._report(board, plan, time.monotonic() - started)
        line = json.dumps(report)
        if options["json"]:
            options["json"].write_text(line + "\n")
        self.stdout.write(line)
        if failed or board.trees < plan.trees:
            self.stderr.write("It ended before all trees stood; the same command goes on from here.")
            sys.exit(1)

    def _watch(self, workers: Workers, plan: Plan) -> bool:
        board = workers.board
        told = started = time.monotonic()
        with _ended_in_order(board), workers.at_work():
            while workers.wait(0.2):
                if time.monotonic() - told >= TELL_EVERY:
                    told = time.monotonic()
                    self._say(board, plan, started)
        return workers.failed

    def _say(self, board: Board, plan: Plan, started: float) -> None:
        rate = board.total("cycles") / (time.monotonic() - started)
        self.stdout.write(
            f"{board.now:%Y-%m-%d}  {board.trees} of {plan.trees} trees  {board.people} people  "
            f"{board.total('cycles')} answers  {rate:.0f}/s"
        )
        self.stdout.flush()

    def _report(self, board: Board, plan: Plan, seconds: float) -> dict[str, object]:
        figures = measure()
        compared = compare(figures)
        self.stdout.write("\n".join(["", *table(compared), ""]))
        used, cycles = getrusage(RUSAGE_CHILDREN), max(board.total("cycles"), 1)
        return {
            "trees": int(figures.get("trees", 0)), "messages": int(figures.get("messages", 0)),
            "volunteers": len(plan.people), "people": int(figures.get("people", 0)), "seed": plan.seed,
            "workers": plan.workers, **board.as_json(), "seconds": round(seconds, 1),
            "cycles_per_second": round(board.total("cycles") / seconds, 1),
            "python_cpu_ms_per_cycle": round((used.ru_utime + used.ru_stime) * 1000 / cycles, 2),
            "simulated": [board.began.isoformat(), board.now.isoformat()],
            "within": sum(line.within for line in compared), "of": len(compared),
            "figures": [line.as_json() for line in compared],
        }  # fmt: skip


@contextlib.contextmanager
def _ended_in_order(board: Board) -> Iterator[None]:
    """Ctrl-C and its like: the processes end what they are at, and what was done so far is shown."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, lambda _number, _frame: board.stop.set()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word} is not a positive number")
    return number
