"""Which tree tells which story, and the rows of a few thousand trees at a time."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

import numpy as np

from oa.trees.rules import Policy, State
from tests.bench.population import stock
from tests.bench.population.forms import Numbers, Table, Trees, new_ids
from tests.bench.population.people import SHARES, TAGS, People, moment
from tests.bench.population.stories import ALONE, MANY, Aim, tell
from tests.bench.population.sums import DAY, REASONS, Sums, key_of
from tests.bench.population.tables import MESSAGE, TABLES, Mould, mould
from tests.bench.population.words import corpus

S = State
GOALS = range(5, 13)
HOUR = 3_600_000_000
FRESH = 2 * 60 * 1_000_000
"""Nothing has happened within this time: whoever looks after a language has seen everything."""


@dataclass(frozen=True, slots=True)
class Kind:
    """So many of a hundred trees come to this, in so many different stories."""

    share: float
    stories: int
    state: State
    pieces: float = 0.0
    """In the middle of things: up to so many pieces of work were done there, for each message of the goal."""
    halted: bool = False
    backlog: bool = False

    def aim(self, rng: Random) -> Aim:
        goal = rng.choice(GOALS)
        pieces = rng.randint(0, round(self.pieces * goal))
        return Aim(self.state, pieces, halted=self.halted, backlog=self.backlog, goal=goal)


# Shares as in oasst1 and oasst2; whatever is left waits in the lottery.
LOTTERY = Kind(0.0, 30, S.PROMPT_LOTTERY_WAITING)
GROWING = Kind(1.4, 140, S.GROWING, 3.0)
KINDS = (
    LOTTERY,
    GROWING,
    Kind(15.5, 120, S.READY_FOR_EXPORT),
    Kind(0.3, 9, S.INITIAL_PROMPT_REVIEW, 0.2),
    Kind(12.3, 20, S.ABORTED_LOW_GRADE),
    Kind(0.4, 30, S.RANKING, 0.4),
    Kind(0.8, 20, S.RANKING, 0.3, backlog=True),
    Kind(4.3, 10, S.PROMPT_LOTTERY_WAITING, halted=True),
    Kind(2.0, 30, S.GROWING, 1.5, halted=True),
)


@dataclass
class Plan:
    """Every tree: its story, its language, and when it began, the oldest first."""

    people: People
    moulds: list[Mould]
    stories: Numbers
    langs: Numbers
    starts: Numbers
    growing: int

    @classmethod
    def drawn(cls, trees: int, growing: int | None, people: People, *, rng: Random) -> Plan:
        dice, policy = people.dice, Policy()
        numbers = [round(trees * kind.share / 100) for kind in KINDS]
        if growing is not None:
            numbers[1] = growing
        numbers[0] = trees - sum(numbers[1:])
        if numbers[0] < 0:
            raise ValueError(f"Of {trees} trees {growing} can't grow at once.")
        moulds: list[Mould] = []
        stories: list[Numbers] = []
        for kind, number in zip(KINDS, numbers, strict=True):
            first = len(moulds)
            fewer = min(kind.stories, number // 4 + 4)
            moulds += [mould(tell(kind.aim(rng), policy, rng)) for _ in range(fewer)]
            stories.append(dice.integers(first, len(moulds), number))
        chosen = np.concatenate(stories)
        starts = _starts(people, moulds, chosen)
        order = np.argsort(starts, kind="stable")
        langs = dice.choice(len(TAGS), trees, p=SHARES)
        return cls(people, moulds, chosen[order], langs, starts[order], numbers[1])

    @cached_property
    def _counts(self) -> list[Counter[State]]:
        states = [one.state for one in self.moulds]
        found: list[Counter[State]] = []
        for lang in range(len(TAGS)):
            told = np.bincount(self.stories[self.langs == lang], minlength=len(states))
            counts: Counter[State] = Counter()
            for state, number in zip(states, told.tolist(), strict=True):
                counts[state] += number
            found.append(counts)
        return found

    def states(self, lang: int | None = None) -> Counter[State]:
        """How many trees are where, of a language or of all."""
        return sum(self._counts, Counter()) if lang is None else self._counts[lang]

    def policy_of(self, lang: int) -> dict[str, object]:
        """As many trees may grow in a language as do: the lottery draws one whenever one is done."""
        return {
            "max_active_trees": max(self.states(lang)[S.GROWING], 1),
            "random_goal_tree_size": True,
            "min_goal_tree_size": GOALS[0],
        }


def _starts(people: People, moulds: Sequence[Mould], stories: Numbers) -> Numbers:
    """When each tree began, so that it has come where it is by now. What people work on has only just come there."""
    lasts = np.array([round(one.story.now * 1e6) for one in moulds])[stories]
    busy = np.array([one.is_worked_on for one in moulds])[stories]
    newest = people.ended - lasts - FRESH
    recent = people.dice.integers(0, 6 * HOUR, len(stories))
    span = np.maximum(newest - HOUR - people.began, 1)
    older = people.began + HOUR + (people.dice.random(len(stories)) * span).astype(np.int64)
    return np.where(busy, newest - recent, np.minimum(older, newest))


@dataclass
class Chunk:
    """Rows of some trees, ready to be sent: by table the bytes, and how many rows they are."""

    trees: int
    parts: list[tuple[Table, list[bytes], int]] = field(default_factory=list)
    stock: list[stock.Open] = field(default_factory=list)


def made(plan: Plan, policies: Sequence[int], sums: Sums, *, at_once: int) -> Iterator[Chunk]:
    """All trees, some thousands at a time. What they add to the sums is added."""
    for first in range(0, len(plan.stories), at_once):
        yield _Maker(plan, slice(first, first + at_once), policies, sums).chunk()


class _Maker:
    def __init__(self, plan: Plan, which: slice, policies: Sequence[int], sums: Sums) -> None:
        self.plan, self.sums = plan, sums
        self.dice = plan.people.dice
        self.stories, self.langs, self.starts = plan.stories[which], plan.langs[which], plan.starts[which]
        numbers = np.array(policies, np.int64)[self.langs].astype(">i8")
        self.policies = numbers.view(np.uint8).reshape(-1, 8)
        self.tags = np.array([list(tag.encode()) for tag in TAGS], np.uint8)[self.langs]
        self.parts: dict[str, list[bytes]] = {table.name: [] for table in TABLES}
        self.rows: Counter[str] = Counter()
        self.heads: list[bytes] = []
        self.written: list[Numbers] = []
        self.spoken: list[Numbers] = []
        self.roles: list[Numbers] = []
        self.lines: list[tuple[Numbers, ...]] = []

    def chunk(self) -> Chunk:
        found = Chunk(len(self.stories))
        casts = {places: self._casts(places) for places in (ALONE, MANY)}
        for number in np.unique(self.stories):
            self._told(self.plan.moulds[number], np.flatnonzero(self.stories == number), casts, found)
        messages = self._messages()
        for table in TABLES:
            found.parts.append((table, self.parts[table.name], self.rows[table.name]))
        found.parts.insert(1, (MESSAGE, [messages], len(self.heads)))
        self._summed()
        return found

    def _casts(self, places: int) -> Numbers:
        found = np.zeros((len(self.stories), places), np.int64)
        for lang in np.unique(self.langs):
            where = np.flatnonzero(self.langs == lang)
            found[where] = self.plan.people.casts(int(lang), len(where), places)
        return found

    def _told(self, one: Mould, where: Numbers, casts: dict[int, Numbers], found: Chunk) -> None:
        """This story for the trees at these places."""
        cast, starts = casts[one.story.people][where], self.starts[where]
        moments = starts[:, None] + (np.array(one.story.made) * 1e6).astype(np.int64)
        bank = np.concatenate([self.plan.people.ids[cast], new_ids(moments, self.dice)], axis=1)
        trees = Trees(starts, bank, self.tags[where], self.policies[where])
        for table in TABLES:
            form = one.forms[table.name]
            if form.data:
                self.parts[table.name].append(form.filled(trees).tobytes())
                self.rows[table.name] += form.rows * len(where)
        for form, node in zip(one.messages, one.story.nodes, strict=True):
            flat, size = form.filled(trees).tobytes(), len(form.data)
            self.heads += [flat[place : place + size] for place in range(0, len(flat), size)]
            self.written.append(starts + round(one.story.written[node.id.int - 1] * 1e6))
            self.spoken.append(self.langs[where])
            self.roles.append(np.full(len(where), node.depth % 2))
        self._lines(one, cast, starts, self.langs[where])
        if one.is_worked_on:
            for ids, lang, start in zip(bank, self.langs[where].tolist(), starts.tolist(), strict=True):
                at = moment(start + round(one.story.now * 1e6))
                found.stock += stock.wanted_of(one.story, ids, TAGS[lang], at)

    def _messages(self) -> bytes:
        """Heads of rows and made texts, in the order in which they were written."""
        langs, roles = np.concatenate(self.spoken), np.concatenate(self.roles)
        texts: list[bytes] = [b""] * len(langs)
        for lang in np.unique(langs):
            where = np.flatnonzero(langs == lang)
            for place, text in zip(where.tolist(), corpus(TAGS[lang]).cut(roles[where], self.dice), strict=True):
                texts[place] = text
        order = np.argsort(np.concatenate(self.written), kind="stable").tolist()
        size = struct.Struct(">i").pack
        return b"".join(
            part for place in order for part in (self.heads[place], size(len(texts[place])), texts[place])
        )  # fmt: skip

    def _lines(self, one: Mould, cast: Numbers, starts: Numbers, langs: Numbers) -> None:
        lines = one.lines
        if not lines:
            return
        people = cast[:, [line.person for line in lines]]
        at = starts[:, None] + (np.array([line.at for line in lines]) * 1e6).astype(np.int64)
        columns = (
            people, at, langs[:, None], np.array([line.points for line in lines]),
            np.array([line.tasks for line in lines]),
            np.array([-1 if line.reason is None else REASONS.index(line.reason) for line in lines]),
        )  # fmt: skip
        self.lines.append(tuple(column.ravel() for column in np.broadcast_arrays(*columns)))

    def _summed(self) -> None:
        people, at, langs, points, tasks, reasons = (np.concatenate(part) for part in zip(*self.lines, strict=True))
        self.sums.add(key_of(people, langs, at // DAY), points, tasks, at)
        paid = reasons >= 0
        self.sums.count(people[paid], langs[paid], reasons[paid])
