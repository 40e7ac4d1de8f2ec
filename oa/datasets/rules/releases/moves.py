"""Which states a release may go through."""

from __future__ import annotations

from collections.abc import Mapping

from oa.datasets.rules.states import ReleaseState as S

MOVES: Mapping[S, frozenset[S]] = {
    S.WAITING: frozenset({S.BUILDING, S.CANCELLED, S.FAILED}),
    S.BUILDING: frozenset({S.CHECKING, S.CANCELLED, S.FAILED}),
    S.CHECKING: frozenset({S.READY, S.REFUSED, S.CANCELLED, S.FAILED}),
    # Somebody may take a message back between the checks and the publication.
    S.READY: frozenset({S.PUBLISHED, S.REFUSED, S.CANCELLED}),
    S.REFUSED: frozenset({S.WAITING, S.CANCELLED}),
    S.FAILED: frozenset({S.WAITING, S.CANCELLED}),
    S.CANCELLED: frozenset({S.WAITING}),
    S.PUBLISHED: frozenset({S.RECALLED}),
    S.RECALLED: frozenset(),
}


def may_move(before: str, to: str) -> bool:
    """Whether there is an arrow from one state to another."""
    return S(to) in MOVES[S(before)]
