"""What people do: how they write, judge, rank and skip. Dice come in, answers go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypedDict

from oa.simulation.rules.people import Character, Person
from oa.simulation.rules.texts import advertisement, prose
from oa.tasks.rules import Kind, SkipReason

POINTS = 4  # a scale of five points has four steps
TIED_WITHIN = 0.04
SLIP = 0.01  # how often an honest person presses the wrong button
NOT_RANKABLE = 0.01
RARE_FLAG = 0.005
MEAN_VISIT = 12


@dataclass(frozen=True, slots=True)
class Truth:
    """What a text is really like. Only the simulator knows; people see it through their noise."""

    quality: float
    spam: bool = False
    rude: float = 0.0
    funny: float = 0.0
    original: float = 0.5
    violent: float = 0.0

    def on(self, scale: str) -> float:
        """Where it stands on one of the five point scales."""
        scales = {
            "toxicity": self.rude,
            "humor": self.funny,
            "creativity": self.original,
            "violence": self.violent,
        }
        return scales.get(scale, self.quality)


def truth_of_stranger(message_id: str) -> Truth:
    """What a text nobody here has written is taken to be like: always the same, drawn from its id."""
    return draw_truth(Random(f"stranger {message_id}"), skill=0.6)


def draw_truth(rng: Random, *, skill: float) -> Truth:
    """What somebody of this skill might write."""
    return Truth(
        quality=_within(rng.gauss(skill, 0.18)),
        rude=rng.betavariate(1, 12),
        funny=rng.betavariate(1, 5),
        original=rng.betavariate(3, 3),
        violent=rng.betavariate(1, 25),
    )


def write(person: Person, *, kind: Kind, lang: str, rng: Random) -> tuple[str, Truth]:
    """A text in a language, and what it is worth. Trolls advertise; better texts are longer."""
    truth = draw_truth(rng, skill=person.skill)
    if person.character is Character.TROLL:
        return advertisement(rng), Truth(quality=0.05, spam=True, rude=truth.rude)
    question = kind is not Kind.ASSISTANT_REPLY
    sentences = rng.lognormvariate(0.3 if question else 0.9, 0.6) * (0.6 + truth.quality)
    fewest = 2 if question else 1  # two people may well ask the same thing, but not go on in the same words
    return prose(lang, sentences=min(max(round(sentences), fewest), 60), question=question, rng=rng), truth


def judge(
    person: Person, truth: Truth, *, labels: Sequence[Mapping[str, object]], rng: Random
) -> dict[str, float]:  # by name
    """Answers to a form: each of its `labels` has a name, a widget, and may be mandatory."""
    answers: dict[str, float] = {}
    for label in labels:
        name, widget = str(label["name"]), label["widget"]
        answered = rng.random() < person.thorough
        value = _scale(person, truth, name, rng) if widget == "likert" else _yes_or_no(person, truth, name, rng)
        if answered or label.get("mandatory"):
            answers[name] = value
    return answers


def _scale(person: Person, truth: Truth, name: str, rng: Random) -> float:
    if person.character is Character.CARELESS:
        seen = rng.random()
    else:
        seen = _within(truth.on(name) + rng.gauss(0, person.noise))
    if person.character is Character.TROLL:
        seen = 1 - seen
    return round(seen * POINTS) / POINTS


def _yes_or_no(person: Person, truth: Truth, name: str, rng: Random) -> float:
    really = {"spam": truth.spam, "fails_task": truth.spam or truth.quality < 0.1}.get(name, False)
    if person.character is Character.TROLL:
        return float(not really) if name == "spam" else float(rng.random() < 0.3)
    if person.character is Character.CARELESS:
        return float(rng.random() < 0.04)
    slip = rng.random() < (SLIP if name in {"spam", "fails_task"} else RARE_FLAG)
    return float(really is not slip)


class Ballot(TypedDict):
    """An order of replies as the API takes it."""

    order: list[list[str]]
    unacceptable: list[str]
    not_rankable: bool


def order(person: Person, truths: Mapping[str, Truth], *, rng: Random) -> Ballot:
    """A ballot over replies: tiers best first, spam set aside, once in a while a shrug."""
    if rng.random() < NOT_RANKABLE:
        return {"order": [], "unacceptable": [], "not_rankable": True}
    seen = {reply: truth.quality + rng.gauss(0, person.noise) for reply, truth in truths.items()}
    if person.character is Character.CARELESS:
        seen = {reply: rng.random() for reply in truths}
    if person.character is Character.TROLL:
        backwards = {reply: -value for reply, value in seen.items()}
        return {"order": _tiers(backwards), "unacceptable": [], "not_rankable": False}
    refused = [reply for reply, truth in truths.items() if truth.spam and person.character is Character.HONEST]
    return {
        "order": _tiers({reply: value for reply, value in seen.items() if reply not in refused}),
        "unacceptable": refused,
        "not_rankable": False,
    }


def _tiers(seen: Mapping[str, float]) -> list[list[str]]:
    """Best first; what looks the same shares a place."""
    tiers: list[list[str]] = []
    last = 0.0
    for reply, value in sorted(seen.items(), key=lambda entry: -entry[1]):
        if tiers and last - value < TIED_WITHIN:
            tiers[-1].append(reply)
        else:
            tiers.append([reply])
        last = value
    return tiers


def skips(person: Person, *, rng: Random) -> SkipReason | None:
    """Why this person would rather not do this task; None when they do it."""
    return rng.choice(list(SkipReason)) if rng.random() < person.skips else None


def visit_length(*, rng: Random) -> int:
    """How many tasks somebody does before they leave for a while: most few, some many."""
    return 1 + int(rng.expovariate(1 / MEAN_VISIT))


def draw_visitor(people: Iterable[Person], *, rng: Random) -> Person | None:
    """Who comes next, by how active they are; None when nobody is free."""
    free = list(people)
    return rng.choices(free, [person.activity for person in free])[0] if free else None


def _within(value: float) -> float:
    return min(max(value, 0.0), 1.0)
