"""How alike two texts are: the share of short runs of letters that they have in common.

Runs of letters rather than of words, so that it works where words have no spaces between them, and so that one word
changed in a short prompt changes little. MinHash makes of a text a few numbers of which two texts share one the more
likely the more alike they are; the database finds candidates by them, and the texts themselves decide.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from hashlib import blake2b
from itertools import groupby, islice
from struct import pack
from typing import NamedTuple
from uuid import UUID

from rensa import RMinHash

from oa.screening.rules.language import MARKS

_RUN, _RUN_OF_IDEOGRAPHS = 3, 2
_IDEOGRAPH = re.compile(r"[\u2e80-\ud7ff\U00020000-\U0003ffff]")
_SIGNS = re.compile(rf"(?:(?![{MARKS}])[\W_])+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_LONGEST, _MOST_MARKS = 20_000, 30
# Shorter texts are alike by chance.
_FEWEST_RUNS = 12
# Five numbers in each band: of pairs of texts that have 0.8 in common one in ten thousand is missed, with 0.7 one in
# eighty, with 0.6 one in seven. Changing any of this makes the bands kept in the database worthless.
_BANDS, _ROWS, _SEED = 24, 5, 4


class Twin(NamedTuple):
    """Another text very like one."""

    message_id: UUID
    text: str
    written: datetime | None
    likeness: float

    @property
    def age(self) -> tuple[float, UUID]:
        return age_of(self.written, self.message_id)


def age_of(written: datetime | None, message_id: UUID) -> tuple[float, UUID]:
    """The smaller, the earlier. What was imported without a date goes before everything."""
    return written.timestamp() if written else 0.0, message_id


def bare_words(text: str) -> str:
    """A text without what doesn't make it another: case, accents, signs, white space, and ways to encode letters.

    Of a very long one the beginning.
    """
    plain = unicodedata.normalize("NFKC", _with_few_marks(text[:_LONGEST])).casefold()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", plain))
    return _SIGNS.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def _with_few_marks(text: str) -> str:
    """No more marks on one letter than any script knows (UAX 15 says 30): the time that it takes to put them in order
    grows with the square of their number."""
    return "".join(
        "".join(islice(letters, _MOST_MARKS) if marks else letters)
        for marks, letters in groupby(text, key=lambda letter: unicodedata.combining(letter) > 0)
    )


def fingerprint(bare: str) -> str:
    """The same for the same bare words; empty for none."""
    return blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if bare else ""


def runs_of(bare: str) -> frozenset[str]:
    """The short runs of letters in bare words."""
    return frozenset(
        bare[place : place + (_RUN_OF_IDEOGRAPHS if _IDEOGRAPH.match(letter) else _RUN)]
        for place, letter in enumerate(bare[: -1 if len(bare) > 1 else None])
    )


def bands_of(runs: frozenset[str]) -> list[int]:
    """Numbers of which texts very like each other share one; none for what is too short to compare."""
    if len(runs) < _FEWEST_RUNS:
        return []
    minhash = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    minhash.update([run.encode("utf-8", "replace").decode() for run in runs])
    numbers = minhash.digest()
    return [_number(band, numbers[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS)]


def _number(band: int, numbers: list[int]) -> int:
    packed = pack(f">B{_ROWS}I", band, *numbers)
    return int.from_bytes(blake2b(packed, digest_size=8).digest(), "big", signed=True)


def likeness_of(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all their runs that two texts have in common (Jaccard), between 0 and 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0
