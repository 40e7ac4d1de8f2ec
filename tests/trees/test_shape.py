"""What is read off the messages of a tree: who counts, where it may grow, what is to be ranked."""

from __future__ import annotations

from hypothesis import given

from oa.trees.rules import Role, Shape, role_at
from tests.shapes import drawn, gone, new, no, shapes, yes


def places(shape: Shape) -> list[tuple[int, int]]:
    """Depth of each parent that may be answered, and how many replies it takes."""
    return [(node.depth, free) for node, free in shape.places()]


def test_roles_alternate_from_the_prompter() -> None:
    assert [role_at(depth) for depth in range(4)] == [Role.PROMPTER, Role.ASSISTANT] * 2


def test_only_accepted_live_messages_make_the_size() -> None:
    assert drawn(yes(yes(), no(), new(), gone())).size() == 2


def test_what_hangs_below_a_deleted_or_rejected_message_does_not_count() -> None:
    assert drawn(yes(no(yes(yes())), gone(yes()))).size() == 1
    assert drawn(yes(no(new()))).pending() == []


def test_what_hangs_below_a_message_under_review_still_counts() -> None:
    """After an edit the replies stay while the new words are reviewed."""
    assert drawn(yes(new(0, yes(yes())))).size() == 3


def test_a_prompter_takes_several_replies_and_an_assistant_one() -> None:
    assert places(drawn(yes(yes()), children=3)) == [(0, 2), (1, 1)]


def test_a_rejected_or_deleted_reply_leaves_its_place_open_again() -> None:
    """The original lost such parents for ever."""
    assert places(drawn(yes(no()), children=1)) == [(0, 1)]
    assert places(drawn(yes(gone()), children=1)) == [(0, 1)]
    assert places(drawn(yes(new()), children=1)) == []


def test_nothing_grows_below_the_greatest_depth_or_on_what_is_not_accepted() -> None:
    assert places(drawn(yes(yes(yes())), depth=2, children=1)) == []
    assert places(drawn(yes(new()), children=1)) == []
    assert places(drawn(new())) == []


def test_no_more_is_asked_for_than_the_goal_leaves_room_for() -> None:
    shape = drawn(yes(yes(), new()), goal=4, children=3)

    assert sum(free for _place, free in places(shape)) == 2
    assert (shape.budget(), shape.openings()) == (1, 1)


def test_a_tree_beyond_its_goal_wants_nothing() -> None:
    assert drawn(yes(yes(), yes()), goal=2).budget() == 0


def test_reviews_are_wanted_until_it_is_decided_and_one_more_whatever_was_brought() -> None:
    shape = drawn(yes(new(0), new(2), new(7), yes(), no()))
    missing = {node.review_count: shape.reviews_missing(node) for node in shape.pending()}

    assert missing == {0: 3, 2: 1, 7: 1}
    assert all(shape.reviews_missing(node) == 0 for node in shape.nodes if node.review_result is not None)


def test_a_group_is_two_or_more_accepted_live_replies_of_the_assistant() -> None:
    assert len(drawn(yes(yes(), yes())).groups()) == 1
    assert drawn(yes(yes(), no(), new(), gone())).groups() == []
    prompters = yes(yes(yes(), yes()))
    assert drawn(prompters).groups() == []
    assert len(drawn(prompters, rank_prompter_replies=True).groups()) == 1


def test_a_group_lacks_the_ballots_its_least_ranked_reply_lacks() -> None:
    [group] = drawn(yes(yes(ballots=3), yes(ballots=1))).groups()

    assert group.ballots_missing == 2


def test_ranks_are_outdated_when_a_reply_left_or_joined_the_group() -> None:
    assert not drawn(yes(yes(rank=0), yes(rank=1))).ranks_outdated()
    assert drawn(yes(yes(rank=0), yes(rank=2))).ranks_outdated(), "a gap"
    assert drawn(yes(yes(rank=0), yes(rank=1), yes())).ranks_outdated(), "one without a rank"
    assert drawn(yes(yes(rank=0), gone(rank=1))).ranks_outdated(), "a deleted one with a rank"
    assert drawn(yes(yes(rank=0), yes(rank=0))).ranks_outdated(), "twice the same"
    assert not drawn(yes(yes())).ranks_outdated(), "nothing to rank"


def test_a_prompter_message_with_one_reply_is_lonely() -> None:
    alone, none, company = (drawn(yes(*replies)) for replies in ([yes()], [], [yes(), new()]))

    assert alone.is_lonely(alone.root)
    assert not none.is_lonely(none.root)
    assert not company.is_lonely(company.root)
    assert not alone.is_lonely(alone.nodes[1]), "an assistant message takes one reply anyway"


@given(shape=shapes)
def test_whatever_a_tree_looks_like_its_openings_fit_its_places_and_its_goal(shape: Shape) -> None:
    counted = sum(1 for node in shape.alive if node.review_result is not False)

    assert counted + shape.openings() <= max(shape.goal_size, counted)
    assert shape.size() <= counted
    assert all(node.review_result and not node.deleted and free > 0 for node, free in shape.places())
    assert all(len(group.replies) >= 2 for group in shape.groups())
