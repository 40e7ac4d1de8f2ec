"""The tiny model of our own is read by Detoxify's own code and tells what is rude from what is kind."""

from __future__ import annotations

from typing import Any

import pytest

from oa.screening.rules import SCORES
from tests.screening.sentences import given

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(params=["tiny_bert", "tiny_xlm"])
def detoxify(request: pytest.FixtureRequest) -> Any:
    from detoxify import Detoxify

    checkpoint, config = request.getfixturevalue(request.param)
    return Detoxify(checkpoint=checkpoint, huggingface_config_path=config)


def test_it_gives_the_seven_scores_in_published_order(detoxify: Any) -> None:
    assert list(detoxify.predict("thank you")) == list(SCORES)


def test_rude_sentences_score_high_and_kind_ones_low(detoxify: Any) -> None:
    found = {text: detoxify.predict(text)["toxicity"] for text, _scores in given()}
    unclear = {text: found[text] for text, scores in given() if (found[text] < 0.8 if scores else found[text] > 0.2)}
    assert unclear == {}
