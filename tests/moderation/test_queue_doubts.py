"""What might need a moderator is written down by the database; what is harmless is not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from django.utils import timezone

from oa.moderation import actions as moderation
from oa.moderation.models import Case, Doubt, Report
from oa.moderation.rules import ReportReason
from oa.screening.models import Opinion, ToxicityScore
from oa.trees import actions as trees
from oa.trees.models import Message, Tree
from tests.builders import (
    LATER,
    NOW,
    accepted_answer,
    answer,
    fresh,
    growing,
    moderator,
    person,
    plant,
    policy,
    ready,
    review,
    review_to_end,
    scored,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees(db: None) -> None:
    policy()


def doubted() -> set[UUID | None]:
    return set(Doubt.objects.values_list("message_id", flat=True))


def forget() -> None:
    Doubt.objects.all().delete()


def opinion(message: Message, *kinds: str) -> None:
    found = [{"kind": kind, "start": 0, "end": 3, "level": "warn"} for kind in kinds]
    Opinion.objects.update_or_create(
        message=message, defaults={"version": fresh(message).version, "personal_data": found, "read_at": NOW}
    )


def test_the_whole_life_of_a_harmless_tree_leaves_no_doubt() -> None:
    prompt = ready()

    for message in Message.objects.filter(tree=prompt.tree_id):
        scored(message, 0.01)
        opinion(message)

    assert doubted() == set()


def test_an_ordinary_review_leaves_none_and_one_that_objects_does_when_it_decides() -> None:
    liked, mixed = plant(), plant()
    review(liked, quality=1.0, toxicity=0.0)
    review(liked, creativity=0.5)
    assert doubted() == set()

    review(mixed, spam=1)
    assert doubted() == set()
    review(mixed)
    assert doubted() == {mixed.pk}


EVENTS: dict[str, Callable[[Message], object]] = {
    "a red flag": lambda message: trees.count_reaction(message.pk, code="red_flag", change=1),
    "a skip": lambda message: trees.count_reaction(message.pk, code="_skip_reply", change=1),
    "a high score": lambda message: scored(message, 0.5),
    "personal data": lambda message: opinion(message, "email"),
    "somebody finds it rude": lambda message: review(message, toxicity=0.5),
    "it is withheld": lambda message: trees.withhold(message=message),
    "it is deleted": lambda message: Message.objects.filter(pk=message.pk).update(deleted=True),
    "it is in another language": lambda message: Message.objects.filter(pk=message.pk).update(lang="de"),
    "a report": lambda message: moderation.report(
        message_id=message.pk, reason=ReportReason.SPAM, note="", by=person(), now=NOW
    ),
}


@pytest.mark.parametrize("event", EVENTS)
def test_what_happens_to_a_message_makes_it_doubtful(event: str) -> None:
    message = plant()
    assert doubted() == set()

    EVENTS[event](message)

    assert doubted() == {message.pk}


def test_a_score_that_sinks_and_a_look_are_doubts_too() -> None:
    message = scored(plant(), 0.9)
    forget()

    scored(message, 0.01)
    assert doubted() == {message.pk}
    forget()
    scored(message, 0.9)
    forget()
    ToxicityScore.objects.filter(message=message).update(looked_version=1)
    assert doubted() == {message.pk}


def test_the_second_who_says_the_same_counts_too() -> None:
    """From two answers on it counts what people say: their mean is what it was."""
    message = plant()
    review(message, toxicity=1.0)
    forget()
    review(message, toxicity=1.0)
    assert doubted() == {message.pk}


def test_an_answer_to_what_was_rejected() -> None:
    prompt = growing()
    child = accepted_answer(prompt)
    forget()
    Message.objects.filter(pk=prompt.pk).update(review_result=False)
    assert doubted() == {prompt.pk}
    forget()
    Message.objects.filter(pk=prompt.pk).update(children_count=2)
    assert doubted() == {prompt.pk}
    forget()
    Message.objects.filter(pk=child.pk).update(children_count=1)
    assert doubted() == set()


def test_reactions_that_everybody_gives_are_none() -> None:
    message = plant()
    for code in ("+1", "_skip_labeling", "_skip_ranking"):
        trees.count_reaction(message.pk, code=code, change=1)
    assert doubted() == set()


def test_archived_imports_are_only_doubted_when_they_are_reported() -> None:
    message = plant()
    Tree.objects.filter(pk=message.tree_id).update(archived=True)
    EVENTS["a red flag"](message)
    EVENTS["a high score"](message)
    EVENTS["personal data"](message)
    assert doubted() == set()

    EVENTS["a report"](message)
    assert doubted() == {message.pk}


def test_taking_a_tree_over_doubts_all_that_is_in_it() -> None:
    prompt = growing()
    child = answer(prompt)
    Tree.objects.filter(pk=prompt.tree_id).update(archived=True)
    forget()

    Tree.objects.filter(pk=prompt.tree_id).update(archived=False)

    assert doubted() == {prompt.pk, child.pk}


def test_what_comes_flagged_is_doubted_when_it_comes() -> None:
    message = plant()
    forget()
    Message.objects.create(
        tree_id=message.tree_id, parent=message, role="assistant", depth=1, lang="en", text="x", emojis={"red_flag": 1}
    )
    Message.objects.create(tree_id=message.tree_id, parent=message, role="assistant", depth=1, lang="en", text="y")

    assert Doubt.objects.count() == 1


def test_a_new_policy_doubts_again_what_it_may_concern_in_one_statement(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    harmless, toxic, rude, flagged, german = (plant() for _ in range(5))
    scored(harmless, 0.01)
    scored(toxic, 0.3)
    review(rude, toxicity=0.3)
    trees.count_reaction(flagged.pk, code="red_flag", change=1)
    Message.objects.filter(pk=german.pk).update(lang="de")
    scored(german, 0.3)
    split = plant()
    review(split, spam=1)
    review_to_end(split)
    forget()

    with django_assert_num_queries(3):  # a savepoint round it, for this is a test
        assert moderation.doubt_all_again() == 5
    assert doubted() == {toxic.pk, rude.pk, flagged.pk, german.pk, split.pk}
    forget()
    moderation.doubt_all_again(lang="de")
    assert doubted() == {german.pk}


def test_a_report_that_is_closed_is_considered_again() -> None:
    message = plant()
    EVENTS["a report"](message)
    moderation.consider_doubts(now=NOW)
    assert Case.objects.open().get().message == message

    report = Report.objects.get()
    moderation.dismiss_report(report_id=report.pk, why="Harmless", by=moderator(), now=LATER)
    moderation.consider_doubts(now=timezone.now())

    assert Case.objects.open().count() == 0
