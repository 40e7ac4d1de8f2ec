"""The load generator: `python -m tests.bench.driver.crowd --url URL --sessions FILE --volunteers N --seconds S`.

A process of its own in which N volunteers work, each on a connection of their own, cycle after cycle: hand in a task
and get the next one, in one request. FILE has a session key a line (`tests.bench.driver.sign_in` writes one).
At its end it says one line of JSON. With --hold it says `open` and `closed` when it begins and ends to count, and waits
for a line each time, so that others can count the same.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from tests.bench.driver.answers import ANY, Pen, Task
from tests.bench.driver.tally import OK, Tally, times
from tests.bench.driver.wire import Door, Wire

PAUSE = 0.25  # before somebody asks again who was told that there is nothing
SKIPS = 0.02
DRAIN_SECONDS = 15.0
ASK, LIST, LOOK, SKIP = "ask", "list", "look", "skip"
API = b"/api/v1/tasks"


@dataclass(slots=True)
class Work:
    """What all volunteers of a crowd share. They go on while there is work left and nobody has called stop."""

    tally: Tally
    pen: Pen
    most: int | None = None
    stopped: bool = False
    cycles: int = 0
    full: asyncio.Event = field(default_factory=asyncio.Event)
    asks_only: bool = False

    def cycle_done(self) -> None:
        self.cycles += self.tally.open
        if self.most is not None and self.cycles >= self.most:
            self.stop()

    def stop(self) -> None:
        self.stopped = True
        self.full.set()


class Volunteer:
    """Somebody at work: every answer is followed by the next request, until the crowd is told to stop."""

    def __init__(self, door: Door, session: str, work: Work) -> None:
        self.wire = Wire(door, session, self.heard)
        self.work, self.tally, self.pen = work, work.tally, work.pen
        self.what, self.sent_at = "", 0.0
        self.task: Task | None = None
        self.resting, self.gone = False, ""

    def ask(self) -> None:
        self.resting = False
        if self.work.stopped:
            self.rest()
        else:
            self._send(ASK, b"POST", API + b"/next", ANY)

    def rest(self) -> None:
        self.what, self.resting = "", True

    def heard(self, status: int, body: bytes) -> None:
        what, self.what = self.what, ""
        if not what:
            self.gone = self.gone or "the site closed the connection"
            return
        self.tally.note(what, time.perf_counter() - self.sent_at, status)
        if status in OK:
            self._took(what, orjson.loads(body))
        else:
            self._refused(what, self.tally.refuse(what, status, body))

    def _send(self, what: str, method: bytes, path: bytes, body: object = None, *, key: bytes = b"") -> None:
        self.what, self.sent_at = what, time.perf_counter()
        self.wire.send(method, path, body, key=key)

    def _took(self, what: str, said: dict[str, Any]) -> None:
        if what == ASK:
            self._given(said)
        elif what == LIST:
            held = said["results"]
            self._send(LOOK, b"GET", b"%b/%b" % (API, held[0]["id"].encode())) if held else self.pause()
        elif what == LOOK:
            self._begin(said)
        else:
            self.task = None
            if what != SKIP:
                self.work.cycle_done()
            self._given(said["next"])

    def _given(self, said: dict[str, Any] | None) -> None:
        """A task, or why there is none, or a refusal of the second wish beside a first that was granted."""
        if said is None:
            self.rest()
        elif "code" in said:
            if self.tally.open:
                self.tally.refused[f"next {said['code']}"] += 1
            self._without_task(said["code"])
        elif said["task"] is None:
            self.tally.nothing()
            self.pause()
        else:
            self._begin(said["task"])

    def _begin(self, task: Task) -> None:
        self.task = task
        if self.work.stopped or self.work.asks_only:
            self.rest()
            return
        path = b"%b/%b/" % (API, task["id"].encode())
        if self.pen.dice.random() < SKIPS:
            self._send(SKIP, b"POST", path + b"skip", self.pen.skip())
        else:
            self._hand_in(task, self.pen.answer(task))

    def _hand_in(self, task: Task, answer: dict[str, Any]) -> None:
        path = b"%b/%b/submit" % (API, task["id"].encode())
        self._send(task["kind"], b"POST", path, answer, key=b"bench-" + task["id"].encode())

    def _refused(self, what: str, code: str) -> None:
        self.task = None
        if code == "connection_lost" or code in {"not_signed_in", "not_authenticated", "disabled"}:
            self.gone = f"{what}: {code}"
        elif what == ASK:
            self._without_task(code)
        else:
            self.ask()

    def _without_task(self, code: str) -> None:
        if code == "too_many_in_hand" and not self.work.stopped:
            self._send(LIST, b"GET", API + b"?status=leased")
        else:
            self.pause()

    def pause(self) -> None:
        if self.work.stopped:
            self.rest()
        else:
            asyncio.get_running_loop().call_later(PAUSE, self.ask)

    def hand_in_the_last(self) -> None:
        """So that nobody leaves with a task in hand. Nobody counts this."""
        if self.task and self.resting and not self.gone:
            answer = self.pen.answer(self.task)
            del answer["next"]
            self.resting = False
            self._hand_in(self.task, answer)


async def crowd(asked: argparse.Namespace) -> dict[str, Any]:
    """Let them work; what they did."""
    sessions = asked.sessions.read_text().split()[asked.first : asked.first + asked.volunteers]
    if len(sessions) < asked.volunteers:
        raise SystemExit(f"{asked.sessions} has {len(sessions)} sessions for {asked.volunteers} volunteers.")
    work = Work(Tally(), Pen(asked.seed), asks_only=asked.ask_once)
    door = Door.of(asked.url)
    people = [Volunteer(door, session, work) for session in sessions]
    for one in people:
        await one.wire.connect()
    if asked.ask_once:
        seconds, cpu = await _each_asks_once(people, asked)
    else:
        for one in people:
            one.ask()
        await asyncio.sleep(asked.warm)
        seconds, cpu = await _watched(work, asked)
    await _until_quiet(people)
    for one in people:
        one.hand_in_the_last()
    await _until_quiet(people)
    for one in people:
        one.wire.close()
    return {"volunteers": len(people), "seconds": seconds, "cpu": cpu, **_told(work, people)}


async def _watched(work: Work, asked: argparse.Namespace) -> tuple[float, float]:
    """The time that counts: its seconds, and what we ourselves computed in it."""
    if asked.hold:
        await _say_and_wait("open")
    work.most, work.tally.open = asked.cycles, True
    began, cpu = time.perf_counter(), time.process_time()
    try:
        await asyncio.wait_for(work.full.wait(), asked.seconds)
    except TimeoutError:
        work.stop()
    work.tally.open = False
    found = time.perf_counter() - began, time.process_time() - cpu
    if asked.hold:
        await _say_and_wait("closed")
    return found


async def _each_asks_once(people: list[Volunteer], asked: argparse.Namespace) -> tuple[float, float]:
    """One after the other, while nobody hands anything in: so that what asking alone costs can be counted."""
    if asked.hold:
        await _say_and_wait("open")
    began, cpu = time.perf_counter(), time.process_time()
    work = people[0].work
    work.tally.open = True
    for one in people:
        one.ask()
        while one.what:
            await asyncio.sleep(0.002)
    work.stop()
    work.tally.open = False
    found = time.perf_counter() - began, time.process_time() - cpu
    if asked.hold:
        await _say_and_wait("closed")
    return found


async def _until_quiet(people: list[Volunteer]) -> None:
    """Until everybody has their answer."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline and any(one.what for one in people):
        await asyncio.sleep(0.02)


async def _say_and_wait(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def _told(work: Work, people: list[Volunteer]) -> dict[str, Any]:
    tally = work.tally
    submits = {what: spent for what, spent in tally.milliseconds.items() if what not in {ASK, LIST, LOOK, SKIP}}
    return {
        "cycles": work.cycles,
        "empty": tally.empty,
        "statuses": dict(tally.statuses),
        "refused": dict(tally.refused),
        "gone": [one.gone for one in people if one.gone],
        "all": times(spent for some in submits.values() for spent in some),
        "kinds": {what: times(some) for what, some in sorted(tally.milliseconds.items())},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.driver.crowd", description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--sessions", type=Path, required=True, metavar="FILE")
    parser.add_argument("--volunteers", type=int, default=16)
    parser.add_argument("--first", type=int, default=0, help="how many sessions of the file others use")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--cycles", type=int, help="stop when so many are done, if that comes first")
    parser.add_argument("--warm", type=float, default=2.0, help="seconds before anything counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ask-once", action="store_true", help="nobody does more than to ask for a task, once")
    parser.add_argument("--hold", action="store_true")
    told = asyncio.run(crowd(parser.parse_args()))
    sys.stdout.write(orjson.dumps(told).decode() + "\n")


if __name__ == "__main__":
    main()
