"""What simulated people write and how they judge."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from statistics import median

import pytest

from oa.reviews.rules import Mode, clean_labels, form_for
from oa.simulation.rules import (
    LANGUAGES,
    Character,
    Person,
    Truth,
    judge,
    order,
    population,
    prose,
    truth_of_stranger,
    write,
)
from oa.tasks.rules import Kind
from oa.trees.rules import same_words

SOMEBODY = population(1, langs=["en"], seed=1, trolls=0)[0]
FORM = form_for(role="assistant", depth=1, mode=Mode.FULL)
LIKERT = {"quality", "toxicity", "humor", "helpfulness", "creativity", "violence"}
LABELS = [
    {"name": label.value, "widget": "likert" if label in LIKERT else "flag", "mandatory": label in FORM.mandatory}
    for label in FORM.labels
]


def person(character: Character) -> Person:
    return replace(SOMEBODY, character=character, noise=0.1, thorough=0.8)


@pytest.mark.parametrize("character", Character)
def test_every_answer_fits_the_form(character: Character) -> None:
    rng = Random(1)

    for number in range(300):
        labels = judge(person(character), truth_of_stranger(str(number)), labels=LABELS, rng=rng)
        assert clean_labels(labels, FORM) == labels


def test_an_optional_question_is_left_out_rather_than_answered_with_nothing() -> None:
    answers = [judge(person(Character.HONEST), Truth(0.5), labels=LABELS, rng=Random(seed)) for seed in range(100)]

    assert all("spam" in answer for answer in answers)
    assert any("quality" not in answer for answer in answers)
    assert None not in [value for answer in answers for value in answer.values()]


def test_honest_people_see_quality_and_spam_through_a_little_noise() -> None:
    rng = Random(1)
    good = [judge(person(Character.HONEST), Truth(0.9), labels=LABELS, rng=rng) for _ in range(200)]
    spam = [judge(person(Character.HONEST), Truth(0.1, spam=True), labels=LABELS, rng=rng) for _ in range(200)]

    assert median(answer["quality"] for answer in good if "quality" in answer) >= 0.75
    assert sum(answer["spam"] for answer in good) < 10
    assert sum(answer["spam"] for answer in spam) > 190


def test_trolls_say_the_opposite() -> None:
    rng = Random(1)
    labels = [judge(person(Character.TROLL), Truth(0.9), labels=LABELS, rng=rng) for _ in range(50)]

    assert {answer["spam"] for answer in labels} == {1.0}
    assert median(answer["quality"] for answer in labels if "quality" in answer) <= 0.25


def test_an_order_names_every_reply_once() -> None:
    rng = Random(1)
    truths = {name: truth_of_stranger(name) for name in "abcd"} | {"e": Truth(0.1, spam=True)}

    for number in range(300):
        ballot = order(person(list(Character)[number % 3]), truths, rng=rng)
        named = [reply for tier in ballot["order"] for reply in tier] + ballot["unacceptable"]
        assert sorted(named) == ([] if ballot["not_rankable"] else list("abcde"))


def test_honest_people_put_the_better_reply_first_and_trolls_last() -> None:
    truths = {"good": Truth(0.95), "poor": Truth(0.1)}

    def first(character: Character, seed: int) -> str:
        return str(order(person(character), truths, rng=Random(seed))["order"][0][0])

    assert [first(Character.HONEST, seed) for seed in range(2, 30)].count("good") == 28
    assert [first(Character.TROLL, seed) for seed in range(2, 30)].count("poor") == 28


def test_what_trolls_write_is_spam() -> None:
    _text, truth = write(person(Character.TROLL), kind=Kind.INITIAL_PROMPT, lang="en", rng=Random(1))

    assert truth.spam


@pytest.mark.parametrize("lang", [*LANGUAGES, "pt-BR"])
def test_two_people_hardly_ever_write_the_same(lang: str) -> None:
    rng = Random(1)

    for kind in (Kind.INITIAL_PROMPT, Kind.ASSISTANT_REPLY):
        texts = [same_words(write(person(Character.HONEST), kind=kind, lang=lang, rng=rng)[0]) for _ in range(2000)]
        assert len(set(texts)) >= 1990


def test_a_language_without_lists_has_words_of_its_own() -> None:
    assert prose("pt", sentences=3, question=True, rng=Random(1)) == prose(
        "pt", sentences=3, question=True, rng=Random(1)
    )
    assert prose("pt", sentences=3, question=True, rng=Random(1)) != prose(
        "ja", sentences=3, question=True, rng=Random(1)
    )


def test_a_strangers_text_is_always_worth_the_same() -> None:
    assert truth_of_stranger("some id") == truth_of_stranger("some id")
    assert truth_of_stranger("some id") != truth_of_stranger("another id")
