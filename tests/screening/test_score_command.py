"""`manage.py toxicity score`: what has no score gets one here and now; `--again` what has one."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from oa.screening import actions
from oa.screening.models import Due, ToxicityScore
from oa.screening.rules import MOST_TRIES, Check
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("toxicity", "score", *arguments, stdout=out)
    return out.getvalue()


def test_what_has_no_score_gets_one_and_what_has_one_is_left_until_asked_for(model: actions.Scorer) -> None:
    builders.plant()

    assert said().startswith("1 messages scored with")
    assert said().startswith("0 messages")
    assert said("--again", "other-model").startswith("0 messages")
    ToxicityScore.objects.update(model_name="another", toxicity=0.123)
    assert said("--again", "other-model").startswith("1 messages")
    assert ToxicityScore.objects.get().toxicity != 0.123


def test_what_was_set_aside_is_tried_again_only_if_asked(model: actions.Scorer) -> None:
    """As after a graphics card that failed on every text: nobody has to press a button for each."""
    builders.plant()
    builders.plant()
    Due.objects.update(tries=MOST_TRIES, set_aside=True, error="RuntimeError: CUDA error")

    assert said().startswith("0 messages")
    assert said("--set-aside").startswith("2 messages")
    assert not Due.objects.filter(kind=Check.TOXICITY).exists()
    assert Due.objects.filter(kind=Check.LIGHT, set_aside=True).count() == 2


def test_a_language_alone_is_refused_rather_than_overlooked() -> None:
    with pytest.raises(CommandError, match="--again"):
        said("--lang", "de")


def test_without_the_model_it_says_what_to_do(settings: Settings, unloaded: None) -> None:
    settings.DETOXIFY_CHECKPOINT = "/nowhere/weights.ckpt"

    with pytest.raises(CommandError, match=r"OA_DETOXIFY_CHECKPOINT|requirements/toxicity.txt"):
        said()
