"""The quick engine gives the scores that Detoxify gives, whatever it is given and whatever stands beside it."""

from __future__ import annotations

import copy
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa.screening.rules import CHECKED_ON, PASS_COSTS, PRECISIONS, TOKENS_AT_ONCE, plan, precisions_to_try
from tests.screening.sentences import given as sentences

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

EXACTLY, NEARLY = 1e-5, 0.01
SAID = [sentence for sentence, _scores in sentences()]


@pytest.fixture(scope="module", params=["tiny_bert", "tiny_xlm"])
def detoxify(request: pytest.FixtureRequest) -> Any:
    checkpoint, config = request.getfixturevalue(request.param)
    from detoxify import Detoxify

    return Detoxify(checkpoint=checkpoint, huggingface_config_path=config)


def engine_of(detoxify: Any, precision: str) -> Any:
    from oa.screening.actions.engine import Engine

    return Engine(copy.copy(detoxify), precision=precision)


@pytest.fixture
def plain(detoxify: Any) -> Any:
    return engine_of(detoxify, "fp32")


def of_mixed_lengths(count: int) -> list[str]:
    rng = Random(3)
    return [" ".join(rng.choices(SAID, k=rng.choice((1, 1, 2, 5, 20, 60)))) for _ in range(count)]


def test_each_text_has_detoxifys_own_scores_in_its_own_place(detoxify: Any, plain: Any) -> None:
    texts = of_mixed_lengths(40)
    found = plain(texts)
    assert len({tuple(scores.values()) for scores in found}) > 20
    for text, scores in zip(texts, found, strict=True):
        assert scores == pytest.approx(detoxify.predict(text), abs=EXACTLY)


def test_a_text_alone_and_no_text_at_all(detoxify: Any, plain: Any) -> None:
    assert plain([]) == []
    assert plain(["Shut up."])[0] == pytest.approx(detoxify.predict("Shut up."), abs=EXACTLY)


def test_scores_don_t_depend_on_what_stands_in_the_same_batch(plain: Any) -> None:
    texts = of_mixed_lengths(12)
    together = plain(texts)
    assert [pytest.approx(plain([text])[0], abs=EXACTLY) for text in texts] == together
    assert [pytest.approx(scores, abs=EXACTLY) for scores in together[::-1]] == plain(texts[::-1])


@pytest.mark.parametrize("precision", PRECISIONS)
def test_every_precision_stays_within_a_hundredth_of_the_plain_scores(detoxify: Any, precision: str) -> None:
    texts = of_mixed_lengths(40)
    # What is replaced in the model stays so: another test has it too.
    quick = engine_of(_another(detoxify), precision)
    for text, scores in zip(texts, quick(texts), strict=True):
        assert scores == pytest.approx(detoxify.predict(text), abs=NEARLY)


def _another(detoxify: Any) -> Any:
    other = copy.copy(detoxify)
    other.model = copy.deepcopy(detoxify.model)
    return other


def test_a_precision_that_would_change_scores_is_not_used_and_the_model_is_as_it_was(
    detoxify: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from oa.screening.actions import engine

    class Coarse(engine.Half):
        def forward(self, given: Any) -> Any:
            return super().forward(given).round()

    monkeypatch.setitem(engine.LAYERS, "bf16", Coarse)
    refused = engine_of(_another(detoxify), "bf16")
    assert refused.precision == "fp32"
    assert refused(["Shut up."])[0] == pytest.approx(detoxify.predict("Shut up."), abs=EXACTLY)


HOSTILE = {
    "empty": "", "white": " \n\t", "half a pair": "\ud83d", "the other half": "\udfff and more",
    "control": "a\x00b\x07c",
    "emoji": "🙂" * 300, "marks": "\u202e\u200f\u202dright to left", "byte order": "\ufeff", "one word": "x" * 100_000,
    "long": "word " * 20_000, "special": "<pad> [PAD] </s> [SEP]", "accents": "e\u0301" * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_have_scores_and_leave_their_neighbours_alone(plain: Any, text: str) -> None:
    beside = plain(["Thank you, friend.", text, "Shut up."])
    assert all(0 <= value <= 1 for value in beside[1].values())
    assert [beside[0], beside[2]] == [
        pytest.approx(one, abs=EXACTLY) for one in plain(["Thank you, friend.", "Shut up."])
    ]


def test_a_pair_of_surrogates_is_the_character_it_stands_for(plain: Any) -> None:
    assert plain(["\ud83d\ude42"]) == plain(["🙂"])


def test_a_model_whose_tokenizer_sets_no_limit_is_cut_off_at_its_positions(detoxify: Any) -> None:
    unlimited = _another(detoxify)
    unlimited.tokenizer = copy.copy(detoxify.tokenizer)
    unlimited.tokenizer.model_max_length = 10**30
    (scores,) = engine_of(unlimited, "fp32")(["word " * 5_000])
    assert all(0 <= value <= 1 for value in scores.values())


def test_an_unknown_precision_is_refused_with_those_there_are(detoxify: Any) -> None:
    with pytest.raises(ValueError, match="fp8 is none of auto, fp32, bf16, int8"):
        engine_of(detoxify, "fp8")


@pytest.mark.parametrize(
    ("asked", "can", "tried"),
    [
        ("auto", {"amx_bf16": True, "avx512_bf16": True, "avx512_vnni": True}, ["bf16"]),
        ("auto", {"avx512_bf16": True, "avx512_vnni": True}, ["bf16"]),
        ("auto", {"avx512_vnni": True}, ["int8"]),
        ("auto", {"avx2": True, "avx_vnni": False}, []),
        ("auto", {}, []),
        ("int8", {}, ["int8"]),
        ("bf16", {}, ["bf16"]),
        ("fp32", {"amx_bf16": True}, []),
    ],
)
def test_the_processor_says_what_is_tried(asked: str, can: dict[str, object], tried: list[str]) -> None:
    assert precisions_to_try(asked, can=can) == tried


def test_it_is_checked_on_short_texts_and_on_longer_ones_than_a_model_reads() -> None:
    assert min(map(len, CHECKED_ON)) < 10
    assert max(map(len, CHECKED_ON)) > 2000


LENGTHS = st.lists(st.integers(1, 512), max_size=60)


def cost_of(batches: list[list[int]], lengths: list[int]) -> int:
    return sum(PASS_COSTS + len(batch) * max(lengths[place] for place in batch) for batch in batches)


@given(LENGTHS)
def test_every_place_is_planned_once_and_no_batch_is_larger_than_it_may_be(lengths: list[int]) -> None:
    batches = plan(lengths)
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) * max(lengths[place] for place in batch) <= TOKENS_AT_ONCE


@given(LENGTHS)
def test_like_lengths_go_together(lengths: list[int]) -> None:
    batches = plan(lengths)
    assert all(max(lengths[a] for a in one) <= min(lengths[b] for b in other) for one, other in pairwise(batches))


@given(st.lists(st.integers(1, 512), min_size=1, max_size=9), st.integers(100, 1500))
def test_no_other_way_to_cut_the_sorted_row_costs_less(lengths: list[int], at_once: int) -> None:
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    possible = []
    for cuts in range(2 ** (len(lengths) - 1)):
        batches: list[list[int]] = [[]]
        for index, place in enumerate(order):
            batches[-1].append(place)
            if cuts >> index & 1:
                batches.append([])
        if all(len(one) == 1 or len(one) * lengths[one[-1]] <= at_once for one in filter(None, batches)):
            possible.append(cost_of([one for one in batches if one], lengths))
    assert cost_of(plan(lengths, at_once=at_once), lengths) == min(possible)


@given(st.integers(1, 512), st.integers(1, 200))
def test_where_all_are_of_one_length_nothing_is_padded_and_batches_are_full(length: int, count: int) -> None:
    batches = plan([length] * count)
    assert len(batches) == -(-count // (TOKENS_AT_ONCE // length))


def test_a_text_longer_than_a_batch_may_be_goes_alone() -> None:
    assert plan([5, 4000, 4000], at_once=1000) == [[0], [1], [2]]
