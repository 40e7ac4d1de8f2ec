"""Texts wait for their scores, and get them from Detoxify's own code."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from django.utils import timezone

from oa.accounts.models import User
from oa.screening import actions, jobs
from oa.screening.models import ToxicityScore
from oa.screening.rules import SCORES
from oa.trees import actions as trees
from oa.trees.models import Message, Tree
from tests.screening.tiny import make_checkpoint

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    pytest.importorskip("detoxify", reason="the toxicity packages are not installed: requirements/toxicity.txt")
    checkpoint, config = make_checkpoint(tmp_path_factory.mktemp("tiny"))
    return str(checkpoint), str(config)


@pytest.fixture
def model(tiny: tuple[str, str], settings: object) -> Iterator[actions.Scorer]:
    settings.DETOXIFY_CHECKPOINT, settings.DETOXIFY_CONFIG = tiny  # type: ignore[attr-defined]
    actions.scorer.cache_clear()
    actions.Rest.until = 0.0
    yield actions.scorer()
    actions.scorer.cache_clear()


def plant(text: str, lang: str = "en") -> Message:
    author = User.objects.create_user(f"{lang}{Message.objects.count()}@example.org")
    return trees.start_tree(text=text, lang=lang, by=author, now=timezone.now(), rng=Random(1))


def test_every_text_gets_seven_scores_between_nought_and_one(model: actions.Scorer) -> None:
    planted = [plant(text) for text in ("thank you friend", "you are a stupid idiot", "how do I bake " * 100)]
    jobs.score_waiting()
    for message in planted:
        scores = ToxicityScore.objects.get(message=message).as_detoxify()
        assert list(scores) == list(SCORES)
        assert all(0 < value < 1 for value in scores.values())


def test_scores_don_t_depend_on_what_stands_in_the_same_batch(model: actions.Scorer) -> None:
    texts = ["thank you", "you are a stupid idiot please how do i bake the cake"]
    together = model(texts)
    for text, scores in zip(texts, together, strict=True):
        assert model([text])[0] == pytest.approx(scores, abs=1e-5)


def test_a_second_round_finds_nothing_to_do(model: actions.Scorer) -> None:
    plant("thank you")
    assert actions.score_waiting(score=model, clock=timezone.now) == 1
    assert actions.score_waiting(score=model, clock=timezone.now) == 0


def test_a_language_the_model_does_not_know_has_no_score(model: actions.Scorer) -> None:
    german, brazilian = plant("Wie backe ich Kuchen?", "de"), plant("Como faço um bolo?", "pt-BR")
    jobs.score_waiting()
    assert not ToxicityScore.objects.filter(message=german).exists()
    assert ToxicityScore.objects.filter(message=brazilian).exists()


def test_a_changed_text_is_scored_again(model: actions.Scorer) -> None:
    message = plant("you are a stupid idiot")
    moderator = User.objects.create_user("mona@example.org", role="moderator")
    jobs.score_waiting()
    before = ToxicityScore.objects.get(message=message)
    tree = Tree.objects.hold(message.tree_id)
    trees.edit_text(tree=tree, message=message, text="thank you friend", by=moderator, now=timezone.now())
    jobs.score_waiting()
    after = ToxicityScore.objects.get(message=message)
    assert (before.version, after.version) == (1, 2)
    assert after.toxicity != before.toxicity


def test_without_weights_texts_wait_and_the_reason_names_the_remedy(settings: object) -> None:
    settings.DETOXIFY_CHECKPOINT = "/nowhere/weights.ckpt"  # type: ignore[attr-defined]
    actions.scorer.cache_clear()
    actions.Rest.until = 0.0
    message = plant("thank you")
    jobs.score_waiting()
    assert not ToxicityScore.objects.filter(message=message).exists()
    assert actions.scorer_if_any() is None
    with pytest.raises(actions.ModelMissing, match=r"OA_DETOXIFY_CHECKPOINT|requirements/toxicity.txt"):
        actions.scorer()
