"""When a tree moves, and where to: the whole table, without a database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa.trees.rules import (
    TRANSITIONS,
    Facts,
    State,
    Verdict,
    Why,
    facts_of,
    moves,
    next_move,
    next_state,
    resumed_state,
)
from tests.shapes import drawn, gone, new, no, shapes, yes

S, W = State, Why
CALM = Facts(
    prompt=Verdict.ACCEPTED, pending=0, openings=0, groups_unranked=0, ranks_outdated=False,
    red_flagged=False, skipped_too_often=False,
)  # fmt: skip
PENDING = replace(CALM, prompt=Verdict.PENDING, pending=1)
REJECTED = replace(CALM, prompt=Verdict.REJECTED)
GONE = replace(CALM, prompt=Verdict.GONE)
AT_WORK = [S.INITIAL_PROMPT_REVIEW, S.PROMPT_LOTTERY_WAITING, S.GROWING, S.RANKING, S.READY_FOR_SCORING,
           S.READY_FOR_EXPORT, S.BACKLOG_RANKING]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "facts", "move"),
    [
        # The prompt is under review.
        (S.INITIAL_PROMPT_REVIEW, PENDING, None),
        (S.INITIAL_PROMPT_REVIEW, CALM, (S.PROMPT_LOTTERY_WAITING, W.PROMPT_ACCEPTED)),
        (S.INITIAL_PROMPT_REVIEW, REJECTED, (S.ABORTED_LOW_GRADE, W.PROMPT_REJECTED)),
        (S.INITIAL_PROMPT_REVIEW, replace(PENDING, red_flagged=True), (S.ABORTED_LOW_GRADE, W.RED_FLAGS)),
        (S.INITIAL_PROMPT_REVIEW, replace(PENDING, skipped_too_often=True),
         (S.HALTED_BY_MODERATOR, W.SKIPPED_TOO_OFTEN)),
        # It waits for the lottery, which a job draws; only an edit sends it back.
        (S.PROMPT_LOTTERY_WAITING, CALM, None),
        (S.PROMPT_LOTTERY_WAITING, replace(CALM, red_flagged=True), None),
        (S.PROMPT_LOTTERY_WAITING, PENDING, (S.INITIAL_PROMPT_REVIEW, W.PROMPT_REVIEWED_AGAIN)),
        # It grows until nothing is pending and no place is open: a tree that can't grow on is fully grown.
        (S.GROWING, replace(CALM, openings=1), None),
        (S.GROWING, replace(CALM, pending=1), None),
        (S.GROWING, CALM, (S.RANKING, W.FULLY_GROWN)),
        (S.GROWING, replace(CALM, openings=1, red_flagged=True), (S.ABORTED_LOW_GRADE, W.RED_FLAGS)),
        (S.GROWING, replace(CALM, openings=1, skipped_too_often=True), (S.HALTED_BY_MODERATOR, W.SKIPPED_TOO_OFTEN)),
        # It is ranked; a tree with nothing to rank goes straight on.
        (S.RANKING, replace(CALM, groups_unranked=2), None),
        (S.RANKING, CALM, (S.READY_FOR_SCORING, W.FULLY_RANKED)),
        (S.RANKING, replace(CALM, openings=3), (S.READY_FOR_SCORING, W.FULLY_RANKED)),
        (S.RANKING, replace(CALM, pending=1), (S.GROWING, W.REPLIES_REVIEWED_AGAIN)),
        (S.RANKING, replace(CALM, groups_unranked=1, red_flagged=True), None),
        # A job scores it.
        (S.READY_FOR_SCORING, CALM, None),
        (S.READY_FOR_SCORING, replace(CALM, ranks_outdated=True), None),
        (S.READY_FOR_SCORING, replace(CALM, groups_unranked=1), (S.RANKING, W.BALLOTS_MISSING)),
        (S.READY_FOR_SCORING, replace(CALM, pending=1), (S.GROWING, W.REPLIES_REVIEWED_AGAIN)),
        # Ready, until somebody deletes, restores or edits something in it.
        (S.READY_FOR_EXPORT, CALM, None),
        (S.READY_FOR_EXPORT, replace(CALM, openings=2), None),
        (S.READY_FOR_EXPORT, replace(CALM, ranks_outdated=True), (S.READY_FOR_SCORING, W.RANKS_OUTDATED)),
        (S.READY_FOR_EXPORT, replace(CALM, groups_unranked=1, ranks_outdated=True), (S.RANKING, W.BALLOTS_MISSING)),
        (S.READY_FOR_EXPORT, replace(CALM, pending=1), (S.GROWING, W.REPLIES_REVIEWED_AGAIN)),
        # These wait for somebody, whatever their messages say.
        (S.BACKLOG_RANKING, replace(CALM, groups_unranked=1), None),
        (S.HALTED_BY_MODERATOR, CALM, None),
        (S.HALTED_BY_MODERATOR, GONE, None),
        (S.ABORTED_LOW_GRADE, CALM, None),
        (S.SCORING_FAILED, CALM, None),
        *[(state, GONE, (S.HALTED_BY_MODERATOR, W.NOTHING_LEFT)) for state in AT_WORK],
        *[(state, REJECTED, (S.ABORTED_LOW_GRADE, W.PROMPT_REJECTED)) for state in AT_WORK],
    ],
)  # fmt: skip
def test_the_facts_that_move_a_tree(state: State, facts: Facts, move: tuple[State, Why] | None) -> None:
    assert next_move(state, facts) == move
    assert next_state(state, facts) == (move[0] if move else state)


def test_a_tree_may_pass_several_states_at_once() -> None:
    """The last review of the last message of a tree with nothing to rank."""
    steps = list(moves(S.GROWING, CALM))

    assert steps == [(S.RANKING, W.FULLY_GROWN), (S.READY_FOR_SCORING, W.FULLY_RANKED)]


facts = st.builds(
    Facts, prompt=st.sampled_from(Verdict), pending=st.integers(0, 3), openings=st.integers(0, 3),
    groups_unranked=st.integers(0, 3), ranks_outdated=st.booleans(), red_flagged=st.booleans(),
    skipped_too_often=st.booleans(),
)  # fmt: skip


@given(state=st.sampled_from(State), said=facts)
def test_a_tree_always_comes_to_rest_by_legal_moves_and_stays_there(state: State, said: Facts) -> None:
    seen = [state]
    for after, _why in moves(state, said):
        assert after in TRANSITIONS[seen[-1]]
        assert after not in seen, "a circle"
        seen.append(after)

    assert next_state(seen[-1], said) is seen[-1]


@given(state=st.sampled_from(State), shape=shapes)
def test_so_it_does_whatever_its_messages_look_like(state: State, shape: object) -> None:
    assert len(list(moves(state, facts_of(shape)))) <= len(State)  # type: ignore[arg-type]  # a Shape


def test_every_state_can_be_reached_and_left_and_names_only_states() -> None:
    reached = {after for targets in TRANSITIONS.values() for after in targets}

    assert set(TRANSITIONS) == set(State)
    assert reached == set(State) - {S.SCORING_FAILED}, "which is only ever imported"
    assert all(state not in targets for state, targets in TRANSITIONS.items())
    assert all(TRANSITIONS.values())


def test_any_tree_but_a_halted_one_may_be_halted() -> None:
    assert {state for state, targets in TRANSITIONS.items() if S.HALTED_BY_MODERATOR not in targets} == {
        S.HALTED_BY_MODERATOR
    }


@pytest.mark.parametrize("before", AT_WORK)
def test_a_halted_tree_goes_on_where_it_was(before: State) -> None:
    assert resumed_state(before, CALM, won_lottery=True, has_replies=True) is before


@pytest.mark.parametrize(
    ("facts", "won", "replies", "state"),
    [
        (CALM, True, False, S.GROWING),
        (CALM, False, True, S.GROWING),
        (CALM, False, False, S.PROMPT_LOTTERY_WAITING),
        (PENDING, False, False, S.INITIAL_PROMPT_REVIEW),
    ],
)
def test_a_tree_imported_as_halted_goes_on_where_its_messages_say(
    facts: Facts, won: bool, replies: bool, state: State
) -> None:
    assert resumed_state(None, facts, won_lottery=won, has_replies=replies) is state


def test_the_facts_are_read_off_the_messages() -> None:
    said = facts_of(drawn(yes(yes(yes()), yes(), no(), new()), goal=5, depth=2))

    assert said == Facts(
        prompt=Verdict.ACCEPTED, pending=1, openings=0, groups_unranked=1, ranks_outdated=True,
        red_flagged=False, skipped_too_often=False,
    )  # fmt: skip
    assert facts_of(drawn(gone(yes()))).prompt is Verdict.GONE
    assert facts_of(drawn(no())).prompt is Verdict.REJECTED
    assert facts_of(drawn(new())).prompt is Verdict.PENDING
    assert facts_of(drawn(yes(red_flag=4))).red_flagged
    assert facts_of(drawn(yes(yes(_skip_reply=25)))).skipped_too_often


@pytest.mark.parametrize("how", [{"moderated": True}, {"auto_mod_enabled": False}])
def test_automatic_stops_are_silent_where_a_moderator_has_looked_or_they_are_off(how: dict[str, bool]) -> None:
    said = facts_of(drawn(yes(yes(_skip_reply=99), red_flag=99), **how))

    assert not said.red_flagged and not said.skipped_too_often
