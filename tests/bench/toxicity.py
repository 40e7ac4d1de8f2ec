"""Toxicity scores: our engine against Detoxify as everybody uses it, one text at a time or sixteen as they come.

Each contestant is a process of its own with its own model; they take turns, round by round, so that all of them meet
the same moods of the machine. Figures are medians of the rounds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure
from tests.bench.large import make_checkpoint, texts_of_people

TEXTS, NAIVE, ROUNDS = 162, 48, 3
Scores = list[list[float]]


class Contestant:
    """A process with a model that scores texts when it is told to."""

    def __init__(self, how: str, checkpoint: Path, config: Path, *, threads: int | None) -> None:
        # Without a word on threads torch takes as many as there are cores, as it does for everybody.
        environ = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
        environ |= {"HF_HUB_DISABLE_PROGRESS_BARS": "1"} | ({"OMP_NUM_THREADS": str(threads)} if threads else {})
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.contestant", how, str(checkpoint), str(config)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ)
        self.about = self.hear()

    def tell(self, texts: Sequence[str], at_once: int) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"texts": list(texts), "at_once": at_once}) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("A process of the measurement has died: see above.")
        return json.loads(line)

    def end(self) -> Any:
        """What it has to say of its memory."""
        self.tell([], 0)
        said = self.hear()
        self.process.communicate()
        return said


def measure() -> Iterator[Figure]:
    """About five minutes on two cores, 6 GB of memory and 1.1 GB of disk."""
    cores = len(os.sched_getaffinity(0))
    texts, source = texts_of_people(TEXTS)
    with tempfile.TemporaryDirectory(prefix="oa-bench-") as folder:
        tell(f"making a model of the real size ({source})")
        files = make_checkpoint(Path(folder), texts)
        tell("loading it")
        obvious = Contestant("detoxify", *files, threads=None)
        ours = [Contestant("engine", *files, threads=1) for _ in range(cores)]
        rates, plain, quick = _race(texts, obvious, ours)
        memory, our_memory = obvious.end(), [one.end() for one in ours][0]
    yield from _speeds(rates, cores=cores, precision=ours[0].about["precision"])
    off = [abs(a - b) for place, scores in plain.items() for a, b in zip(scores, quick[place], strict=True)]
    yield Figure(
        "greatest difference of a score", max(off), "", f"at most 0.01, {len(off)} scores of {len(plain)} texts"
    )
    yield Figure("mean difference of a score", statistics.mean(off), "")
    spread = statistics.quantiles([score for scores in plain.values() for score in scores], n=10)
    yield Figure("a tenth of plain scores are below", spread[0], "", "so that differences can be seen")
    yield Figure("a tenth of plain scores are above", spread[-1], "")
    yield Figure("Detoxify: memory at most", memory["peak"], "MB")
    yield Figure("ours: memory at most, a process", our_memory["peak"], "MB", "while it loads and checks itself")
    yield Figure(
        "ours: memory once loaded, a process", our_memory["now"], "MB", f"{memory['now']:,.0f} MB of Detoxify's"
    )


def _race(
    texts: list[str], obvious: Contestant, ours: list[Contestant]
) -> tuple[dict[str, list[float]], dict[int, list[float]], Scores]:
    """Texts per second of each way in each round; plain scores by place; ours."""
    rates: dict[str, list[float]] = {"one": [], "naive": [], "single": [], "all": []}
    by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    plain: dict[int, list[float]] = {}
    quick: Scores = []
    for turn in range(ROUNDS):
        tell(f"round {turn + 1} of {ROUNDS}")
        # Each round other texts, all of the same mixture of lengths.
        some = by_length[turn::ROUNDS]
        rate, scores = _timed([obvious], [[texts[place] for place in some]], at_once=1)
        rates["one"].append(rate)
        plain |= dict(zip(some, scores[0], strict=True))
        few = sorted(by_length[turn :: len(texts) // NAIVE][:NAIVE])  # as they come
        rates["naive"].append(_timed([obvious], [[texts[place] for place in few]], at_once=16)[0])
        rate, scores = _timed(ours[:1], [texts], at_once=len(texts))
        rates["single"].append(rate)
        quick = scores[0]
        shares = [[texts[place] for place in by_length[first :: len(ours)]] for first in range(len(ours))]
        rates["all"].append(_timed(ours, shares, at_once=len(texts))[0])
    return rates, plain, quick


def _timed(contestants: list[Contestant], shares: list[list[str]], *, at_once: int) -> tuple[float, list[Scores]]:
    began = time.perf_counter()
    for contestant, share in zip(contestants, shares, strict=True):
        contestant.tell(share, at_once)
    scores: list[Scores] = [contestant.hear()["scores"] for contestant in contestants]
    return sum(map(len, shares)) / (time.perf_counter() - began), scores


def _speeds(rates: dict[str, list[float]], *, cores: int, precision: str) -> Iterator[Figure]:
    def of(way: str) -> float:
        return statistics.median(rates[way])

    def ratio(way: str, other: str) -> float:
        return statistics.median(a / b for a, b in zip(rates[way], rates[other], strict=True))

    def spread(way: str) -> str:
        return f"{min(rates[way]):.3g} to {max(rates[way]):.3g}"

    yield Figure("Detoxify, one text at a time", of("one"), "texts/s", f"{spread('one')}; {cores} threads")
    yield Figure("Detoxify, 16 as they come", of("naive"), "texts/s", f"{spread('naive')}; {cores} threads")
    yield Figure(f"ours ({precision}), one process", of("single"), "texts/s", f"{spread('single')}; 1 thread")
    yield Figure(f"ours ({precision}), a process a core", of("all"), "texts/s", f"{spread('all')}; {cores} processes")
    yield Figure("a process a core / one at a time", ratio("all", "one"), "x", "goal 3.5")
    yield Figure("a process a core / 16 as they come", ratio("all", "naive"), "x", "goal 6")
    yield Figure("one process / one at a time", ratio("single", "one"), "x")


def tell(what: str) -> None:
    sys.stderr.write(f"toxicity: {what}\n")
