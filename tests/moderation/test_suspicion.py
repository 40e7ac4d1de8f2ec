"""From when on somebody's record is suspicious, and how sure a share is. No database in here."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa.accounts.rules import Role
from oa.moderation.rules import (
    Record,
    Share,
    Standing,
    Standpoint,
    Verb,
    Wrong,
    grantable,
    may_decide,
    suspicion,
    wilson,
)
from oa.trees.rules import Policy

POLICY = Policy(suspicious_rate=0.4, suspicious_min_pieces=5)


def record(bad: int = 0, pieces: int = 0, **more: object) -> Record:
    return Record(uuid4(), pieces, {Wrong.REJECTED: bad} if bad else {}, **more)  # type: ignore[arg-type]  # its fields


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [  # as R's binom::binom.confint(method = "wilson") and statsmodels' proportion_confint have them
        (1, 1, 0.2065, 1.0),
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (50, 100, 0.4038, 0.5962),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_is_wilsons(k: int, n: int, low: float, high: float) -> None:
    assert list(wilson(k, n)) == pytest.approx([low, high], abs=1e-4)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_within_its_interval_and_that_within_0_and_1(numbers: tuple[int, int]) -> None:
    share = Share(*numbers)

    assert share.rate is not None
    assert 0 <= share.low <= share.rate <= share.high <= 1


@given(st.integers(1, 500), st.integers(2, 20))
def test_with_the_same_share_whoever_did_more_stands_higher(bad: int, times: int) -> None:
    assert wilson(bad * times, 2 * bad * times)[0] > wilson(bad, 2 * bad)[0]


def test_little_work_is_not_suspicious_however_much_of_it_went_wrong() -> None:
    assert suspicion(record(4, 4), POLICY) == 0
    assert suspicion(record(5, 5), POLICY) > 0


def test_it_is_the_lower_end_of_the_interval_that_counts() -> None:
    assert Share(6, 10).low < POLICY.suspicious_rate
    assert suspicion(record(6, 10), POLICY) == 0
    assert suspicion(record(60, 100), POLICY) > 0


def test_a_spotless_record_is_not_suspicious_even_where_any_rate_would_be() -> None:
    assert suspicion(record(0, 50), Policy(suspicious_rate=0.0)) == 0


def test_the_level_rises_when_there_is_twice_as_much_and_not_with_every_piece() -> None:
    assert suspicion(record(8, 8), POLICY) == suspicion(record(15, 15), POLICY)
    assert suspicion(record(16, 16), POLICY) == suspicion(record(8, 8), POLICY) + 1


def test_many_copies_of_other_peoples_prompts_are_suspicious_if_they_are_half_of_what_somebody_writes() -> None:
    assert suspicion(record(prompts=10, copies=5), POLICY) > 0
    assert suspicion(record(prompts=11, copies=5), POLICY) == 0
    assert suspicion(record(prompts=4, copies=4), POLICY) == 0


@pytest.mark.parametrize(
    ("judgements", "mine", "usual", "suspicious"),
    [(20, 1.5, 20.0, True), (19, 1.5, 20.0, False), (20, 2.0, 20.0, False), (20, 1.5, 5.0, False),
     (20, 1.5, None, False), (20, None, 20.0, False)],
)  # fmt: skip
def test_judging_faster_than_anybody_reads_is_suspicious_unless_everybody_does(
    judgements: int, mine: float | None, usual: float | None, suspicious: bool
) -> None:
    fast = record(judgements=judgements, median_seconds=mine, usual_seconds=usual)

    assert bool(suspicion(fast, POLICY)) is suspicious


def test_a_second_way_to_be_suspicious_raises_the_level() -> None:
    copies = record(8, 8, prompts=8, copies=8)

    assert suspicion(copies, POLICY) > suspicion(record(8, 8), POLICY)


def standpoint(role: Role = Role.VOLUNTEER, **more: bool) -> Standpoint:
    return Standpoint(role, **{"active": True, "muted": False, "watched": False, "gone": False, **more})


def test_nobody_may_do_anything_to_a_superior_an_equal_or_themselves_but_write_notes() -> None:
    assert may_decide(Role.MODERATOR, standpoint(Role.ADMIN), oneself=False) == [Verb.NOTE]
    assert may_decide(Role.MODERATOR, standpoint(Role.MODERATOR), oneself=False) == [Verb.NOTE]
    assert may_decide(Role.ADMIN, standpoint(Role.ADMIN), oneself=True) == [Verb.NOTE]
    assert may_decide(Role.VOLUNTEER, standpoint(), oneself=False) == []


def test_what_is_so_already_is_not_offered() -> None:
    shut_out = may_decide(Role.MODERATOR, standpoint(active=False, muted=True, watched=True), oneself=False)

    assert {Verb.UNBAN, Verb.UNMUTE, Verb.UNWATCH} <= set(shut_out)
    assert not {Verb.BAN, Verb.WATCH} & set(shut_out)


def test_of_whoever_is_gone_only_the_words_can_be_erased() -> None:
    assert may_decide(Role.ADMIN, standpoint(gone=True), oneself=False) == [Verb.NOTE, Verb.ASK_PURGE]


def test_only_administrators_give_roles_and_none_that_somebody_has() -> None:
    assert grantable(Role.MODERATOR, standpoint(), oneself=False) == []
    assert grantable(Role.ADMIN, standpoint(), oneself=False) == [Role.MODERATOR, Role.ADMIN]
    assert grantable(Role.ADMIN, standpoint(Role.ADMIN), oneself=True) == []


def test_of_several_ways_to_stand_the_worst_is_told() -> None:
    assert standpoint(active=False, muted=True, watched=True).standing is Standing.BANNED
    assert standpoint(muted=True, watched=True).standing is Standing.MUTED
    assert standpoint(watched=True).standing is Standing.WATCHED
    assert standpoint().standing is Standing.ENABLED
