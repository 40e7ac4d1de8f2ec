"""What work is worth: pure rules on sketches of trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from oa.community.rules import Booked, Facts, Judgement, Key, Order, Piece, Reason, Result, difference, owed, worth
from oa.rankings.rules import Vote
from oa.trees.rules import Policy

R = Reason
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
POLICY = Policy()


def name(word: str) -> UUID:
    return uuid5(UUID(int=0), word)


ANN, BEN, CEM = name("Ann"), name("Ben"), name("Cem")
PROMPT, FIRST, SECOND, THIRD = name("prompt"), name("first"), name("second"), name("third")


def prompt(by: UUID | None = ANN, **fields: object) -> Piece:
    return replace(Piece(PROMPT, None, by, 0, "en", 1, False, True, None, at=AT), **fields)  # type: ignore[arg-type]


def reply(pk: UUID, by: UUID | None, rank: int | None = None, **fields: object) -> Piece:
    piece = Piece(pk, PROMPT, by, 1, "en", 1, False, True, rank, at=AT)
    return replace(piece, **fields)  # type: ignore[arg-type]  # some of its own fields


def review(by: UUID, of: UUID, spam: float = 0, mode: str = "full", *, counts: bool = True) -> Judgement:
    return Judgement(name(f"review {by} {of}"), of, by, mode, {"spam": spam}, counts, AT)


def ballot(by: UUID, *order: Sequence[UUID], counts: bool = True, hopeless: bool = False) -> Order:
    vote = Vote(tuple(tuple(tier) for tier in order), not_rankable=hopeless)
    return Order(name(f"ballot {by}"), PROMPT, by, vote, counts, AT)


def sums(facts: Facts, policy: Policy = POLICY) -> dict[tuple[UUID, Reason], Decimal]:
    found: dict[tuple[UUID, Reason], Decimal] = {}
    for key, due in owed(facts, policy).due.items():
        found[key.person_id, key.reason] = found.get((key.person_id, key.reason), Decimal()) + due.points
    return found


def test_weights_are_the_originals_without_rounding() -> None:
    weights = [worth(reason, POLICY) for reason in (R.PROMPT, R.ASSISTANT_REPLY, R.PROMPTER_REPLY, R.SHORT_REVIEW)]

    assert weights == [Decimal("0.1"), 4, 1, 1]
    assert [worth(r, POLICY) for r in (R.FULL_REVIEW, R.RANKING, R.PROMPT_ACCEPTED)] == [2, 1, Decimal("0.1")]
    assert [worth(r, POLICY) for r in (R.ASSISTANT_REPLY_ACCEPTED, R.PROMPTER_REPLY_ACCEPTED)] == [4, 1]
    assert [worth(r, POLICY) for r in (R.RANKED_FIRST, R.RANKED_SECOND, R.RANKED_THIRD)] == [9, 3, 1]


def test_ten_prompts_are_worth_exactly_one_point() -> None:
    assert sum(worth(R.PROMPT, POLICY) for _ in range(10)) == 1


@pytest.mark.parametrize(
    ("result", "deleted", "reasons"),
    [
        (None, False, {R.ASSISTANT_REPLY}),
        (False, False, {R.ASSISTANT_REPLY}),
        (True, False, {R.ASSISTANT_REPLY, R.ASSISTANT_REPLY_ACCEPTED}),
        (True, True, set()),
    ],
)
def test_a_reply_counts_while_it_is_not_deleted_and_more_when_accepted(
    result: bool | None, deleted: bool, reasons: set[Reason]
) -> None:
    facts = Facts([prompt(None), reply(FIRST, BEN, review_result=result, deleted=deleted)])

    assert {key.reason for key in owed(facts, POLICY).due} == reasons


def test_replies_of_the_prompter_have_their_own_weight() -> None:
    facts = Facts([prompt(None), reply(FIRST, None), replace(reply(SECOND, ANN), parent_id=FIRST, depth=2)])

    assert sums(facts) == {(ANN, R.PROMPTER_REPLY): 1, (ANN, R.PROMPTER_REPLY_ACCEPTED): 1}


def test_a_review_is_paid_by_its_form_and_for_agreeing_with_the_verdict() -> None:
    facts = Facts([prompt(None)], [review(BEN, PROMPT), review(CEM, PROMPT, spam=1, mode="simple")])

    assert sums(facts) == {(BEN, R.FULL_REVIEW): 2, (BEN, R.REVIEW_AGREED): 1, (CEM, R.SHORT_REVIEW): 1}


def test_while_nothing_is_decided_nobody_has_agreed() -> None:
    facts = Facts([prompt(None, review_result=None)], [review(BEN, PROMPT)])

    assert sums(facts) == {(BEN, R.FULL_REVIEW): 2}


def three(*, tiers: Sequence[Sequence[UUID]] = ((FIRST,), (SECOND,), (THIRD,)), hopeless: int = 0) -> Facts:
    ranks = {pk: number for number, pk in enumerate(pk for tier in tiers for pk in tier)}
    return Facts(
        [prompt(None), reply(FIRST, ANN, ranks[FIRST]), reply(SECOND, BEN, ranks[SECOND]),
         reply(THIRD, CEM, ranks[THIRD])],
        results={PROMPT: Result(tuple(tuple(tier) for tier in tiers), 3, hopeless)},
    )  # fmt: skip


def ranked(facts: Facts) -> dict[UUID, Reason]:
    places = {R.RANKED_FIRST, R.RANKED_SECOND, R.RANKED_THIRD}
    return {key.person_id: key.reason for key in owed(facts, POLICY).due if key.reason in places}


def test_places_are_paid_where_something_stands_behind() -> None:
    assert ranked(three()) == {ANN: R.RANKED_FIRST, BEN: R.RANKED_SECOND}


def test_who_shares_the_first_place_is_first() -> None:
    assert ranked(three(tiers=[(FIRST, SECOND), (THIRD,)])) == {ANN: R.RANKED_FIRST, BEN: R.RANKED_FIRST}


def test_nobody_is_better_where_all_are_tied_or_all_are_wrong() -> None:
    assert ranked(three(tiers=[(FIRST, SECOND, THIRD)])) == {}
    assert ranked(three(hopeless=2)) == {}


def test_what_stood_behind_still_does_when_it_is_deleted() -> None:
    facts = three(tiers=[(FIRST,), (SECOND,), (THIRD,)])
    gone = replace(facts, pieces=[replace(p, deleted=p.id in (SECOND, THIRD)) for p in facts.pieces])

    assert ranked(gone) == {ANN: R.RANKED_FIRST}


@pytest.mark.parametrize(
    ("order", "near"),
    [
        ([(FIRST,), (SECOND,), (THIRD,)], True),
        ([(SECOND,), (FIRST,), (THIRD,)], True),  # two of three pairs
        ([(THIRD,), (FIRST,), (SECOND,)], False),  # one of three
        ([(FIRST, SECOND, THIRD)], False),  # decides nothing
        ([(FIRST, SECOND), (THIRD,)], True),  # both pairs it decides
    ],
)
def test_a_ballot_is_near_when_most_of_its_pairs_stand_as_in_the_consensus(
    order: list[tuple[UUID, ...]], near: bool
) -> None:
    facts = replace(three(), ballots=[ballot(name("Dora"), *order)])

    assert ((name("Dora"), R.RANKING_AGREED) in sums(facts)) is near
    assert sums(facts)[name("Dora"), R.RANKING] == 1


def test_who_says_that_all_are_wrong_agrees_with_a_majority_that_says_so() -> None:
    dora = name("Dora")
    said = [ballot(dora, hopeless=True)]

    assert (dora, R.RANKING_AGREED) in sums(replace(three(hopeless=2), ballots=said))
    assert (dora, R.RANKING_AGREED) not in sums(replace(three(hopeless=1), ballots=said))


def test_an_archived_import_owes_nothing() -> None:
    assert owed(replace(three(), archived=True), POLICY).due == {}


def test_a_weight_of_nought_is_switched_off() -> None:
    facts = Facts([prompt(None), reply(FIRST, BEN)])

    assert set(sums(facts, replace(POLICY, points_assistant_reply=0.0))) == {(BEN, R.ASSISTANT_REPLY_ACCEPTED)}


# --- differences ------------------------------------------------------------------------------------------------------


def as_booked(facts: Facts) -> dict[Key, Booked]:
    return {key: Booked(due.points, due.message_id, due.lang) for key, due in owed(facts, POLICY).due.items()}


def test_what_is_booked_is_not_booked_again() -> None:
    assert difference(owed(three(), POLICY), as_booked(three())) == []


def test_a_deleted_reply_is_taken_back_and_given_again_when_restored() -> None:
    before = Facts([prompt(None), reply(FIRST, BEN)])
    deleted = Facts([prompt(None), reply(FIRST, BEN, deleted=True)])

    lost = difference(owed(deleted, POLICY), as_booked(before))
    nothing = {key: Booked(Decimal(), had.message_id, had.lang) for key, had in as_booked(before).items()}
    back = difference(owed(before, POLICY), nothing)

    assert [(change.points, change.times, change.at) for change in lost] == [(Decimal(-4), -1, None)] * 2
    assert [(change.points, change.times, change.at) for change in back] == [(Decimal(4), 1, None)] * 2


def test_what_is_new_is_dated_when_it_was_done() -> None:
    (written,) = difference(owed(Facts([prompt(review_result=None)]), POLICY), {})

    assert (written.at, written.times, written.points) == (AT, 1, Decimal("0.1"))


def test_an_edit_takes_nothing_away_before_it_is_decided_again() -> None:
    before = replace(
        three(), reviews=[review(CEM, FIRST)], ballots=[ballot(name("Dora"), (FIRST,), (SECOND,), (THIRD,))]
    )
    pieces = [
        replace(p, rank=None, version=2 if p.id == FIRST else 1, review_result=None if p.id == FIRST else True)
        for p in before.pieces
    ]
    edited = replace(
        before, pieces=pieces,
        reviews=[replace(r, counts=False) for r in before.reviews],
        ballots=[replace(b, counts=False) for b in before.ballots],
    )  # fmt: skip

    assert difference(owed(edited, POLICY), as_booked(before)) == []


def test_an_edit_that_is_rejected_takes_away_what_the_words_had_earned() -> None:
    before = three()
    pieces = [replace(p, rank=None, review_result=False if p.id == FIRST else True) for p in before.pieces]

    lost = difference(owed(replace(before, pieces=pieces), POLICY), as_booked(before))

    assert {(c.key.person_id, c.key.reason) for c in lost} == {(ANN, R.ASSISTANT_REPLY_ACCEPTED), (ANN, R.RANKED_FIRST)}
