"""Reading, again and again: `python -m tests.bench.driver.asking --url URL --sessions FILE --paths FILE`.

FILE of paths has a line for each request, `name path`, that are asked for in turn by every reader. At its end it says
one line of JSON: how many requests, how long they took by name, and which went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import orjson

from tests.bench.driver.tally import OK, Tally, times
from tests.bench.driver.wire import Door, Wire

Paths = list[tuple[str, bytes]]


class Reader:
    """Somebody who looks at one page after the other."""

    def __init__(self, door: Door, session: str, paths: Paths, tally: Tally) -> None:
        self.wire, self.paths, self.tally = Wire(door, session, self.heard), paths, tally
        self.turn, self.sent_at, self.stopped, self.busy = 0, 0.0, False, False
        self.bytes: dict[str, int] = {}

    def ask(self) -> None:
        self.busy, self.sent_at = True, time.perf_counter()
        self.wire.send(b"GET", self.paths[self.turn % len(self.paths)][1])

    def heard(self, status: int, body: bytes) -> None:
        name = self.paths[self.turn % len(self.paths)][0]
        self.tally.note(name, time.perf_counter() - self.sent_at, status)
        self.bytes[name] = len(body)
        if status not in OK:
            self.tally.refuse(name, status, body)
        self.turn, self.busy = self.turn + 1, False
        if status and not self.stopped:
            self.ask()


async def read(asked: argparse.Namespace) -> dict[str, Any]:
    lines = [line.split(maxsplit=1) for line in asked.paths.read_text().splitlines()]
    paths = [(name, path.encode()) for name, path in lines]
    sessions, tally = asked.sessions.read_text().split()[: asked.readers], Tally()
    readers = [Reader(Door.of(asked.url), session, paths, tally) for session in sessions]
    for number, one in enumerate(readers):
        one.turn = number  # not all at the same page
        await one.wire.connect()
        one.ask()
    await asyncio.sleep(asked.warm)
    tally.open, began, cpu = True, time.perf_counter(), time.process_time()
    await asyncio.sleep(asked.seconds)
    tally.open, seconds, cpu = False, time.perf_counter() - began, time.process_time() - cpu
    for one in readers:
        one.stopped = True
    while any(one.busy for one in readers):
        await asyncio.sleep(0.01)
    for one in readers:
        one.wire.close()
    kinds = {name: times(spent) for name, spent in tally.milliseconds.items()}
    sizes = {name: size for one in readers for name, size in one.bytes.items()}
    requests = sum(map(len, tally.milliseconds.values()))
    told = {"kinds": kinds, "bytes": sizes, "statuses": dict(tally.statuses), "refused": dict(tally.refused)}
    return {"requests": requests, "seconds": seconds, "cpu": cpu, **told}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.driver.asking", description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--sessions", type=Path, required=True, metavar="FILE")
    parser.add_argument("--paths", type=Path, required=True, metavar="FILE")
    parser.add_argument("--readers", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--warm", type=float, default=1.0, help="seconds before anything counts")
    sys.stdout.write(orjson.dumps(asyncio.run(read(parser.parse_args()))).decode() + "\n")


if __name__ == "__main__":
    main()
