"""Volunteers who are not there, at work on a site that is."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import IO, Any

from django.core.management import BaseCommand, CommandError

from oa.embedded.processes import KeepsFailing
from oa.simulation.actions import Crowd, NotLetIn, SiteGone, World, with_own_site
from oa.simulation.rules import Goal, by_state, population

DEFAULT_CYCLES = 1000
HELP = """\
A population of volunteers works through the public HTTP API, and nothing else: they sign up, choose languages, accept
the terms, write, review, rank and skip. Starts its own web server, worker and beat on a free port, on the database of
this environment, unless --url names a site. The last line is one JSON object with what was done.

The same seed gives the same people (languages, activity, character, skill) with the same dice. Who gets which task
depends on who comes first, so two runs differ in their trees. The people's passwords follow from the seed: never
simulate on a site that real people use.
"""


class Command(BaseCommand):
    help = HELP
    requires_system_checks = ()

    def create_parser(self, *args: Any, **options: Any) -> Any:
        return super().create_parser(*args, formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--volunteers", type=_positive, default=60, metavar="N")
        parser.add_argument("--cycles", type=_positive, metavar="M", help=f"default {DEFAULT_CYCLES}")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument(
            "--until-ready", type=_positive, metavar="T", help="end when T more trees are ready, one in each language"
        )
        parser.add_argument("--langs", type=_tags, default=("en", "de", "es"), help="with commas between: en,de,es")
        parser.add_argument("--trolls", type=_share, default=0.05, help="share of people who spoil things: 0.05")
        parser.add_argument("--clients", type=_positive, default=8, help="people at work at the same time: 8")
        parser.add_argument("--url", help="the address of a site that runs already")
        parser.add_argument(
            "--hurry", action="store_true", help="don't wait half a minute for figures counted after the end"
        )
        parser.add_argument("--journal", type=Path, metavar="FILE", help="a JSON line for every answer accepted")

    def handle(self, *_args: Any, **options: Any) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells of every request
        stop = _stop_on_request()
        cycles = options["cycles"] or (None if options["until_ready"] else DEFAULT_CYCLES)
        goal = Goal(cycles=cycles, ready=options["until_ready"], langs=options["langs"])
        people = population(
            options["volunteers"], langs=options["langs"], seed=options["seed"], trolls=options["trolls"]
        )
        try:
            with _journal(options["journal"]) as journal:
                world = World(goal, journal)
                self._run(
                    Crowd(people, world, clients=options["clients"], hurry=options["hurry"]),
                    url=options["url"],
                    stop=stop,
                )
        except* (NotLetIn, SiteGone, KeepsFailing) as group:
            raise CommandError("; ".join(str(error) for error in group.exceptions)) from group
        self.stdout.write(json.dumps(_report(world, options), ensure_ascii=False))
        if not world.succeeded:
            self.stderr.write(f"The goal was not reached: {world.over}.")
            sys.exit(1)

    def _run(self, crowd: Crowd, *, url: str | None, stop: Event) -> None:
        def work(address: str) -> None:
            asyncio.run(crowd.run(address, watch=_show, stop=stop))

        if url is not None:
            work(url)
        else:
            with_own_site(work, stop=stop)


def _report(world: World, options: dict[str, Any]) -> dict[str, object]:
    return {
        "volunteers": options["volunteers"],
        "seed": options["seed"],
        "langs": list(options["langs"]),
        "ended": world.over,
        **world.tally.as_json(seconds=world.seconds),
        "ready": sum(world.newly_ready.values()),
        "ready_by_lang": world.newly_ready,
        "trees_by_state": by_state(world.trees),
    }


def _show(world: World) -> None:
    """One line that is written over again and again, where somebody looks on."""
    if not sys.stderr.isatty():
        return
    states = "  ".join(f"{state} {number}" for state, number in by_state(world.trees).items())
    rate = world.tally.done / world.seconds
    sys.stderr.write(f"\r\033[K{world.tally.done} cycles  {rate:.1f}/s  {states}{chr(10) if world.over else ''}")
    sys.stderr.flush()


@contextlib.contextmanager
def _journal(path: Path | None) -> Iterator[IO[str] | None]:
    if path is None:
        yield None
        return
    with path.open("a") as journal:
        yield journal


def _stop_on_request() -> Event:
    """Ctrl-C ends it in order: a site of our own is stopped, and what was done so far is shown."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word} is not a positive number")
    return number


def _share(word: str) -> float:
    share = float(word)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{word} is not between 0 and 1")
    return share


def _tags(word: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag.strip() for tag in word.split(",") if tag.strip()))
    if not tags:
        raise argparse.ArgumentTypeError("name at least one language")
    return tags
