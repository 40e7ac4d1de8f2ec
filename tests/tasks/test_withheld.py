"""What is withheld is nobody's work until a moderator has looked, and neither is anything below it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given

from oa.tasks.rules import REPLIES, Kind, wanted
from oa.trees.rules import Shape, State, facts_of, next_move, waits_for
from tests.shapes import drawn, new, shapes, withheld, yes

K, S = Kind, State
WORKING = (S.INITIAL_PROMPT_REVIEW, S.GROWING, S.RANKING)


def kinds(state: State, shape: Shape) -> dict[Kind, int]:
    found: Counter[Kind] = Counter()
    for seat, number in wanted(state, shape).items():
        found[seat.kind] += number
    return dict(found)


def seen(shape: Shape) -> Shape:
    """The same tree after a moderator has looked at everything."""
    return replace(shape, nodes=[replace(node, withheld=False) for node in shape.nodes])


def test_a_withheld_prompt_wants_no_reviews() -> None:
    assert kinds(S.INITIAL_PROMPT_REVIEW, drawn(withheld(new()))) == {}


def test_nobody_answers_or_reviews_below_it() -> None:
    shape = drawn(yes(withheld(yes(new())), yes()), children=3)

    assert kinds(S.GROWING, shape) == {K.ASSISTANT_REPLY: 1, K.PROMPTER_REPLY: 1}


def test_its_group_is_not_ranked_but_others_are() -> None:
    shape = drawn(yes(yes(yes(yes(), yes())), withheld(yes()), yes()), goal=6)

    [seat] = wanted(S.RANKING, shape)
    assert seat.message_id == [node.id for node in shape.nodes if node.depth == 2][0]


def test_it_keeps_its_place_among_the_replies() -> None:
    """Nobody is asked for one more in its stead: it comes back."""
    assert kinds(S.GROWING, drawn(yes(withheld(yes())), children=2)) == {K.ASSISTANT_REPLY: 1}
    assert kinds(S.GROWING, drawn(yes(withheld(yes()), withheld(new())), children=2, depth=1)) == {}


@given(shapes)
def test_nobody_is_sent_to_what_is_withheld(shape: Shape) -> None:
    for state in WORKING:
        assert not shape.withheld & {seat.message_id for seat in wanted(state, shape)}


@given(shapes)
def test_all_else_is_wanted_as_before(shape: Shape) -> None:
    """But for replies: while the goal leaves room for few, those that may be written now come to more."""
    for state in WORKING:
        now, then = wanted(state, shape), wanted(state, seen(shape))
        rankable = {group.parent.id for group in shape.groups_now()}
        hidden = shape.withheld | {group.parent.id for group in shape.groups()} - rankable
        others = {seat: n for seat, n in then.items() if seat.kind not in REPLIES and seat.message_id not in hidden}
        assert others == {seat: n for seat, n in now.items() if seat.kind not in REPLIES}
        assert sum(now.values()) <= sum(then.values())


@given(shapes)
def test_it_moves_no_tree(shape: Shape) -> None:
    for state in State:
        assert next_move(state, facts_of(shape)) == next_move(state, facts_of(seen(shape)))


@given(shapes)
def test_a_tree_without_work_waits_for_a_look(shape: Shape) -> None:
    """Where there was work to do and is none now, something alive is withheld: no tree is stuck."""
    for state in WORKING:
        if wanted(state, seen(shape)) and not wanted(state, shape):
            assert any(node.withheld for node in shape.alive)
            assert "look" in waits_for(state, archived=False, shape=shape)


def test_what_a_tree_waits_for_says_so() -> None:
    def words(state: State, shape: Shape) -> str:
        return waits_for(state, archived=False, shape=shape)

    assert words(S.INITIAL_PROMPT_REVIEW, drawn(withheld(new()))) == "1 look by a moderator"
    assert words(S.GROWING, drawn(yes(withheld(yes()), withheld(new())), children=3, depth=1)) == (
        "1 reply, 2 looks by a moderator"
    )
    assert words(S.RANKING, drawn(yes(withheld(yes()), yes()))) == "1 look by a moderator"
    assert words(S.PROMPT_LOTTERY_WAITING, drawn(withheld(yes()))) == "a moderator to look at its prompt"
    assert words(S.PROMPT_LOTTERY_WAITING, drawn(yes())) == "the lottery to draw it"
