"""How texts wait for opinions: how often each is tried, and how long after a failure. No database in here."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

# Whoever claims texts has them this long; after that they are taken for forgotten and come due again.
LEASE = timedelta(minutes=2)
MOST_TRIES = 5
FIRST_WAIT = timedelta(seconds=10)
LONGEST_ERROR = 500

# What may go wrong about one text. Whatever else is raised is about us or the machine, and ends the round.
FAILURES = (
    ArithmeticError,  # a score that is no number
    AssertionError,  # libraries' own doubts about their input
    LookupError,  # a token beyond the vocabulary, a score that is not given
    MemoryError,  # a text too large for this machine
    RuntimeError,  # what torch says of nearly everything
    TypeError,
    ValueError,  # characters that can't be encoded, too
)


class Waiting(NamedTuple):
    """A text that waits for an opinion, as it was claimed."""

    message_id: UUID
    version: int
    text: str
    lang: str = ""
    due_id: int = 0
    tries: int = 1


def wait_after(tries: int) -> timedelta:
    """How long a text rests after so many failures: 10 seconds, then six times as long each time."""
    return FIRST_WAIT * int(6 ** (max(tries, 1) - 1))


def is_hopeless(tries: int) -> bool:
    """Whether a text that failed so often is set aside."""
    return tries >= MOST_TRIES


def in_short(error: BaseException) -> str:
    """An error as it is kept with a text: what it was and what it said, without the NUL no database takes."""
    said = " ".join(str(error).replace("\0", "").split())
    return f"{type(error).__name__}: {said}"[:LONGEST_ERROR]
