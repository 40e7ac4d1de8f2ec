"""Who takes part: the whole population is drawn from the seed before anything happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

CARELESS_SHARE = 0.1
# Enough for an author and three reviewers, and one to spare, in every language that is asked for.
SPEAKERS_AT_LEAST = 5
# The bulk of the work is done by few: with this spread the busiest tenth does about half of it.
ACTIVITY_SPREAD = 1.3


class Character(StrEnum):
    """How somebody judges, and what they write."""

    HONEST = "honest"
    CARELESS = "careless"
    TROLL = "troll"


@dataclass(frozen=True, slots=True)
class Person:
    """One volunteer, as they are before their first visit."""

    number: int
    seed: int
    languages: tuple[str, ...]
    character: Character
    activity: float
    """Weight in the draw of who comes next."""
    skill: float
    """Mean quality of what they write, 0 to 1."""
    noise: float
    """Spread of their judgements around the truth."""
    skips: float
    """How often they would rather not."""
    thorough: float
    """How often they answer a question that may be left out."""

    @property
    def email(self) -> str:
        return f"volunteer-{self.number}@seed-{self.seed}.example"

    @property
    def password(self) -> str:
        return f"simulated {self.seed} person {self.number}"

    @property
    def name(self) -> str:
        return f"Volunteer {self.number} of {self.seed}"

    def dice(self) -> Random:
        """This person's own stream of chance: what others do doesn't shift it."""
        return Random(f"person {self.seed} {self.number}")


def population(volunteers: int, *, langs: Sequence[str], seed: int, trolls: float) -> list[Person]:
    """The people of a simulation; the same arguments always give the same people."""
    rng = Random(f"population {seed}")
    troublemakers = set(rng.sample(range(volunteers), round(volunteers * trolls)))
    return [_person(number, langs, seed, number in troublemakers, rng) for number in range(volunteers)]


def _person(number: int, langs: Sequence[str], seed: int, troll: bool, rng: Random) -> Person:
    careless = rng.random() < CARELESS_SHARE
    honest = Character.CARELESS if careless else Character.HONEST
    character = Character.TROLL if troll else honest
    return _of_character(character, number, seed, _languages(number, langs, rng), rng)


def draw_person(number: int, *, seed: int, languages: tuple[str, ...], trolls: float, rng: Random) -> Person:
    """Somebody of whom only the languages are known."""
    drawn = rng.random()
    careless = Character.CARELESS if drawn < trolls + CARELESS_SHARE else Character.HONEST
    return _of_character(Character.TROLL if drawn < trolls else careless, number, seed, languages, rng)


def _of_character(
    character: Character, number: int, seed: int, languages: tuple[str, ...], rng: Random
) -> Person:  # what is not given is drawn
    return Person(
        number=number,
        seed=seed,
        languages=languages,
        character=character,
        activity=rng.lognormvariate(0, ACTIVITY_SPREAD),
        skill=rng.betavariate(5, 3),
        noise=rng.uniform(0.05, 0.2),
        skips=rng.betavariate(1, 24),
        thorough=rng.betavariate(6, 2),
    )


def _languages(number: int, langs: Sequence[str], rng: Random) -> tuple[str, ...]:
    """Most people have one language, one in five two, one in twenty three.

    The first ones are dealt out in turn, so that no language is left with too few to work in it;
    after that, each language has half as many speakers as the one named before it.
    """
    drawn = rng.choices(langs, [0.5**place for place in range(len(langs))])[0]
    main = langs[number % len(langs)] if number < SPEAKERS_AT_LEAST * len(langs) else drawn
    others = [lang for lang in langs if lang != main]
    rng.shuffle(others)
    more = rng.choices((0, 1, 2), (0.75, 0.2, 0.05))[0]
    return (main, *others[:more])
