"""The people of a simulation, before anything happens."""

from __future__ import annotations

from collections import Counter

import pytest

from oa.simulation.rules import Character, population

LANGS = ["en", "de", "es"]


def test_the_same_seed_gives_the_same_people() -> None:
    first = population(60, langs=LANGS, seed=7, trolls=0.05)
    again = population(60, langs=LANGS, seed=7, trolls=0.05)

    assert first == again
    assert [person.dice().random() for person in first] == [person.dice().random() for person in again]


def test_another_seed_gives_other_people() -> None:
    activity = {
        tuple(person.activity for person in population(20, langs=LANGS, seed=seed, trolls=0)) for seed in range(3)
    }

    assert len(activity) == 3


def test_as_many_are_trolls_as_was_asked_for() -> None:
    people = population(200, langs=LANGS, seed=1, trolls=0.05)

    assert Counter(person.character for person in people)[Character.TROLL] == 10


def test_few_do_most_of_the_work() -> None:
    activity = sorted((person.activity for person in population(1000, langs=LANGS, seed=1, trolls=0)), reverse=True)

    assert 0.4 < sum(activity[:100]) / sum(activity) < 0.65


def test_most_people_have_one_language_and_some_have_more() -> None:
    numbers = Counter(len(person.languages) for person in population(1000, langs=LANGS, seed=1, trolls=0))

    assert numbers[1] > 650
    assert numbers[2] > 100
    assert numbers[3] > 10


@pytest.mark.parametrize("volunteers", [15, 60])
def test_every_language_has_an_author_and_three_reviewers(volunteers: int) -> None:
    people = population(volunteers, langs=LANGS, seed=3, trolls=0.05)
    speakers = Counter(lang for person in people for lang in person.languages)

    assert min(speakers[lang] for lang in LANGS) >= 4


def test_nobody_shares_an_address() -> None:
    people = population(300, langs=LANGS, seed=1, trolls=0) + population(300, langs=LANGS, seed=2, trolls=0)

    assert len({person.email for person in people}) == 600
