"""A history before anything happens: its people, its policy, what they want, and how figures are compared."""

from __future__ import annotations

from collections import Counter
from random import Random
from uuid import UUID

import pytest

from oa.simulation.rules import (
    Character,
    Person,
    compare,
    joined_by_now,
    languages,
    person_id,
    policies,
    rounds_of,
    table,
    truth_of,
    turns_down,
    volunteers_of_history,
    wishes,
)
from oa.simulation.rules.history import SHARES, is_dull
from oa.simulation.rules.published import SHAPE
from oa.tasks.rules import LABELS, Kind, SkipReason
from oa.trees.rules import Policy


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return volunteers_of_history(4000, seed=1, langs=languages(4000))


def of(character: Character, people: list[Person]) -> Person:
    return next(person for person in people if person.character is character)


def test_the_same_seed_gives_the_same_people() -> None:
    langs = languages(100)

    assert volunteers_of_history(100, seed=3, langs=langs) == volunteers_of_history(100, seed=3, langs=langs)
    assert volunteers_of_history(100, seed=3, langs=langs) != volunteers_of_history(100, seed=4, langs=langs)


def test_nobody_shares_an_account(people: list[Person]) -> None:
    assert len({person_id(person) for person in people}) == 4000


def test_languages_are_spoken_as_in_the_published_data() -> None:
    everybody = volunteers_of_history(13_500, seed=1, langs=languages(13_500))
    spoken = Counter(lang for person in everybody for lang in person.languages)

    for lang, share in SHARES.items():
        assert spoken[lang] / spoken.total() == pytest.approx(share, rel=0.25), lang
    for lang in ("en", "es"):
        assert spoken[lang] / spoken.total() == pytest.approx(SHARES[lang], rel=0.05)


@pytest.mark.parametrize("volunteers", [1, 30, 100, 13_500])
def test_no_language_is_named_that_too_few_would_speak(volunteers: int) -> None:
    langs = languages(volunteers)
    speakers = Counter(
        lang for person in volunteers_of_history(volunteers, seed=1, langs=langs) for lang in person.languages
    )

    assert "en" in langs
    if volunteers > 1:
        assert min(speakers[lang] for lang in langs) >= 4


def test_one_in_twenty_is_a_troll(people: list[Person]) -> None:
    characters = Counter(person.character for person in people)

    assert characters[Character.TROLL] / 4000 == pytest.approx(0.05, abs=0.01)
    assert characters[Character.HONEST] > characters[Character.CARELESS] > characters[Character.TROLL]


def test_few_do_most_of_the_work(people: list[Person]) -> None:
    activity = sorted((person.activity for person in people), reverse=True)

    assert 0.33 < sum(activity[:400]) / sum(activity) < 0.65


@pytest.mark.parametrize("trees", [1, 60, 66_000, 1_000_000])
def test_a_policy_can_be_put_in_force_for_any_number_of_trees(trees: int) -> None:
    for values in policies(list(SHARES), trees=trees).values():
        policy = Policy.of(values)
        assert policy.max_active_trees >= 1
        assert policy.max_initial_prompt_review >= 1


def test_so_many_trees_grow_at_once_as_were_growing_when_the_data_was_published() -> None:
    growing = sum(Policy.of(values).max_active_trees for values in policies(list(SHARES), trees=66_000).values())

    assert growing / 66_000 == pytest.approx(0.014, rel=0.05)


def test_what_a_text_is_like_is_the_same_for_all_who_look(people: list[Person]) -> None:
    message, author = UUID(int=2**100 + 17), of(Character.HONEST, people)

    assert truth_of(message, author) == truth_of(message, author)
    assert truth_of(message, author) != truth_of(UUID(int=2**100 + 18), author)
    assert not truth_of(message, author).spam
    assert not truth_of(message, None).spam


def test_trolls_write_nothing_but_spam(people: list[Person]) -> None:
    assert truth_of(UUID(int=5), of(Character.TROLL, people)).spam


def test_trolls_mostly_want_to_write_prompts_and_label_when_there_are_none(people: list[Person]) -> None:
    rng, troll = Random(1), of(Character.TROLL, people)
    wanted = [wishes(troll, rng=rng) for _ in range(500)]

    prompts = [wish for wish in wanted if wish[0] == [Kind.INITIAL_PROMPT]]
    assert 340 < len(prompts) < 410
    assert all(set(wish[1]) == LABELS for wish in prompts)


def test_whoever_is_no_troll_takes_what_there_is(people: list[Person]) -> None:
    rng, honest = Random(1), of(Character.HONEST, people)

    for _ in range(100):
        (kinds,) = wishes(honest, rng=rng)
        assert set(Kind) - set(kinds) <= {Kind.PROMPTER_REPLY}


def test_dull_messages_are_skipped_by_nearly_everybody_who_is_to_answer_them(people: list[Person]) -> None:
    rng, honest = Random(1), of(Character.HONEST, people)
    dull = next(UUID(int=number) for number in range(10**9, 10**9 + 20_000) if is_dull(UUID(int=number)))
    reasons = [turns_down(honest, Kind.ASSISTANT_REPLY, dull, rng=rng) for _ in range(200)]

    assert reasons.count(SkipReason.BAD_MESSAGE) > 140
    assert sum(reason is None for reason in reasons) < 60
    judged = [turns_down(honest, Kind.LABEL_ASSISTANT_REPLY, dull, rng=rng) for _ in range(200)]
    assert sum(reason is None for reason in judged) > 150


def test_few_messages_are_dull() -> None:
    rng = Random(1)

    assert 0.04 < sum(is_dull(UUID(int=rng.getrandbits(128))) for _ in range(5000)) / 5000 < 0.07


def test_people_join_until_all_have() -> None:
    joined = [joined_by_now(share / 100, 500) for share in range(101)]

    assert joined[0] == 1
    assert joined == sorted(joined)
    assert joined[-1] == 500
    assert joined_by_now(1.5, 500) == 500


def test_small_histories_look_after_their_desks_more_often() -> None:
    assert rounds_of(60).desks < rounds_of(66_000).desks
    assert rounds_of(60).booking < rounds_of(66_000).booking


def test_a_figure_is_within_when_it_is_a_tenth_off_at_most() -> None:
    exact = {published.name: published.value for published in SHAPE}

    assert all(line.within and line.off == 0 for line in compare(exact))
    assert all(line.within for line in compare({name: value * 1.09 for name, value in exact.items()}))
    assert not any(line.within for line in compare({name: value * 0.89 for name, value in exact.items()}))


def test_what_was_not_measured_is_not_within() -> None:
    assert not any(line.within for line in compare({}))


def test_the_table_says_of_each_figure_whether_it_is_near_enough() -> None:
    ours = {published.name: published.value for published in SHAPE} | {"state_growing": 0.5}
    lines = table(compare(ours))

    assert len(lines) == len(SHAPE) + 1
    assert [line for line in lines if " NO " in line] == [line for line in lines if line.startswith("trees growing")]
