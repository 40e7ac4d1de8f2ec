"""Scores go out exactly as the published files have them, and come back in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from oa.datasets.rules.forms import Form
from oa.screening import actions
from oa.screening.models import ToxicityScore
from oa.screening.rules import SCORES
from tests import builders
from tests.datasets.files import answer, exported, take, tree, write

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(autouse=True)
def policy() -> None:
    builders.policy()


def test_they_stand_in_published_order_and_as_they_were_computed(model: actions.Scorer, tmp_path: Path) -> None:
    root = builders.plant(text="You are a stupid idiot.")
    actions.score_waiting(score=model, clock=timezone.now)
    (row,) = exported(tmp_path, Form.MESSAGES)
    assert list(row["detoxify"]) == list(SCORES)
    assert row["detoxify"] == ToxicityScore.objects.get(message=root).as_detoxify()


def test_a_language_the_model_does_not_know_has_null_and_never_0(model: actions.Scorer, tmp_path: Path) -> None:
    builders.plant(text="Du bist ein Dummkopf.", lang="de")
    actions.score_waiting(score=model, clock=timezone.now)
    (row,) = exported(tmp_path, Form.MESSAGES)
    assert row.get("detoxify") is None
    assert not ToxicityScore.objects.exists()


def test_a_model_that_gives_six_scores_leaves_one_out_and_they_come_back_in(tmp_path: Path) -> None:
    six = {score: 0.25 for score in SCORES if score != "sexual_explicit"}
    take(write(tmp_path / "trees", [tree(answer(detoxify=six))]))
    found = ToxicityScore.objects.get()
    assert (found.as_detoxify(), found.sexual_explicit, found.peak) == (six, None, 0.25)
    (row,) = exported(tmp_path)
    assert row["prompt"]["replies"][0]["detoxify"] == six
