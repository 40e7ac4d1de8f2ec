"""What waits for opinions is written down by the database itself: every way a text can come in, and no other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from oa.datasets import actions as datasets
from oa.moderation import actions as moderation
from oa.screening import actions
from oa.screening.models import Due, Machine, ToxicityScore
from oa.screening.rules import SCORES, Check, MachineState
from oa.trees.models import Message, Tree
from tests import builders
from tests.datasets.files import answer, take, tree, write

pytestmark = pytest.mark.django_db

BOTH = {Check.TOXICITY, Check.LIGHT}
DETOXIFY = dict.fromkeys(SCORES, 0.25)


@pytest.fixture(autouse=True)
def policy() -> None:
    builders.policy()


def waits_for(message: Message) -> set[Check]:
    return {Check(kind) for kind in Due.objects.filter(message=message).values_list("kind", flat=True)}


def nothing_waits() -> None:
    Due.objects.all().delete()


def scored(message: Message, **facts: object) -> None:
    scores: dict[str, object] = {**dict.fromkeys(SCORES, 0.5), "model_name": "other", "scored_at": timezone.now()}
    ToxicityScore.objects.create(message=message, **{**scores, **facts})
    Due.objects.filter(message=message, kind=Check.TOXICITY).delete()


def imported(tmp_path: Path, **facts: object) -> tuple[Message, Message]:
    """An archived prompt and its reply; what is said is said of the reply."""
    take(write(tmp_path / "trees", [tree(answer(**facts))]))
    prompt, reply = Message.objects.order_by("depth")
    return prompt, reply


def test_a_new_text_waits_for_both_opinions() -> None:
    root = builders.plant()
    row = Due.objects.get(message=root, kind=Check.TOXICITY)
    assert waits_for(root) == BOTH
    assert (row.version, row.tries, row.set_aside) == (1, 0, False)


def test_a_changed_text_waits_again_however_often_its_old_words_failed() -> None:
    root = builders.plant()
    Due.objects.filter(message=root).update(tries=5, set_aside=True, error="RuntimeError: no")
    moderation.edit_message(message_id=root.pk, text="Other words", why="A name", by=builders.moderator(),
                            now=builders.NOW)  # fmt: skip
    assert waits_for(root) == BOTH
    assert set(Due.objects.values_list("version", "tries", "set_aside", "error")) == {(2, 0, False, "")}


def test_what_is_written_beside_the_text_makes_nobody_wait() -> None:
    root = builders.plant()
    nothing_waits()
    Message.objects.filter(pk=root.pk).update(review_count=1, deleted=True, text=root.text)
    Tree.objects.filter(pk=root.pk).update(archived=True)
    assert not Due.objects.exists()


def test_texts_of_an_archived_import_wait_for_nothing(tmp_path: Path) -> None:
    imported(tmp_path)
    assert not Due.objects.exists()


def test_taken_over_they_wait_but_published_scores_stay(tmp_path: Path) -> None:
    prompt, reply = imported(tmp_path, detoxify=DETOXIFY)
    datasets.take_over(tree_ids=[prompt.pk], by=None, now=builders.NOW)
    assert (waits_for(prompt), waits_for(reply)) == (BOTH, {Check.LIGHT})
    found = ToxicityScore.objects.get(message=reply)
    assert (found.imported, found.as_detoxify(), found.model_name) == (True, DETOXIFY, "")


def test_a_text_that_is_not_kept_waits_for_nothing() -> None:
    root = builders.plant()
    Message.objects.filter(pk=root.pk).delete()
    assert not Due.objects.exists()


def test_scores_of_an_import_are_computed_anew_only_if_asked(tmp_path: Path) -> None:
    prompt, reply = imported(tmp_path, detoxify=DETOXIFY)
    assert actions.score_missing() == 0
    assert actions.score_again(which=actions.Again.IMPORTED) == 0, "archived ones not even then"
    assert actions.score_again(which=actions.Again.IMPORTED, archived=True) == 1
    assert (waits_for(prompt), waits_for(reply)) == (set(), {Check.TOXICITY})
    assert ToxicityScore.objects.get(message=reply).as_detoxify() == DETOXIFY, "until there are new ones"
    assert actions.score_missing(archived=True) == 1
    assert waits_for(prompt) == {Check.TOXICITY}


def test_with_another_model_old_scores_stay_until_somebody_asks() -> None:
    ours, theirs, foreign = (builders.plant() for _ in range(3))
    Machine.objects.create(state=MachineState.READY, model_name="new", model_checksum="b" * 64, at=timezone.now())
    scored(ours, model_name="new", model_checksum="b" * 64)
    scored(theirs, model_name="new", model_checksum="a" * 64)
    scored(foreign, model_name="", imported=True)
    assert actions.score_missing() == 0
    assert actions.score_again(which=actions.Again.OTHER_MODEL) == 1
    assert Check.TOXICITY in waits_for(theirs)
    assert actions.score_again(which=actions.Again.ALL) == 3


def test_again_can_be_asked_of_some_languages_and_never_of_one_the_model_does_not_know() -> None:
    english, french, german = (builders.plant(lang=lang) for lang in ("en", "fr", "de"))
    for message in (english, french, german):
        scored(message)
    assert actions.score_again(which=actions.Again.ALL, langs=["fr"]) == 1
    assert Check.TOXICITY in waits_for(french)
    assert actions.score_again(which=actions.Again.ALL) == 2
    assert Check.TOXICITY not in waits_for(german)


def test_a_text_that_was_forgotten_by_whatever_accident_is_found() -> None:
    forgotten, german = builders.plant(), builders.plant(lang="de")
    old = builders.plant()
    scored(old, version=0)
    nothing_waits()
    assert actions.score_missing() == 2
    assert Check.TOXICITY in waits_for(forgotten)
    assert Check.TOXICITY in waits_for(old)
    assert waits_for(german) == set()
    assert actions.score_missing() == 0


def test_the_list_is_asked_in_few_statements_however_much_waits(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(5):
        builders.plant()
    with django_assert_max_num_queries(3):  # savepoints of the test among them
        actions.claim(kind=Check.TOXICITY, most=99, now=timezone.now() + timedelta(minutes=1))
