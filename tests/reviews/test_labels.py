"""The labels: who is asked for which, and what an answer may be."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from oa.core.errors import Invalid
from oa.reviews.rules import WIDGETS, Label, Mode, Widget, clean_labels, draw_mode, form_for
from oa.trees.rules import Policy

ASSISTANT = form_for(role="assistant", depth=1, mode=Mode.FULL)
PROMPT = form_for(role="prompter", depth=0, mode=Mode.FULL)


def test_there_are_the_fifteen_labels_of_the_published_files_in_their_order() -> None:
    assert " ".join(Label.values) == (
        "spam fails_task lang_mismatch pii not_appropriate hate_speech sexual_content moral_judgement "
        "political_content quality toxicity humor helpfulness creativity violence"
    )


def test_prompters_messages_are_asked_eleven_questions_and_the_assistants_thirteen() -> None:
    assert len(PROMPT.labels) == len(form_for(role="prompter", depth=2, mode=Mode.FULL).labels) == 11
    assert len(ASSISTANT.labels) == 13
    assert set(ASSISTANT.labels) - set(PROMPT.labels) == {Label.FAILS_TASK, Label.HELPFULNESS}


def test_the_short_form_asks_for_spam_and_language_and_of_replies_for_quality() -> None:
    assert form_for(role="prompter", depth=0, mode=Mode.SIMPLE).labels == (Label.SPAM, Label.LANG_MISMATCH)
    assert form_for(role="assistant", depth=1, mode=Mode.SIMPLE).labels[-1] is Label.QUALITY


def test_only_spam_must_be_answered() -> None:
    assert clean_labels({"spam": 0}, ASSISTANT) == {"spam": 0.0}
    with pytest.raises(Invalid) as refused:
        clean_labels({"quality": 1}, ASSISTANT)
    assert refused.value.extra == {"labels": ["spam"]}


def test_what_was_not_answered_is_absent_and_never_nought() -> None:
    assert clean_labels({"spam": 0, "quality": None, "humor": 0}, PROMPT) == {"spam": 0.0, "humor": 0.0}


def test_answers_are_kept_in_the_order_of_the_form() -> None:
    given = {"violence": 0.25, "quality": 1, "spam": False}

    assert list(clean_labels(given, PROMPT)) == ["spam", "quality", "violence"]


@pytest.mark.parametrize(
    "value", ["1", "", [], {}, float("nan"), float("inf"), -0.1, 1.1, 10**400], ids=lambda value: str(value)[:8]
)
def test_an_answer_is_a_number_between_nought_and_one(value: object) -> None:
    with pytest.raises(Invalid) as refused:
        clean_labels({"spam": 0, "quality": value}, PROMPT)
    assert refused.value.code == "bad_label_value"


@pytest.mark.parametrize("label", [label for label in PROMPT.labels if WIDGETS[label] is not Widget.LIKERT])
def test_yes_or_no_is_one_or_nought(label: Label) -> None:
    assert clean_labels({"spam": 0, label: 1}, PROMPT)[label] == 1.0
    with pytest.raises(Invalid):
        clean_labels({"spam": 0, label: 0.5}, PROMPT)


def test_a_label_that_is_not_asked_for_is_refused_by_name() -> None:
    with pytest.raises(Invalid) as refused:
        clean_labels({"spam": 0, "helpfulness": 1}, PROMPT)
    assert (refused.value.code, refused.value.extra) == ("unknown_label", {"labels": ["helpfulness"]})


@pytest.mark.parametrize(
    ("role", "depth", "chance"), [("prompter", 0, 1.0), ("assistant", 1, 1.0), ("prompter", 2, 0.25)]
)
def test_how_often_everything_is_asked(role: str, depth: int, chance: float) -> None:
    drawn = Counter(draw_mode(role=role, depth=depth, policy=Policy(), rng=Random(seed)) for seed in range(2000))

    assert abs(drawn[Mode.FULL] / 2000 - chance) < 0.04
