"""Lots that fall the same for ever: splits and samples by a hash of the tree's own id, not by dice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

# A lot is a whole number below this: 52 bits, which PostgreSQL and JavaScript hold exactly, too.
LOTS = 1 << 52
SAMPLE = "sample:"
SPLIT = "split:"


class Side(StrEnum):
    """The parts of a split."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Shares:
    """How large a share of the trees is kept for validation and for tests; `seed` gives another split."""

    validation: float = 0.05
    test: float = 0.0
    seed: str = ""

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that can have trees."""
        small = {Side.VALIDATION: self.validation, Side.TEST: self.test}
        return (Side.TRAIN, *(side for side, share in small.items() if share > 0))

    def bounds(self, side: Side) -> tuple[int, int]:
        """Lots of this side: from the first number on, below the second. Tests come first, then validation,
        so that a tree that was for tests is not trained on when more is kept for validation."""
        test = round(self.test * LOTS)
        validation = round(min(self.test + self.validation, 1.0) * LOTS)
        return {Side.TEST: (0, test), Side.VALIDATION: (test, validation), Side.TRAIN: (validation, LOTS)}[side]


def lot(tree_id: object, *, of: str) -> int:
    """The lot of a tree: the first 52 bits of SHA-256 of `of` and the tree's id here.

    That id is the file's own for trees that were imported, so a tree that is brought to another site
    has the same lot there. The same in SQL: actions/choosing.py.
    """
    return int(hashlib.sha256(f"{of}{tree_id}".encode()).hexdigest()[:13], 16)


def side_of(tree_id: object, shares: Shares) -> Side:
    """On which side of a split a tree stands: whatever else is in the data set, and in every release."""
    drawn = lot(tree_id, of=SPLIT + shares.seed)
    return next(side for side in Side if shares.bounds(side)[0] <= drawn < shares.bounds(side)[1])
