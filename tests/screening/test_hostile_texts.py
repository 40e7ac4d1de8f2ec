"""A hundred texts that nobody in their right mind would send: each is scored, or set aside with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest
from django.utils import timezone

from oa.screening import actions
from oa.screening.models import Due, ToxicityScore
from oa.screening.rules import FAILURES, MOST_TRIES, SCORES, Check, seven
from oa.trees.models import Message, PolicyVersion, Tree

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

LONG = 100_000
KINDS = (
    "", " ", "\n\t\r\n", "\u00a0\u2003\u3000", "\u200b\u200c\u200d\ufeff", "\u202e\u202d\u200f\u200e", "\u0301" * 200,
    "e" + "\u0301" * 5_000, "👍", "👩‍👩‍👧‍👦" * 500, "🏳️‍🌈" * 200, "\x01\x02\x07\x1b[31m\x7f", "\x85\x9f", "\ufffd" * 100,
    "\ufffe\uffff", "\U0010ffff", "\U000e0001" * 50, "a" * LONG, "word " * (LONG // 5), "no-spaces-" * (LONG // 10),
    "漢字" * 5_000, "العربية" * 500, "ไทย" * 900, "नमस्ते" * 500, "[CLS] [SEP] [PAD] [MASK] [UNK]", "<s></s><pad><unk>",
    "[PAD]" * 600, "</s>" * 600, "%s %d {0} {} %(x)s", "' OR 1=1; --", "<script>alert(1)</script>", "\\u0000\\ud800",
    "NUL", "null", "NaN", "1e999", "0" * 5_000, "-" * 5_000, "." * 5_000, "((((((" * 1_000, "```\n" * 500,
    "$" * 2_000, "https://example.org/" + "a" * 5_000, "ﷺ" * 500, "Ǆ" * 500, "İ" * 500, "ß" * 500, "ﬁ" * 500,
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞", "".join(chr(place) for place in range(1, 2_000)),
)  # fmt: skip
# What PostgreSQL can't hold, but a caller may hand over.
NEVER_KEPT = ("\ud800", "half \udfff a pair", "\ud83d" * 1_000, "\0", "a\0b", "\0" * 1_000, "\udc80\udcff")


def hundred() -> list[str]:
    """All kinds, and fifty of random signs from all planes."""
    rng = Random(4)
    planes = ((1, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF))
    strange = [
        "".join(chr(rng.randint(*rng.choice(planes))) for _ in range(rng.choice((1, 30, 900)))) for _ in range(50)
    ]
    return [*KINDS, *strange]


def put(texts: Sequence[str]) -> None:
    """Straight into the database: the door of the site would refuse many of them."""
    policy = PolicyVersion.objects.in_force("")
    trees = []
    for text in texts:
        message = Message(text=text, lang="en", depth=0, role="prompter", created_date=timezone.now())
        message.tree_id = message.pk
        trees.append((Tree(pk=message.pk, state="initial_prompt_review", lang="en", policy=policy, goal_size=9,
                           max_depth=3, max_children=2), message))  # fmt: skip
    Tree.objects.bulk_create(tree for tree, _message in trees)
    Message.objects.bulk_create(message for _tree, message in trees)


def _same(now: datetime) -> datetime:
    return now


def test_each_is_scored_or_set_aside_with_a_reason_and_the_worker_lives(model: actions.Scorer) -> None:
    texts = hundred()
    assert len(texts) >= 100
    put(texts)
    now = timezone.now()
    for _ in range(MOST_TRIES):
        actions.score_waiting(score=model, clock=partial(_same, now), at_most=None)
        now += timedelta(days=1)
    aside = Due.objects.aside().filter(kind=Check.TOXICITY)
    assert ToxicityScore.objects.count() + aside.count() == len(texts)
    assert not Due.objects.waiting(Check.TOXICITY).exists()
    assert not aside.filter(error="").exists()
    put(["You are a stupid idiot."])
    actions.score_waiting(score=model, clock=timezone.now)
    assert ToxicityScore.objects.filter(message__text="You are a stupid idiot.", peak__gt=0.8).exists()


@pytest.mark.parametrize("text", NEVER_KEPT)
def test_what_no_database_can_hold_is_scored_or_refused_by_name(model: actions.Scorer, text: str) -> None:
    try:
        (scores,) = model([text])
    except FAILURES:
        return
    assert list(scores) == list(SCORES)


class Choosy(actions.Scorer):
    """A real model that breaks over some words, in a way of its own each time."""

    reasons = (RuntimeError("shape mismatch"), ValueError("NaN"), MemoryError(), IndexError("no such token"))

    def __init__(self, real: actions.Scorer) -> None:
        super().__init__(real.model, name=real.name, checksum=real.checksum, precision=real.precision)
        self.passes = 0

    def __call__(self, texts: Sequence[str]) -> list[dict[str, float | None]]:
        self.passes += 1
        if any("poison" in text for text in texts):
            raise self.reasons[self.passes % len(self.reasons)]
        return super().__call__(texts)


def test_a_text_that_breaks_the_model_is_in_nobody_s_way(model: actions.Scorer) -> None:
    put([f"thank you {number}" for number in range(30)] + ["poison one", "poison two"])
    choosy = Choosy(model)
    assert actions.score_waiting(score=choosy, clock=timezone.now) == 30
    resting = Due.objects.waiting(Check.TOXICITY)
    assert {row.message.text for row in resting} == {"poison one", "poison two"}
    assert all(row.error and row.not_before > timezone.now() for row in resting)


def test_it_is_set_aside_with_its_error_in_the_end_and_tried_alone_before(model: actions.Scorer) -> None:
    put(["poison", "thank you"])
    choosy, now = Choosy(model), timezone.now()
    for _ in range(MOST_TRIES):
        actions.score_waiting(score=choosy, clock=partial(_same, now))
        now += timedelta(days=1)
    row = Due.objects.get(message__text="poison", kind=Check.TOXICITY)
    assert (row.set_aside, row.tries) == (True, MOST_TRIES)
    assert row.error.split(":")[0] in {type(reason).__name__ for reason in Choosy.reasons}
    before = choosy.passes
    actions.score_waiting(score=choosy, clock=lambda: now + timedelta(days=9))
    assert choosy.passes == before


class Vague(actions.Scorer):
    """A real model whose answer is spoilt on the way."""

    def __init__(self, real: actions.Scorer, spoilt: float) -> None:
        super().__init__(real.model, name=real.name, checksum=real.checksum, precision=real.precision)
        self.spoilt = spoilt

    def __call__(self, texts: Sequence[str]) -> list[dict[str, float | None]]:
        given = [{name: value for name, value in row.items() if value is not None} for row in super().__call__(texts)]
        return [seven({**row, "threat": self.spoilt}) for row in given]


@pytest.mark.parametrize("spoilt", [float("nan"), float("inf"), -0.1, 1.5])
def test_a_score_that_is_none_is_an_error_of_the_text_and_never_kept(model: actions.Scorer, spoilt: float) -> None:
    put(["thank you"])
    assert actions.score_waiting(score=Vague(model, spoilt), clock=timezone.now) == 0
    assert not ToxicityScore.objects.exists()
    assert "threat" in Due.objects.get(kind=Check.TOXICITY).error


def test_what_is_not_about_a_text_is_not_blamed_on_it(model: actions.Scorer) -> None:
    class Unplugged(Choosy):
        reasons = (OSError("no space left on device"),) * 4  # type: ignore[assignment]  # four reasons, of another kind

    put(["poison"])
    with pytest.raises(OSError, match="no space"):
        actions.score_waiting(score=Unplugged(model), clock=timezone.now)
    row = Due.objects.get(kind=Check.TOXICITY)
    assert (row.error, row.set_aside) == ("", False)
