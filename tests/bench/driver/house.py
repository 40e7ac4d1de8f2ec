"""A site at work, for as long as its input is open: `python -m tests.bench.driver.house --port P`.

Web server, workers and beat are started by the functions of `manage.py run`. Says a line of JSON when the site is up,
the numbers of its processes, and another at its end: how often each had to be started again. What the programs say goes
to standard error and the data folder's logs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import select
import shutil
import signal
import sys
from typing import IO

from oa.embedded import client
from oa.embedded.management.commands.run import STOP_ORDER, beat, empty_folder, is_up, patient_worker, web, worker
from oa.embedded.places import Site, data_dir
from oa.embedded.processes import Group, Program, die_with_parent
from tests.bench.driver.statements import UNCOUNTED

HOST = "127.0.0.1"


def programs(port: int, *, workers: int) -> list[Program]:
    """What is started, as `manage.py run` does."""
    others = [worker("worker", "default", concurrency=workers), patient_worker(), beat()]
    for program in others:
        program.environ = {**program.environ, **UNCOUNTED}
    return [web(HOST, port), *others]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.driver.house", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=2, help="processes of the worker")
    asked = parser.parse_args()
    die_with_parent()
    signal.signal(signal.SIGTERM, lambda *_of: sys.exit())  # by way of `finally`: nothing is left behind
    site = Site(data_dir())
    membership = client.users_fd()
    figures = empty_folder(site.folder / f"metrics-{asked.port}")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(figures)
    group = Group(site.logs, keep_open=[membership] if membership is not None else [])
    told = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        try:
            live(group, programs(asked.port, workers=asked.workers), asked.port, told)
        finally:
            group.stop(STOP_ORDER)
            shutil.rmtree(figures, ignore_errors=True)


def live(group: Group, started: list[Program], port: int, told: IO[str]) -> None:
    for program in started:
        group.start(program)
    while not is_up(HOST, port):
        group.pump(0.1)
    say(told, {name: child.process.pid for name, child in group.children.items()})
    while not select.select([sys.stdin], [], [], 0)[0]:
        group.pump(0.2)
    say(told, {name: len(child.ended) for name, child in group.children.items()})


def say(told: IO[str], numbers: dict[str, int]) -> None:
    told.write(json.dumps(numbers) + "\n")
    told.flush()


if __name__ == "__main__":
    main()
