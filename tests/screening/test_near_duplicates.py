"""Prompts very like one another: the earliest of them is found, in whatever order texts are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from oa.moderation import actions as moderation
from oa.screening import actions
from oa.screening.actions.likeness import Print, twins_of
from oa.screening.models import Due, Opinion
from oa.screening.rules import bands_of, bare_words, fingerprint, likeness_of, runs_of
from oa.trees.models import Message
from tests import builders as b

PROMPT = "Explain to a five year old child how plants turn sunlight into food, please."
NEAR = PROMPT.replace("five", "six")
OTHER = "Which rivers flow through Vienna, Bratislava and Budapest, and in which sea do they end?"
SPRING = "请给我写一首关于春天的诗，要有韵律，要有感情，不要太长。"


def likeness(one: str, other: str) -> float:
    return likeness_of(runs_of(bare_words(one)), runs_of(bare_words(other)))


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Écris un poème !", "ecris  un POEME"),
        ("What’s new?\n\n- apples\n- pears", "whats new apples pears".replace("whats", "what s")),
        ("ﬁne ＡＢＣ　１２３", "fine abc 123"),
        ("Straße", "STRASSE"),
        ("e\u0301te\u0301", "été"),
        ("हिन्दी में लिखो!", "हिन्दी में लिखो"),
        ("한국어로 써 주세요.", "한국어로 써 주세요"),
    ],
)
def test_case_accents_signs_and_spaces_do_not_make_another_text(one: str, other: str) -> None:
    assert fingerprint(bare_words(one)) == fingerprint(bare_words(other))


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("कि", "की"), ("5", "6"), ("C", "C e")])
def test_what_makes_another_word_does(one: str, other: str) -> None:
    assert fingerprint(bare_words(one)) != fingerprint(bare_words(other))


@pytest.mark.parametrize("text", ["", "🙂🙂", " \n ", "?!", "\u202e"])
def test_without_words_there_is_nothing_to_compare(text: str) -> None:
    assert fingerprint(bare_words(text)) == ""
    assert bands_of(runs_of(bare_words(text))) == []


def test_a_hostile_text_is_compared_by_what_may_be_honest_of_it() -> None:
    """Thousands of marks on one letter take seconds to put in order, and a text of a million characters a minute."""
    assert bare_words("a" + "\u05ae" * 10_000 + " b") == "a" + "\u05ae" * 30 + " b"
    assert bare_words("नमस्ते " * 3_000) == ("नमस्ते " * 3_000)[:20_000].strip()


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (PROMPT, PROMPT.lower(), 1.0, 1.0),
        (PROMPT, NEAR, 0.8, 0.99),
        (PROMPT, OTHER, 0.0, 0.2),
        (SPRING, SPRING.replace("春", "秋"), 0.8, 0.99),
        (SPRING, "为什么傍晚的天空比中午红得多，而不是到处都这样？", 0.0, 0.1),
    ],
)  # fmt: skip
def test_how_alike_two_texts_are(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most


def test_bands_stay_what_they_are() -> None:
    """They are kept in the database: a library that counts otherwise would make all that is there worthless."""
    assert bands_of(runs_of(bare_words("What is the capital of France?")))[:2] == [
        6738464140164037920,
        -81549421954409897,
    ]


def test_alike_texts_share_a_band_and_others_do_not() -> None:
    bands, near, other = (set(bands_of(runs_of(bare_words(text)))) for text in (PROMPT, NEAR, OTHER))
    assert bands & near
    assert not bands & other


# --- messages ---------------------------------------------------------------------------------------------------------


def read() -> None:
    actions.read_waiting(clock=lambda: b.LATER)


def twin_of(message: Message) -> Message | None:
    return Opinion.objects.select_related("twin").get(message=message).twin


@pytest.mark.django_db
def test_the_later_one_has_the_earliest_as_its_twin() -> None:
    b.policy()
    first, copy, near, other = (b.plant(text=text) for text in (PROMPT, PROMPT.upper(), NEAR, OTHER))
    read()

    assert [twin_of(message) for message in (first, copy, near, other)] == [None, first, first, None]
    assert Opinion.objects.get(message=copy).likeness == 1
    assert 0.8 <= (Opinion.objects.get(message=near).likeness or 0) < 1


@pytest.mark.django_db
def test_the_order_in_which_they_are_read_does_not_matter() -> None:
    b.policy()
    first, near = b.plant(text=PROMPT), b.plant(text=NEAR)
    Due.objects.filter(message=first).update(tries=1, not_before=b.LATER)

    read()

    assert (twin_of(first), twin_of(near)) == (None, first)


@pytest.mark.django_db
def test_other_languages_deleted_prompts_and_replies_are_no_twins() -> None:
    b.policy()
    gone = b.plant(text=PROMPT)
    moderation.delete_message(message_id=gone.pk, why="Spam", by=b.moderator(), now=b.NOW)
    b.plant(text=PROMPT, lang="de")
    b.answer(b.growing(), text=PROMPT)
    prompt = b.plant(text=PROMPT)
    read()

    assert twin_of(prompt) is None


@pytest.mark.django_db
def test_a_region_is_no_other_language() -> None:
    b.policy()
    first, second = b.plant(text=PROMPT, lang="en"), b.plant(text=PROMPT, lang="en-GB")
    read()
    assert twin_of(second) == first


@pytest.mark.django_db
def test_the_policy_says_from_when_on_texts_are_alike() -> None:
    b.policy(duplicate_likeness=0.95)
    b.plant(text=PROMPT)
    near = b.plant(text=NEAR)
    read()
    assert twin_of(near) is None


@pytest.mark.django_db
def test_an_edit_is_compared_again() -> None:
    b.policy()
    b.plant(text=PROMPT)
    near = b.plant(text=NEAR)
    read()
    moderation.edit_message(message_id=near.pk, text=OTHER, why="Another", by=b.moderator(), now=b.LATER)
    read()
    assert twin_of(near) is None


@pytest.mark.django_db
def test_what_was_like_the_old_words_of_an_edited_text_is_compared_again() -> None:
    b.policy()
    first, copy, near = (b.plant(text=text) for text in (PROMPT, PROMPT, NEAR))
    read()
    assert [twin_of(message) for message in (copy, near)] == [first, first]

    moderation.edit_message(message_id=first.pk, text=OTHER, why="Another", by=b.moderator(), now=b.LATER)
    read()

    assert [twin_of(message) for message in (first, copy, near)] == [None, None, copy]
    assert Due.objects.filter(kind="light").count() == 0


@pytest.mark.django_db
def test_many_copies_of_one_text_are_one_candidate() -> None:
    b.policy()
    first = b.plant(text=PROMPT)
    for _ in range(30):
        b.plant(text=PROMPT)
    read()

    assert Opinion.objects.exclude(bands=[]).get().message == first
    assert [twin.message_id for twin in twins_of(Print(NEAR), lang="en", least=0.8)] == [first.pk]


# --- at size ----------------------------------------------------------------------------------------------------------

OPINIONS = """
WITH text AS (
    SELECT number, gen_random_uuid() AS id FROM generate_series(1, %(number)s) number
), tree AS (
    INSERT INTO trees_tree (id, state, lang, archived, origin, policy_id, goal_size, max_depth, max_children, moderated,
        created_at)
    SELECT id, 'initial_prompt_review', 'en', true, '', %(policy)s, 3, 1, 2, false, now() FROM text
), message AS (
    INSERT INTO trees_message (id, tree_id, role, depth, lang, text, version, created_date, deleted, synthetic,
        review_count, label_sums, ranking_count, children_count, foreign_id)
    SELECT id, id, 'prompter', 0, 'en', 'Prompt number ' || number, 1, now(), false, false, 0, '{}', 0, 0, '' FROM text
)
INSERT INTO screening_opinion (message_id, version, language, personal_data, digest, bands, read_at)
SELECT id, 1, 'en', '[]', md5(number::text),
    ARRAY(SELECT (random() * 9e18)::bigint FROM generate_series(1, 24) band WHERE number > 0), now()
FROM text
"""


def explaining(plans: list[str]) -> Callable[..., Any]:
    """Keeps the plan of every statement before it is run."""

    def explain(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        with context["connection"].connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}", params)
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)

    return explain


@pytest.mark.slow
@pytest.mark.django_db
def test_at_full_size_the_look_is_by_indexes_alone() -> None:
    policy = b.policy()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(OPINIONS, {"number": 10_000, "policy": policy.pk})
        cursor.execute("ANALYZE screening_opinion, trees_message")
    first = b.plant(text=PROMPT, now=timezone.now() + timedelta(minutes=1))
    actions.read_waiting(clock=timezone.now)

    plans: list[str] = []
    with connection.execute_wrapper(explaining(plans)):
        found = twins_of(Print(NEAR), lang="en", least=0.8)

    assert [twin.message_id for twin in found] == [first.pk]
    assert "texts_that_are_alike" in plans[0]
    assert "texts_with_the_same_words" in plans[0]
    assert "Seq Scan" not in plans[0], plans[0]
