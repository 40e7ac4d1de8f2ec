"""Sets of ids that need little memory: sorted numbers of 64 bits, of which 60 are by chance in a pseudonym."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]


def number_of(name: str) -> int:
    """The first 64 bits of a UUID. Two of a million names share them with a chance of one in a million."""
    return int(name[:8] + name[9:13] + name[14:18], 16)


class Names:
    """Names as they come, many of them more than once."""

    FULL = 1_000_000

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._fresh = array("Q")
        self._known: Numbers = np.empty(0, np.uint64)
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        self._fresh.append(number_of(name))
        if len(self._fresh) >= self.FULL:
            self.numbers()

    def numbers(self) -> Numbers:
        """All of them, each once, sorted."""
        if self._fresh:
            self._known = np.union1d(self._known, np.frombuffer(self._fresh, np.uint64))
            self._fresh = array("Q")
        return self._known

    def has(self, name: str) -> bool:
        """Whether a name is among those that `numbers` knew of when it was last asked."""
        number = np.uint64(number_of(name))
        place = int(np.searchsorted(self._known, number))
        return place < len(self._known) and self._known[place] == number

    def missing_in(self, other: Names) -> int:
        """How many of these are not among the others."""
        return len(np.setdiff1d(self.numbers(), other.numbers(), assume_unique=True))
