"""A run: so many people at once, drawn by how active they are, until the goal is reached."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from threading import Event

import httpx

from oa.simulation.actions.sessions import API, NotLetIn, Session
from oa.simulation.actions.volunteers import Volunteer
from oa.simulation.actions.world import World
from oa.simulation.rules import Person, draw_visitor

LOOK_SECONDS = 2.0
IDLE_SECONDS = 0.1
# Whoever found nothing to do comes back after a while, and after longer each time.
REST_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0)
LAST_ANSWERS_SECONDS, LAST_WORDS_SECONDS, FRESH_FIGURES_SECONDS = 60.0, 5.0, 40.0

Watch = Callable[[World], None]


class Crowd:
    """The volunteers of one run."""

    def __init__(self, people: Sequence[Person], world: World, *, clients: int, hurry: bool = False) -> None:
        self.people = {person.number: person for person in people}
        self.world, self.clients, self.hurry = world, clients, hurry
        self.at_work: dict[int, Volunteer] = {}
        self.visiting: set[int] = set()
        self.tired: dict[int, int] = {}
        self.back_at: dict[int, float] = {}
        self.lots = Random(f"visits {people[0].seed}")

    async def run(self, url: str, *, watch: Watch, stop: Event) -> None:
        """Work at this address until the goal is reached, nothing moves any more, or somebody says stop."""
        self.url = url.rstrip("/")
        limits = httpx.Limits(max_connections=self.clients + 2, max_keepalive_connections=self.clients + 2)
        async with httpx.AsyncHTTPTransport(limits=limits) as transport, asyncio.TaskGroup() as group:
            self.transport = transport
            self.guest = Session(next(iter(self.people.values())), self.url, transport, self.world.tally)
            await self._read_figures()
            self.world.start()
            clients = [group.create_task(self._client()) for _ in range(self.clients)]
            await self._watch(watch, stop)
            # What is on its way is waited for: its answer belongs into the journal.
            await asyncio.wait(clients, timeout=LAST_ANSWERS_SECONDS if self.world.succeeded else LAST_WORDS_SECONDS)
            for client in clients:
                client.cancel()
            await self._look_once_more(datetime.now(UTC))
            watch(self.world)

    async def _watch(self, watch: Watch, stop: Event) -> None:
        while not self.world.over:
            await asyncio.sleep(LOOK_SECONDS)
            if stop.is_set():
                self.world.over = self.world.over or "stopped"
            self.world.look_at_the_clock()
            if not self.world.over:
                await self._look()
            watch(self.world)

    async def _look(self) -> None:
        """See how the trees are; a site that is away is looked at later."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self._read_figures()

    async def _look_once_more(self, ended: datetime) -> None:
        """The site counts its trees twice a minute: the last word is a count made after the end, unless in a hurry."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FRESH_FIGURES_SECONDS):
                while await self._read_figures() < ended and not self.hurry:
                    await asyncio.sleep(LOOK_SECONDS)

    async def _read_figures(self) -> datetime:
        """Take note of the trees, as anybody may see them. Returns when they were counted."""
        reply = await self.guest.call("GET", f"{API}/stats")
        if not reply.ok:
            raise NotLetIn(f"{API}/stats was refused: {reply.status} {reply.body}")
        self.world.look_at(reply.body["trees"]["by_language"])
        return datetime.fromisoformat(reply.body["at"])

    async def _client(self) -> None:
        """One of those at work at a time: whoever it is, another comes when they leave."""
        while not self.world.over:
            person = draw_visitor(self._free(), rng=self.lots)
            if person is None:
                await asyncio.sleep(IDLE_SECONDS)
                continue
            self.visiting.add(person.number)
            found_work = await self._volunteer(person).visit()
            self.visiting.discard(person.number)
            self._rest(person, found_work)

    def _free(self) -> list[Person]:
        now = time.monotonic()
        return [
            person
            for number, person in self.people.items()
            if number not in self.visiting and self.back_at.get(number, 0.0) <= now
        ]

    def _volunteer(self, person: Person) -> Volunteer:
        if person.number not in self.at_work:
            session = Session(person, self.url, self.transport, self.world.tally)
            self.at_work[person.number] = Volunteer(session, self.world, person.dice())
        return self.at_work[person.number]

    def _rest(self, person: Person, found_work: bool) -> None:
        if self.at_work[person.number].gone:
            del self.people[person.number]
            if not self.people:
                self.world.over = "everybody was turned away"
        elif found_work:
            self.tired.pop(person.number, None)
        else:
            times = self.tired.get(person.number, 0)
            self.tired[person.number] = times + 1
            self.back_at[person.number] = time.monotonic() + REST_SECONDS[min(times, len(REST_SECONDS) - 1)]
