"""A corpus that nobody wrote, with the sizes, states, languages and judgements of oasst1: to measure with.

Shares are those published for the data set of 2023-04-12 (66,497 trees, 161,443 messages) and, for the states of
trees that were not finished, for that of 2023-11-05. The texts mean nothing.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from oa.datasets.rules.corpus_words import FALLBACK, LANGUAGES, SPACELESS, WORDS
from oa.reviews.rules import Label
from oa.screening.rules import SCORES
from oa.trees.rules import Role, State

Row = dict[str, Any]

TREES, MESSAGES, PEOPLE = 66_497, 161_443, 13_500
BEGAN = datetime(2022, 12, 20, tzinfo=UTC)
DAYS = 113
DEEPEST = 5

# How many of a thousand trees are in a state, and the sizes such trees have.
_TREES: dict[State, tuple[float, Sequence[int]]] = {
    State.READY_FOR_EXPORT: (155.86, (3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 12, 12, 13, 14)),
    State.PROMPT_LOTTERY_WAITING: (662.2, (1,)),
    State.INITIAL_PROMPT_REVIEW: (64.2, (1,)),
    State.GROWING: (46.1, (1, 2, 2, 3, 4, 5, 6)),
    State.HALTED_BY_MODERATOR: (45.9, (1, 1, 1, 2, 2, 4)),
    State.ABORTED_LOW_GRADE: (25.4, (1,)),
    State.RANKING: (0.34, (12, 12, 13)),
}
# These are made smaller or larger by one until the number of messages is right.
_STRETCHED = State.READY_FOR_EXPORT
_SMALLEST, _LARGEST = 2, 24

_REVIEWS = ((3, 76), (5, 16), (4, 3), (2, 2), (1, 2), (6, 1))
_EMOJIS: tuple[tuple[dict[str, int] | None, int], ...] = (
    (None, 20), ({"+1": 1}, 17), ({"_skip_labeling": 1}, 12), ({"+1": 2}, 10), ({"+1": 1, "_skip_labeling": 1}, 7),
    ({"_skip_labeling": 2}, 5), ({"-1": 1}, 5), ({"+1": 3}, 4), ({"+1": 1, "_skip_reply": 1}, 3), ({}, 1),
    ({"_skip_reply": 2}, 2), ({"+1": 4, "-1": 1, "_skip_reply": 1, "_skip_ranking": 1}, 1), ({"red_flag": 1}, 1),
)  # fmt: skip
# Labels that speak well of a text are given often, the others seldom.
_GOOD = {Label.QUALITY: 0.7, Label.HUMOR: 0.3, Label.HELPFULNESS: 0.7, Label.CREATIVITY: 0.45}
_ASKED = (
    Label.SPAM, Label.FAILS_TASK, Label.LANG_MISMATCH, Label.PII, Label.NOT_APPROPRIATE, Label.HATE_SPEECH,
    Label.SEXUAL_CONTENT, Label.QUALITY, Label.TOXICITY, Label.HUMOR, Label.HELPFULNESS, Label.CREATIVITY,
    Label.VIOLENCE,
)  # fmt: skip
_OF_ANSWERS = {Label.FAILS_TASK, Label.HELPFULNESS}


@dataclass(frozen=True, slots=True)
class _Plan:
    """The state and size of each tree, in the order of the file: two bytes a tree."""

    states: array[int]
    sizes: array[int]


def corpus(trees: int, rng: Random) -> Iterator[Row]:
    """Tree rows as oasst files have them, one at a time; the same dice give the same rows.

    Of `trees` trees there are as many messages as oasst1 would have.
    """
    states = tuple(_TREES)
    plan = _plan(trees, round(trees * MESSAGES / TREES), rng)
    people = [_id(rng) for _ in range(max(20, PEOPLE * trees // TREES))]
    writer = _Writer(rng, people)
    for state, size in zip(plan.states, plan.sizes, strict=True):
        yield writer.tree(states[state], size)


def _plan(trees: int, messages: int, rng: Random) -> _Plan:
    shares = [share for share, _sizes in _TREES.values()]
    counts = _apportioned(trees, shares)
    states = array("B", [place for place, count in enumerate(counts) for _ in range(count)])
    rng.shuffle(states)
    sizes_of = [sizes for _share, sizes in _TREES.values()]
    sizes = array("B", [rng.choice(sizes_of[state]) for state in states])
    _stretch(states, sizes, messages - sum(sizes))
    return _Plan(states, sizes)


def _apportioned(total: int, shares: Sequence[float]) -> list[int]:
    """The total in parts as near to the shares as whole numbers can be."""
    exact = [total * share / sum(shares) for share in shares]
    counts = [math.floor(part) for part in exact]
    nearest = sorted(range(len(exact)), key=lambda place: counts[place] - exact[place])
    for place in nearest[: total - sum(counts)]:
        counts[place] += 1
    return counts


def _stretch(states: array[int], sizes: array[int], missing: int) -> None:
    """Add or take one message here and there until none is missing, or nothing can be stretched any more."""
    place = list(_TREES).index(_STRETCHED)
    step = 1 if missing > 0 else -1
    changed = True
    while missing and changed:
        changed = False
        for tree, state in enumerate(states):
            if missing and state == place and _SMALLEST <= sizes[tree] + step <= _LARGEST:
                sizes[tree] += step
                missing -= step
                changed = True


def _id(rng: Random) -> str:
    return str(UUID(int=rng.getrandbits(128), version=4))


class _Writer:
    """Writes and judges what people would have written and judged."""

    def __init__(self, rng: Random, people: Sequence[str]) -> None:
        self._rng = rng
        self._people = people
        self._langs = [lang for lang, _number in LANGUAGES]
        self._often = [number for _lang, number in LANGUAGES]

    def tree(self, state: State, size: int) -> Row:
        rng = self._rng
        lang = rng.choices(self._langs, self._often)[0]
        began = BEGAN + timedelta(days=DAYS * rng.random() ** 0.6)
        prompt = self._message(Role.PROMPTER, lang, began, accepted=state is not State.ABORTED_LOW_GRADE)
        open_nodes = [(prompt, 0)]
        for _ in range(size - 1):
            self._grow(open_nodes, lang, began)
        if state is State.READY_FOR_EXPORT:
            _rank(prompt)
        return {"message_tree_id": prompt["message_id"], "tree_state": state.value, "prompt": prompt}

    def _grow(self, open_nodes: list[tuple[Row, int]], lang: str, began: datetime) -> None:
        """One more reply: prompters' messages get three or so, assistants' one."""
        rng = self._rng
        place = min(rng.randrange(len(open_nodes)), rng.randrange(len(open_nodes)))
        above, depth = open_nodes[place]
        role = Role.ASSISTANT if depth % 2 == 0 else Role.PROMPTER
        reply = self._message(role, lang, began + timedelta(hours=(depth + 1 + rng.random()) * 60))
        reply["parent_id"] = above["message_id"]
        while any(other["user_id"] == reply["user_id"] for other in above["replies"]):
            reply["user_id"] = self._person()
        above["replies"].append(reply)
        if depth + 1 < DEEPEST:
            open_nodes.append((reply, depth + 1))
        if len(above["replies"]) >= (3 if role is Role.ASSISTANT else 1) and len(open_nodes) > 1:
            open_nodes.pop(place)

    def _person(self) -> str:
        """A few write very much, as everywhere."""
        return self._people[int(len(self._people) * self._rng.random() ** 3)]

    def _message(self, role: Role, lang: str, when: datetime, *, accepted: bool | None = None) -> Row:
        rng = self._rng
        count = rng.choices([n for n, _ in _REVIEWS], [share for _, share in _REVIEWS])[0]
        if accepted is None:
            accepted = rng.random() > 0.06
        row: Row = {
            "message_id": _id(rng), "parent_id": None, "user_id": self._person(),
            "created_date": (when + timedelta(microseconds=rng.randrange(10**6))).isoformat(timespec="microseconds"),
            "text": self._text(role, lang), "role": role.value, "lang": lang, "review_count": count,
            "review_result": accepted or (False if count > 2 else None), "deleted": rng.random() < 0.03, "rank": None,
            "synthetic": False, "model_name": None,
            "emojis": rng.choices([one for one, _ in _EMOJIS], [share for _, share in _EMOJIS])[0],
            "replies": [], "labels": self._labels(role, count, accepted), "detoxify": None,
        }  # fmt: skip
        if rng.random() < 0.75:
            row["detoxify"] = {score: 10 ** -rng.uniform(2, 5) for score in SCORES}
        return row

    def _text(self, role: Role, lang: str) -> str:
        """Lengths are log-normal: half of the prompters' are below 95 characters, of the assistants' below 600."""
        rng = self._rng
        middle, spread = (95, 1.2) if role is Role.PROMPTER else (600, 1.0)
        length = min(10_000, rng.lognormvariate(math.log(middle), spread))
        words = WORDS.get(lang, WORDS[FALLBACK.get(lang, "en")])
        chosen = rng.choices(words, k=max(2, round(length / (sum(map(len, words)) / len(words) + 1))))
        text = ("" if lang in SPACELESS else " ").join(chosen)
        return text[0].upper() + text[1:] + ("?" if role is Role.PROMPTER else ".")

    def _labels(self, role: Role, count: int, accepted: bool) -> dict[str, dict[str, float]]:
        rng = self._rng
        found: dict[str, dict[str, float]] = {}
        for label in _ASKED:
            if label in _OF_ANSWERS and role is Role.PROMPTER:
                continue
            often = _GOOD.get(label, 0.03 if accepted else 0.3)
            if label is Label.SPAM and not accepted:
                often = 0.8
            steps = 4 if label in _GOOD else 1
            answers = [sum(rng.random() < often for _ in range(steps)) / steps for _ in range(count)]
            found[label.value] = {"value": sum(answers) / count, "count": count}
        return found


def _rank(prompt: Row) -> None:
    """Ranks for the accepted answers to a message where there are two or more."""
    waiting = [prompt]
    while waiting:
        node = waiting.pop()
        waiting += node["replies"]
        ranked = [reply for reply in node["replies"] if reply["review_result"] and not reply["deleted"]]
        if node["role"] == Role.PROMPTER and len(ranked) > 1:
            for rank, reply in enumerate(sorted(ranked, key=lambda reply: reply["message_id"])):
                reply["rank"] = rank
        node["replies"].sort(key=lambda reply: (reply["rank"] is None, reply["rank"] or 0, reply["created_date"]))
