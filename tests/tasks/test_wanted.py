"""Which seats should exist for a tree, and how the rows are brought to agree with that."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa.tasks.rules import Kind, Row, Seat, difference, seat_facts, wanted
from oa.trees.rules import Shape, State
from tests.shapes import drawn, gone, new, no, shapes, yes

K, S = Kind, State


def kinds(state: State, shape: Shape) -> dict[Kind, int]:
    """How many seats of each kind are wanted."""
    found: Counter[Kind] = Counter()
    for seat, number in wanted(state, shape).items():
        found[seat.kind] += number
    return dict(found)


def test_a_new_prompt_wants_its_reviews() -> None:
    assert kinds(S.INITIAL_PROMPT_REVIEW, drawn(new(1))) == {K.LABEL_INITIAL_PROMPT: 2}


def test_a_growing_tree_wants_replies_at_every_place_and_reviews_of_every_new_message() -> None:
    shape = drawn(yes(yes(), new(2)), children=3)

    assert kinds(S.GROWING, shape) == {K.ASSISTANT_REPLY: 1, K.PROMPTER_REPLY: 1, K.LABEL_ASSISTANT_REPLY: 1}


def test_a_review_is_named_after_the_message_it_is_about() -> None:
    assert kinds(S.GROWING, drawn(yes(new()), goal=2)) == {K.LABEL_ASSISTANT_REPLY: 3}
    assert kinds(S.GROWING, drawn(yes(yes(new())), goal=3)) == {K.LABEL_PROMPTER_REPLY: 3}


def test_a_rejected_or_deleted_reply_leaves_its_place_to_another() -> None:
    assert kinds(S.GROWING, drawn(yes(no()), children=2)) == {K.ASSISTANT_REPLY: 2}
    assert kinds(S.GROWING, drawn(yes(gone()), children=2)) == {K.ASSISTANT_REPLY: 2}


def test_a_tree_wants_no_more_replies_than_its_goal_leaves_room_for() -> None:
    """Which of the three places it is decides a lot drawn from the ids."""
    wish = kinds(S.GROWING, drawn(yes(yes(), yes()), goal=4, children=3))

    assert sum(wish.values()) == 1


def test_a_lonely_parent_goes_first_when_room_is_short() -> None:
    """A second reply makes a ranking, a first one only a branch."""
    shape = drawn(yes(yes(yes())), goal=4, children=3)
    [seat] = wanted(S.GROWING, shape)

    assert seat.message_id == shape.root.id


def test_a_seat_somebody_sits_on_goes_before_an_open_one_when_room_is_short() -> None:
    shape = drawn(yes(yes(yes())), goal=4, children=3)
    taken = Seat(K.ASSISTANT_REPLY, shape.nodes[2].id, 1)

    assert wanted(S.GROWING, shape, Counter({taken: 1})) == {taken: 1}


def test_a_tree_in_ranking_wants_the_ballots_each_group_lacks() -> None:
    shape = drawn(yes(yes(ballots=1), yes(ballots=2)))

    assert kinds(S.RANKING, shape) == {K.RANK_ASSISTANT_REPLIES: 2}
    assert kinds(S.RANKING, drawn(yes(yes(ballots=3), yes(ballots=3)))) == {}
    assert kinds(S.RANKING, drawn(yes(yes(yes(), yes())), rank_prompter_replies=True)) == {K.RANK_PROMPTER_REPLIES: 3}


@pytest.mark.parametrize("state", [s for s in State if s not in (S.INITIAL_PROMPT_REVIEW, S.GROWING, S.RANKING)])
def test_a_tree_that_waits_or_is_finished_wants_nothing(state: State) -> None:
    assert wanted(state, drawn(yes(yes(), new()))) == Counter()


def test_a_seat_for_a_review_knows_the_author_who_must_not_get_it() -> None:
    shape = drawn(yes(new(), yes()), children=3)
    root, fresh, _other = shape.nodes

    assert seat_facts(Seat(K.LABEL_ASSISTANT_REPLY, fresh.id, 1), shape).author_id == fresh.author_id
    assert seat_facts(Seat(K.ASSISTANT_REPLY, root.id, 1), shape).author_id is None, "authors may answer themselves"


MESSAGE = UUID(int=1)
SEAT = Seat(K.LABEL_ASSISTANT_REPLY, MESSAGE, 1)


def row(number: int, seat: Seat = SEAT, *, leased: bool = False) -> Row:
    return Row(UUID(int=number), seat, leased, lonely=False)


def test_seats_that_are_missing_are_opened() -> None:
    change = difference([row(1)], Counter({SEAT: 3}))

    assert (change.missing, change.surplus) == ({SEAT: 2}, [])


def test_open_seats_go_before_those_somebody_sits_on() -> None:
    change = difference([row(1), row(2, leased=True), row(3)], Counter({SEAT: 1}))

    assert change.surplus == [UUID(int=1), UUID(int=3)]


def test_seats_for_a_text_as_it_was_before_an_edit_are_not_wanted() -> None:
    change = difference([row(1, leased=True)], Counter({Seat(SEAT.kind, MESSAGE, 2): 1}))

    assert change.surplus == [UUID(int=1)]
    assert sum(change.missing.values()) == 1


@given(shape=shapes, state=st.sampled_from(State), taken=st.integers(0, 3))
def test_one_stocking_is_enough_whoever_sits_where(shape: Shape, state: State, taken: int) -> None:
    """Seats in hand change which seats are wanted, so that doing as told must leave nothing to do."""
    wish = wanted(state, shape)
    held = Counter(dict(list(wish.items())[:taken]))
    rows = [row(i, seat, leased=True) for i, seat in enumerate(held.elements())]

    change = difference(rows, wanted(state, shape, held))
    after = [r for r in rows if r.id not in change.surplus]
    after += [row(1000 + i, seat) for i, seat in enumerate(change.missing.elements())]
    again = difference(after, wanted(state, shape, Counter(r.seat for r in after if r.leased)))

    assert (again.missing, again.surplus) == (Counter(), [])


@given(shape=shapes)
def test_a_growing_tree_that_wants_nothing_has_grown(shape: Shape) -> None:
    """Or it would be stuck: this is promise P7 as a rule. What is withheld waits for a moderator."""
    if shape.root.review_result and not shape.root.deleted and not shape.withheld:
        at_rest = not shape.pending() and not shape.openings()

        assert (not wanted(S.GROWING, shape)) == at_rest
        assert (not wanted(S.RANKING, shape)) == (not any(group.ballots_missing for group in shape.groups()))
