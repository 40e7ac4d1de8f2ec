"""Texts wait for their scores, and get them from Detoxify's own code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

import pytest
from django.utils import timezone
from pytest_django import Settings

from oa.accounts.models import User
from oa.screening import actions, jobs
from oa.screening.models import Due, Machine, ToxicityScore
from oa.screening.rules import SCORES, Check
from oa.trees import actions as trees
from oa.trees.models import Message, Tree

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def plant(text: str, lang: str = "en") -> Message:
    author = User.objects.create_user(f"{lang}{Message.objects.count()}@example.org")
    return trees.start_tree(text=text, lang=lang, by=author, now=timezone.now(), rng=Random(1))


def change(message: Message, text: str) -> None:
    mona = User.objects.create_user("mona@example.org", role="moderator")
    trees.edit_text(
        tree=Tree.objects.hold(message.tree_id), message=message, text=text, by=mona, now=timezone.now()
    )  # fmt: skip


def waits(message: Message) -> bool:
    return Due.objects.filter(message=message, kind=Check.TOXICITY).exists()


class Meddled(actions.Scorer):
    """A real model, while whose forward pass somebody does something."""

    def __init__(self, real: actions.Scorer, meddle: Callable[[], None]) -> None:
        super().__init__(real.model, name=real.name, checksum=real.checksum, precision=real.precision)
        self.meddle = meddle

    def __call__(self, texts: Sequence[str]) -> list[dict[str, float | None]]:
        found = super().__call__(texts)
        self.meddle()
        return found


def test_every_text_gets_seven_scores_with_model_checksum_and_time(model: actions.Scorer) -> None:
    planted = [plant(text) for text in ("thank you friend", "you are a stupid idiot", "how do I bake " * 100)]
    before = timezone.now()
    jobs.score_waiting()
    for message in planted:
        found = ToxicityScore.objects.get(message=message)
        assert list(found.as_detoxify()) == list(SCORES)
        assert all(0 < value < 1 for value in found.as_detoxify().values())
        assert (found.model_name, found.model_checksum, found.imported) == ("tiny.ckpt", model.checksum, False)
        assert len(model.checksum) == 64
        assert found.scored_at is not None
        assert found.scored_at >= before
        assert not waits(message)


def test_what_is_rude_is_told_from_what_is_kind(model: actions.Scorer) -> None:
    kind, rude = plant("Thank you, friend, that helped me a lot."), plant("You are a stupid idiot.")
    jobs.score_waiting()
    assert ToxicityScore.objects.get(message=kind).peak < 0.2
    assert ToxicityScore.objects.get(message=rude).peak > 0.8


def test_scores_don_t_depend_on_what_stands_in_the_same_batch(model: actions.Scorer) -> None:
    texts = ["thank you", "you are a stupid idiot please how do i bake the cake"]
    together = model(texts)
    for text, scores in zip(texts, together, strict=True):
        assert model([text])[0] == pytest.approx(scores, abs=1e-5)


def test_a_second_round_finds_nothing_to_do(model: actions.Scorer) -> None:
    plant("thank you")
    assert actions.score_waiting(score=model, clock=timezone.now) == 1
    assert actions.score_waiting(score=model, clock=timezone.now) == 0


def test_a_round_goes_on_while_there_is_work_and_ends_when_its_time_is_up(
    model: actions.Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oa.screening.actions.scoring.TEXTS", 2)
    for number in range(7):
        plant(f"thank you {number}")
    ticks = iter(range(1000))

    def clock() -> datetime:
        return timezone.now() + timedelta(seconds=next(ticks))

    first = actions.score_waiting(score=model, clock=clock, at_most=timedelta(seconds=8))
    assert 2 <= first < 7
    assert first + actions.score_waiting(score=model, clock=timezone.now) == 7


def test_a_language_the_model_does_not_know_has_no_score_and_waits_for_none(model: actions.Scorer) -> None:
    german, brazilian = plant("Wie backe ich Kuchen?", "de"), plant("Como faço um bolo?", "pt-BR")
    jobs.score_waiting()
    assert not ToxicityScore.objects.filter(message=german).exists()
    assert not waits(german)
    assert ToxicityScore.objects.filter(message=brazilian).exists()


def test_the_languages_of_a_checkpoint_of_one_s_own_can_be_named(model: actions.Scorer, settings: Settings) -> None:
    settings.DETOXIFY_LANGUAGES = ["de"]
    actions.scorer.cache_clear()
    german, english = plant("Wie backe ich Kuchen?", "de"), plant("How do I bake a cake?", "en")
    jobs.score_waiting()
    assert ToxicityScore.objects.filter(message=german).exists()
    assert not ToxicityScore.objects.filter(message=english).exists()


def test_a_changed_text_is_scored_again(model: actions.Scorer) -> None:
    message = plant("you are a stupid idiot")
    jobs.score_waiting()
    before = ToxicityScore.objects.get(message=message)
    change(message, "thank you friend")
    jobs.score_waiting()
    after = ToxicityScore.objects.get(message=message)
    assert (before.version, after.version) == (1, 2)
    assert after.toxicity < 0.2 < before.toxicity


def test_scores_of_a_text_that_was_changed_meanwhile_are_not_kept(model: actions.Scorer) -> None:
    message = plant("you are a stupid idiot")

    def change_once() -> None:
        if message.version == 1:
            change(message, "thank you friend")

    meddled = Meddled(model, change_once)
    actions.score_waiting(score=meddled, clock=timezone.now)
    found = ToxicityScore.objects.get(message=message)
    assert found.version == 2
    assert found.toxicity < 0.2
    assert not waits(message)


def test_what_a_moderator_said_of_the_scores_outlives_new_ones(model: actions.Scorer) -> None:
    message = plant("you are a stupid idiot")
    jobs.score_waiting()
    mona = User.objects.create_user("mona@example.org", role="moderator")
    looked = {"looked_version": 1, "looked_by": mona, "looked_at": timezone.now()}
    ToxicityScore.objects.filter(message=message).update(**looked)
    actions.score_again(which=actions.Again.ALL)
    jobs.score_waiting()
    assert ToxicityScore.objects.filter(message=message, **looked).exists()


def test_a_worker_with_its_model_says_so(model: actions.Scorer) -> None:
    machine = Machine.objects.get()
    assert (machine.state, machine.model_name, machine.model_checksum) == ("ready", "tiny.ckpt", model.checksum)
    long_ago = timezone.now() - timedelta(hours=1)
    Machine.objects.update(at=long_ago)
    plant("thank you")
    jobs.score_waiting()
    assert Machine.objects.get().at > long_ago
