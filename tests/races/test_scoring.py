"""Two workers at once score nothing twice and leave nothing out."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import pytest
from django.utils import timezone

from oa.screening import actions
from oa.screening.models import Due, ToxicityScore
from oa.screening.rules import SCORES, Check
from tests.races.crowd import granted, together
from tests.screening.crowd import plant_texts

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = 600


class Counting(actions.Scorer):
    """No model: what is proved here is who gets which text."""

    def __init__(self) -> None:
        super().__init__(None, name="counting", checksum="")
        self.lock, self.read = Lock(), list[str]()

    def __call__(self, texts: Sequence[str]) -> list[dict[str, float | None]]:
        with self.lock:
            self.read += texts
        return [dict.fromkeys(SCORES, 0.5) for _ in texts]


def test_three_workers_share_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oa.screening.actions.scoring.TEXTS", 20)
    plant_texts(TEXTS)
    score = Counting()

    def work() -> int:
        return actions.score_waiting(score=score, clock=timezone.now)

    shares = granted(together(work, work, work))

    assert sum(shares) == TEXTS
    assert all(share > 0 for share in shares)
    assert len(score.read) == len(set(score.read)) == TEXTS
    assert ToxicityScore.objects.count() == TEXTS
    assert not Due.objects.filter(kind=Check.TOXICITY).exists()


def test_of_two_who_read_the_same_text_one_keeps_its_scores() -> None:
    """The lease of the slower one was over, and another took the text."""
    plant_texts(1)
    (item,) = actions.claim(kind=Check.TOXICITY, most=1, now=timezone.now())
    score = Counting()
    scores = [dict.fromkeys(SCORES, 0.5)]

    def keep() -> int:
        return actions.keep_scores(items=[item], scores=scores, score=score, now=timezone.now())

    assert sorted(granted(together(keep, keep))) == [0, 1]
    assert ToxicityScore.objects.count() == 1
