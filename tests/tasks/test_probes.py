"""Where to look for a task: kinds by weight, languages alike, lonely parents first most of the time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

from oa.tasks.rules import (
    Kind,
    LanguageCounts,
    doable,
    free_growing_places,
    lease,
    probes,
    prompts_wanted,
    weight,
)
from oa.trees.rules import Policy

K = Kind
PLAIN = Policy()


def first_kinds(policy: Policy, kinds: list[Kind], *, draws: int = 4000) -> Counter[Kind]:
    """Which kind is looked for first, how often."""
    pairs = [(kind, "en") for kind in kinds]
    return Counter(probes(pairs, {"en": policy}, Random(seed))[0].kind for seed in range(draws))


def test_kinds_are_drawn_by_their_weights() -> None:
    """Ranking 10, reviewing 5, replying 2: in 4,000 draws each within 3 points of its share."""
    found = first_kinds(PLAIN, [K.RANK_ASSISTANT_REPLIES, K.LABEL_INITIAL_PROMPT, K.ASSISTANT_REPLY])

    shares = {kind: number / 4000 for kind, number in found.items()}
    expected = {K.RANK_ASSISTANT_REPLIES: 10 / 17, K.LABEL_INITIAL_PROMPT: 5 / 17, K.ASSISTANT_REPLY: 2 / 17}
    assert all(abs(shares[kind] - share) < 0.03 for kind, share in expected.items()), shares


def test_a_kind_without_weight_comes_last_but_comes() -> None:
    policy = Policy(weight_initial_prompt=0)
    pairs = [(kind, "en") for kind in (K.INITIAL_PROMPT, K.ASSISTANT_REPLY)]

    for seed in range(50):
        assert probes(pairs, {"en": policy}, Random(seed))[-1].kind is K.INITIAL_PROMPT


def test_every_kind_of_task_has_its_weight() -> None:
    policy = Policy(weight_rank=1, weight_label_reply=2, weight_label_prompt=3, weight_reply=4, weight_initial_prompt=5)

    assert {kind: weight(kind, policy) for kind in Kind} == {
        K.RANK_ASSISTANT_REPLIES: 1, K.RANK_PROMPTER_REPLIES: 1, K.LABEL_ASSISTANT_REPLY: 2,
        K.LABEL_PROMPTER_REPLY: 2, K.LABEL_INITIAL_PROMPT: 3, K.ASSISTANT_REPLY: 4, K.PROMPTER_REPLY: 4,
        K.INITIAL_PROMPT: 5,
    }  # fmt: skip


def test_each_look_begins_at_a_random_place_of_the_stock() -> None:
    pairs = [(K.LABEL_INITIAL_PROMPT, "en")]
    starts = [probes(pairs, {"en": PLAIN}, Random(seed))[0].start for seed in range(2000)]

    assert all(0 <= start < 1 for start in starts)
    assert abs(sum(starts) / 2000 - 0.5) < 0.02


def test_lonely_parents_are_looked_for_first_as_often_as_the_policy_says() -> None:
    pairs = [(K.ASSISTANT_REPLY, "en")]
    first = Counter(probes(pairs, {"en": PLAIN}, Random(seed))[0].lonely for seed in range(2000))

    assert abs(first[True] / 2000 - 0.75) < 0.04
    always = probes(pairs, {"en": Policy(p_lonely_child_extension=1)}, Random(1))
    assert [probe.lonely for probe in always] == [True, False], "then anybody"
    assert not any(probe.lonely for probe in probes(pairs, {"en": Policy(p_lonely_child_extension=0)}, Random(1)))


def test_people_write_in_the_languages_they_write_and_judge_in_those_they_read() -> None:
    kinds = [K.ASSISTANT_REPLY, K.LABEL_ASSISTANT_REPLY]

    assert doable(kinds, ["en", "de", "fr"], reads=["en", "de"], writes=["de"]) == [
        (K.ASSISTANT_REPLY, "de"), (K.LABEL_ASSISTANT_REPLY, "en"), (K.LABEL_ASSISTANT_REPLY, "de"),
    ]  # fmt: skip


def test_writing_takes_longer_than_judging() -> None:
    policy = Policy(lease_minutes_write=60, lease_minutes_judge=20)

    assert lease(K.INITIAL_PROMPT, policy) == lease(K.PROMPTER_REPLY, policy) == timedelta(minutes=60)
    assert lease(K.LABEL_INITIAL_PROMPT, policy) == lease(K.RANK_ASSISTANT_REPLIES, policy) == timedelta(minutes=20)


def counts(growing: int = 0, in_review: int = 0, waiting: int = 0) -> LanguageCounts:
    return LanguageCounts(growing=growing, in_review=in_review, waiting=waiting, ranking=0)


def test_prompts_are_asked_for_while_trees_could_grow_or_reviewers_are_idle() -> None:
    assert prompts_wanted(counts(), PLAIN) == 110
    assert prompts_wanted(counts(growing=10), PLAIN) == 100
    assert prompts_wanted(counts(growing=10, in_review=100), PLAIN) == 0
    assert prompts_wanted(counts(growing=3, in_review=100), PLAIN) == 7


def test_no_more_prompts_are_asked_for_than_can_wait() -> None:
    assert prompts_wanted(counts(waiting=240), PLAIN) == 10
    assert prompts_wanted(counts(waiting=300), PLAIN) == 0


def test_prompts_can_be_switched_off() -> None:
    assert prompts_wanted(counts(), Policy(initial_prompts_enabled=False)) == 0


def test_no_more_trees_grow_than_there_is_room_for() -> None:
    assert [free_growing_places(counts(growing=n), PLAIN) for n in (0, 9, 10, 12)] == [10, 1, 0, 0]
