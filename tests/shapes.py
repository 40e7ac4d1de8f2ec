"""Shapes of trees for tests of the rules, drawn as nested calls; no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from uuid import UUID

from hypothesis import strategies as st

from oa.trees.rules import Node, Policy, Shape

_number = count(1)


@dataclass(frozen=True)
class Sketch:
    """One message to be, with the replies to it."""

    replies: tuple[Sketch, ...] = ()
    result: bool | None = True
    deleted: bool = False
    reviews: int = 0
    ballots: int = 0
    rank: int | None = None
    emojis: Mapping[str, int] = field(default_factory=dict)
    withheld: bool = False


def withheld(sketch: Sketch) -> Sketch:
    """The same, waiting for a moderator's look."""
    return replace(sketch, withheld=True)


def yes(*replies: Sketch, ballots: int = 0, rank: int | None = None, **emojis: int) -> Sketch:
    """An accepted message."""
    return Sketch(replies, ballots=ballots, rank=rank, reviews=3, emojis=emojis)


def no(*replies: Sketch) -> Sketch:
    """A rejected message."""
    return Sketch(replies, result=False, reviews=3)


def new(reviews: int = 0, *replies: Sketch) -> Sketch:
    """A message under review."""
    return Sketch(replies, result=None, reviews=reviews)


def gone(*replies: Sketch, ballots: int = 0, rank: int | None = None) -> Sketch:
    """A message that was accepted and then deleted."""
    return Sketch(replies, deleted=True, ballots=ballots, rank=rank)


def drawn(
    top: Sketch, *, goal: int = 12, depth: int = 3, children: int = 3, moderated: bool = False, **policy: object
) -> Shape:
    """The shape of a tree that looks like this."""
    nodes = sorted(_flat(top, None, 0), key=lambda node: node.depth)
    return Shape(Policy.of(policy), goal, depth, children, nodes, moderated)


def _flat(sketch: Sketch, parent: UUID | None, depth: int) -> Iterator[Node]:
    pk = UUID(int=next(_number))
    yield Node(
        id=pk, parent_id=parent, author_id=UUID(int=next(_number)), depth=depth, lang="en", version=1,
        deleted=sketch.deleted, review_count=sketch.reviews, review_result=sketch.result,
        ranking_count=sketch.ballots, rank=sketch.rank, emojis=sketch.emojis,
        withheld=sketch.withheld,
    )  # fmt: skip
    for reply in sketch.replies:
        yield from _flat(reply, pk, depth + 1)


_counts = st.integers(0, 4)
_leaves = st.builds(
    Sketch,
    replies=st.just(()),
    result=st.sampled_from([True, True, None, False]),
    deleted=st.sampled_from([False, False, False, True]),
    reviews=_counts,
    ballots=_counts,
    rank=st.none() | st.integers(0, 3),
    emojis=st.dictionaries(st.sampled_from(["red_flag", "_skip_reply"]), st.integers(1, 30), max_size=2),
    withheld=st.sampled_from([False, False, False, True]),
)
sketches = st.recursive(
    _leaves,
    lambda below: st.builds(
        Sketch,
        replies=st.lists(below, max_size=4).map(tuple),
        result=st.sampled_from([True, True, True, None, False]),
        deleted=st.sampled_from([False, False, False, True]),
        reviews=_counts,
        ballots=_counts,
        rank=st.none() | st.integers(0, 3),
        withheld=st.sampled_from([False, False, False, True]),
    ),
    max_leaves=14,
)
# Any tree at all, sensible or not.
shapes = st.builds(
    drawn,
    sketches,
    goal=st.integers(1, 15),
    depth=st.integers(0, 4),
    children=st.integers(1, 4),
    moderated=st.booleans(),
    num_prompter_replies=st.integers(0, 2),
    rank_prompter_replies=st.booleans(),
    auto_mod_enabled=st.booleans(),
)
