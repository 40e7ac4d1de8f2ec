"""The list of what a moderator looks at first: where people and machine disagree about a text, or both find it bad."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Value

from oa.moderation import actions as moderation
from oa.moderation.models import WorstSaid, policies_in_force, to_look_at
from oa.moderation.rules import SAID_AGAINST, Triage, worst_said
from oa.screening.rules import SCORES
from oa.trees.models import Message, Tree
from oa.trees.serializers import label_means
from tests.builders import NOW, fresh, moderator, plant, policy, review, scored, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy(num_reviews_initial_prompt=5)


def judged(message: Message, value: float, *, people: int = 2, label: str = "toxicity") -> Message:
    for _ in range(people):
        review(message, **{label: value})  # type: ignore[arg-type]  # a label, and no other argument
    return message


def waiting(kind: Triage, *, archived: bool = False) -> list[Message]:
    return list(to_look_at(kind, policies_in_force(), archived=archived).order_by("-peak", "id"))


def everywhere(message: Message) -> set[str]:
    """The reasons for which a message waits."""
    return {kind.value for kind in Triage if message in waiting(kind)}


# Why a message is on the list


@pytest.mark.parametrize(
    ("machine", "people", "why"),
    [
        (0.7, 0.25, {"machine_high"}),
        (0.9, 0.0, {"machine_high"}),
        (0.69, 0.0, set()),
        (0.9, 0.3, set()),
        (0.9, 0.5, {"both_high"}),
        (0.7, 1.0, {"both_high"}),
        (0.2, 0.5, {"people_high"}),
        (0.21, 1.0, set()),
        (0.0, 0.49, set()),
    ],
)
def test_the_thresholds_of_the_policy_decide(machine: float, people: float, why: set[str]) -> None:
    message = plant()
    judged(message, people)
    assert everywhere(scored(message, machine)) == why


def test_what_nobody_has_judged_waits_when_the_machine_finds_it_toxic() -> None:
    """Two reviews with an answer count; a review that answers something else does not."""
    message = scored(plant(), 0.9)
    assert everywhere(message) == {"machine_high"}

    judged(message, 1.0, people=1)
    judged(message, 1.0, people=3, label="quality")
    assert everywhere(message) == {"machine_high"}

    judged(message, 1.0, people=1)
    assert everywhere(message) == {"both_high"}


def test_a_text_without_score_is_not_on_the_list() -> None:
    """Of a language that the machine does not know it says nothing, neither high nor low."""
    assert everywhere(judged(plant(), 1.0)) == set()


@pytest.mark.parametrize("label", SAID_AGAINST)
def test_each_of_five_labels_counts_as_what_people_say_against_it(label: str) -> None:
    assert everywhere(scored(judged(plant(), 1.0, label=label), 0.0)) == {"people_high"}


def test_each_of_seven_scores_counts() -> None:
    for score in SCORES:
        assert everywhere(scored(plant(), 0.0, **{score: 0.8})) == {"machine_high"}


def test_each_language_has_the_thresholds_of_its_own_policy() -> None:
    policy("fr", num_reviews_initial_prompt=5, toxicity_machine_high=0.4, toxicity_min_reviews=3)
    english, french = scored(plant(), 0.5), scored(plant(lang="fr"), 0.5)
    assert waiting(Triage.MACHINE_HIGH) == [french]

    judged(english, 1.0), judged(french, 1.0)
    scored(english, 0.9)
    assert (waiting(Triage.BOTH_HIGH), waiting(Triage.MACHINE_HIGH)) == ([english], [french])


def test_the_policy_in_force_decides_not_the_one_a_tree_began_with() -> None:
    message = scored(plant(), 0.5)
    assert waiting(Triage.MACHINE_HIGH) == []

    policy(toxicity_machine_high=0.4)
    assert waiting(Triage.MACHINE_HIGH) == [message]


def test_threshold_nought_takes_in_what_people_find_harmless() -> None:
    policy(num_reviews_initial_prompt=5, toxicity_people_low=0.0, toxicity_people_high=0.0)
    assert everywhere(scored(judged(plant(), 0.0), 0.0)) == {"people_high"}


def test_what_an_import_says_counts_together_with_our_own_reviews() -> None:
    """As the message itself shows it."""
    message = scored(plant(), 0.0)
    Message.objects.filter(pk=message.pk).update(baseline={"labels": {"hate_speech": {"value": 0.8, "count": 3}}})
    assert everywhere(message) == {"people_high"}

    judged(fresh(message), 0.0, people=2, label="hate_speech")  # 0.48 in all
    assert everywhere(message) == set()


@pytest.mark.parametrize("fewest", [1, 2, 3])
def test_database_and_program_agree_on_what_people_say(fewest: int) -> None:
    said_of: list[tuple[dict[str, Any], dict[str, Any] | None]] = [
        ({}, None),
        ({}, {"labels": {}}),
        ({"toxicity": [1.5, 2], "violence": [1, 1]}, None),
        ({"toxicity": [1.5, 2], "quality": [3, 3]}, {"labels": {"toxicity": {"value": 0.1, "count": 1}}}),
        ({"spam": [3, 3]}, {"labels": {"sexual_content": {"value": 1 / 3, "count": 3}}, "review_count": 3}),
        ({"hate_speech": [0, 3]}, {"review_count": 3}),
    ]
    for ours, theirs in said_of:
        message = plant()
        Message.objects.filter(pk=message.pk).update(label_sums=ours, baseline=theirs)
        said = worst_said(label_means(fresh(message)), fewest=fewest)
        told = Message.objects.annotate(told=WorstSaid(Value(fewest))).values_list("told", flat=True).get(pk=message.pk)
        assert told == (said.value if said else None)


# When it leaves the list, and comes back


def test_a_look_takes_it_off_the_list_and_taking_that_back_puts_it_there_again() -> None:
    message, mona = scored(plant(), 0.9), moderator()

    moderation.look(message_id=message.pk, by=mona, now=NOW)
    assert everywhere(message) == set()

    moderation.unlook(message_id=message.pk, by=mona, now=NOW)
    assert everywhere(message) == {"machine_high"}


def test_new_scores_and_new_reviews_of_a_text_that_was_looked_at_do_not_bring_it_back() -> None:
    message = scored(plant(), 0.9)
    moderation.look(message_id=message.pk, by=moderator(), now=NOW)

    judged(message, 1.0)
    assert everywhere(scored(message, 0.99)) == set()


def test_a_new_text_comes_back_once_it_is_scored() -> None:
    message, mona = scored(plant(), 0.9), moderator()
    moderation.look(message_id=message.pk, by=mona, now=NOW)

    moderation.edit_message(message_id=message.pk, text=words(), why="", by=mona, now=NOW)
    assert everywhere(message) == set()
    assert everywhere(scored(message, 0.8)) == {"machine_high"}


def test_what_is_deleted_is_off_the_list_until_it_is_restored() -> None:
    message, mona = scored(plant(), 0.9), moderator()

    moderation.delete_message(message_id=message.pk, why="", by=mona, now=NOW)
    assert everywhere(message) == set()

    moderation.restore_message(message_id=message.pk, why="", by=mona, now=NOW)
    assert everywhere(message) == {"machine_high"}


def test_archived_imports_are_listed_apart() -> None:
    message = scored(plant(), 0.9)
    Tree.objects.filter(pk=message.tree_id).update(archived=True)

    assert waiting(Triage.MACHINE_HIGH) == []
    assert waiting(Triage.MACHINE_HIGH, archived=True) == [message]
