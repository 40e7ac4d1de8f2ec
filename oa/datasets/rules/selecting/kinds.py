"""What a filter can say of messages of a kind."""

from __future__ import annotations

from enum import Enum, StrEnum


class Keep(Enum):
    """What becomes of messages of a kind: left out, kept like all others, or nothing but they."""

    NO = "no"
    TOO = "too"
    ONLY = "only"


class ReviewResult(StrEnum):
    """What reviewers decided about a message."""

    ANY = "any"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDECIDED = "undecided"
