"""Saying that a group can't be ranked."""

from __future__ import annotations

from uuid import uuid4

import pytest

from oa.core.errors import Invalid
from oa.rankings.rules import Vote, check_ballot

SHOWN = [uuid4(), uuid4()]


def test_it_needs_no_order() -> None:
    check_ballot(shown=SHOWN, vote=Vote((), not_rankable=True))


def test_an_order_that_is_given_all_the_same_names_every_reply() -> None:
    with pytest.raises(Invalid):
        check_ballot(shown=SHOWN, vote=Vote(((SHOWN[0],),), not_rankable=True))


def test_an_empty_order_without_it_is_refused() -> None:
    with pytest.raises(Invalid):
        check_ballot(shown=SHOWN, vote=Vote(()))
