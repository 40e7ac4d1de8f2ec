"""Data sets: a corpus of the size of oasst1 taken in and written out in several forms, against a plain COPY.

Each export is a process of its own on a site of its own, so that its memory is its own. Times are those of the clock;
beside them stands what the process itself computed, which says more on a machine that has other things to do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure

TREES, MILLION = 66_497, 412_000
# The original: 42 s and 770 MB for 10,850 trees that were ready, with their labels.
THEIR_TREES, THEIR_SECONDS = 10_850, 42.0
TIMES, MEMORY, COPIES = 20, 150, 3.0
FORMS = ("trees", "messages", "hf", "sft", "preference")


def measure() -> Iterator[Figure]:
    """About ten minutes on two cores, and 3 GB of disk."""
    yield from _measured(TREES, FORMS)


def measure_million() -> Iterator[Figure]:
    """A million messages: an hour on two cores, and 15 GB of disk."""
    yield from _measured(MILLION, ("trees",))


def _measured(trees: int, forms: tuple[str, ...]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="oa-bench-") as folder, Site(Path(folder)) as site:
        corpus = site.folder / "corpus.jsonl"
        tell(f"writing a corpus of {trees:,} trees")
        seconds = site.run("make_corpus", "--trees", str(trees), "--out", str(corpus))
        yield Figure("corpus written", seconds, "s", f"{corpus.stat().st_size / 1e6:,.0f} MB, {trees:,} trees")
        tell("importing it")
        seconds = site.run("import_dataset", "--quiet", str(corpus))
        yield Figure("import", seconds, "s", "goal 60 for 161,443 messages" if trees == TREES else "")
        yield from _exports(site, forms)


def _exports(site: Site, forms: tuple[str, ...]) -> Iterator[Figure]:
    plain = site.export("copy", "all")
    yield Figure("COPY of the exported columns", plain["seconds"], "s", f"{plain['bytes'] / 1e6:,.0f} MB; the client's "
                 f"own {plain['cpu']:.1f} s, the server's {plain['server']:.1f} s")  # fmt: skip
    for form in forms:
        found = site.export(form, "all")
        yield from _told(f"{form}, everything", found)
        yield Figure(f"{form} / COPY", found["seconds"] / plain["seconds"], "x", f"goal at most {COPIES:g}")
        if form == "trees":
            yield Figure("memory at most", found["memory"], "MB", f"goal {MEMORY}; {found['loaded']:,.0f} once loaded")
            yield Figure("statements", found["statements"], "", "however many trees")
    yield from _told("trees in Parquet, everything", site.export("trees", "all", ending="parquet"))
    ready = site.export("trees", "ready")
    yield from _told("trees, ready ones with labels", ready)
    faster = THEIR_SECONDS / (ready["seconds"] * THEIR_TREES / ready["trees"])
    against = f"of the original's {THEIR_SECONDS:g} s for {THEIR_TREES:,}; goal {TIMES}"
    yield Figure(f"ready trees: {ready['trees']:,}", faster, "x", against)


def _told(what: str, found: dict[str, Any]) -> Iterator[Figure]:
    shares = f"own {found['cpu']:.1f} s, the server's {found['server']:.1f} s"
    yield Figure(what, found["seconds"], "s", f"{found['rows']:,} rows, {found['bytes'] / 1e6:,.0f} MB; {shares}")


class Site:
    """An empty site of our own in a folder; every command on it is a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        others = {"DATABASE_URL", "REDIS_URL"}  # of a site that another measurement has made
        mine = {"OA_DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "oa.settings"}
        self._environ = {name: value for name, value in os.environ.items() if name not in others} | mine

    def __enter__(self) -> Site:
        tell("starting a site of its own")
        # Servers live as long as somebody uses them: this process does, until its input ends.
        held = "import sys; from oa import embedded; embedded.join(); print(flush=True); sys.stdin.read()"
        self._holder = subprocess.Popen(
            [sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environ
        )
        assert self._holder.stdout
        self._holder.stdout.readline()
        self.run("migrate", "--verbosity", "0")
        return self

    def __exit__(self, *_why: object) -> None:
        self._holder.communicate()

    def run(self, *command: str) -> float:
        """A command of manage.py; returns how many seconds it took."""
        began = time.perf_counter()
        self._run("manage.py", *command)
        return time.perf_counter() - began

    def export(self, what: str, which: str, *, ending: str = "jsonl") -> dict[str, Any]:
        """What an export has to say of itself."""
        tell(f"{what}, {which}, {ending}")
        out = self.folder / f"out.{ending}"
        found: dict[str, Any] = json.loads(self._run("-m", "tests.bench.exporter", what, which, str(out)))
        out.unlink()
        return found

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, "-W", "ignore", *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=self._environ).stdout


def tell(what: str) -> None:
    sys.stderr.write(f"datasets: {what}\n")
