"""What a volunteer of the bench answers: shaped as the simulation's volunteers would, and composed in microseconds.

Texts are put together from sentences of the simulation that were made beforehand, with a number that makes each one
different; their lengths are log-normal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from oa.simulation.rules.conduct import NOT_RANKABLE
from oa.simulation.rules.texts import prose
from oa.tasks.rules import LABELS, RANKINGS, Kind, SkipReason

Task = Mapping[str, Any]
Body = dict[str, Any]

ANY = {"kind": "any"}
WRITTEN, CALLED_SPAM, FLAGGED, OPEN_ANSWER, TIED = 0.9, 0.015, 0.004, 0.35, 0.05
SENTENCES, QUESTIONS = 200, 25
ENDS = re.compile(r"(?<=[.?!])\s+")
YES_NO = {"spam": CALLED_SPAM, "fails_task": 0.03}
JUDGED = frozenset(kind.value for kind in LABELS)
RANKED = frozenset(kind.value for kind in RANKINGS)
ASKS = frozenset({Kind.INITIAL_PROMPT.value, Kind.PROMPTER_REPLY.value})
REASONS = [reason.value for reason in SkipReason]


class Pen:
    """One crowd's dice and stock of sentences."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self._sentences: dict[tuple[str, bool], list[str]] = {}
        self._written = self.dice.randrange(1 << 40)

    def answer(self, task: Task) -> Body:
        """What to hand in for a task, by its kind and by the form that came with it; the next one is asked for."""
        kind = task["kind"]
        if kind in JUDGED:
            return {"labels": self._judge(task["form"]["labels"]), "next": ANY}
        if kind in RANKED:
            return {**self._order(task["replies"]), "next": ANY}
        return {"text": self.write(task["lang"], asks=kind in ASKS), "next": ANY}

    def skip(self) -> Body:
        return {"reason": self.dice.choice(REASONS), "next": ANY}

    def write(self, lang: str, *, asks: bool) -> str:
        number = min(max(round(self.dice.lognormvariate(0.5 if asks else 1.3, 0.7)), 1), 40)
        said = self.dice.choices(self._stock(lang, asks=asks), k=number)
        self._written += 1
        return f"{' '.join(said)} ({self._spelled(self._written)})"

    def _spelled(self, number: int) -> str:
        """In letters: long numbers look like somebody's telephone."""
        letters = []
        while number:
            number, rest = divmod(number, 20)
            letters.append("bcdfghjklmnpqrstvwxz"[rest])
        return "".join(letters)

    def _stock(self, lang: str, *, asks: bool) -> list[str]:
        stock = self._sentences.get((lang, asks))
        if stock is None:
            # A language of invented words is invented anew at every call: few calls, or somebody waits for it.
            if asks:
                stock = [prose(lang, sentences=1, question=True, rng=self.dice) for _ in range(QUESTIONS)]
            else:
                stock = ENDS.split(prose(lang, sentences=SENTENCES, question=False, rng=self.dice))
            self._sentences[lang, asks] = stock
        return stock

    def _judge(self, labels: Iterable[Mapping[str, Any]]) -> dict[str, float]:
        roll, answers = self.dice.random, {}
        for label in labels:
            name, widget = label["name"], label["widget"]
            if widget == "likert":
                # The better half of five points, mostly: what is written here is no worse than elsewhere.
                if label["mandatory"] or roll() > OPEN_ANSWER:
                    answers[name] = (1 + int(roll() * 4)) / 4 if name == "quality" else int(roll() * 3) / 4
            elif label["mandatory"] or roll() < WRITTEN:
                answers[name] = float(roll() < YES_NO.get(name, FLAGGED))
        return answers

    def _order(self, replies: Iterable[Mapping[str, Any]]) -> Body:
        if self.dice.random() < NOT_RANKABLE:
            return {"order": [], "not_rankable": True}
        ids = [reply["id"] for reply in replies]
        self.dice.shuffle(ids)
        if self.dice.random() < TIED:
            return {"order": [[ids[0], ids[1]], *([one] for one in ids[2:])]}
        return {"order": [[one] for one in ids]}
