"""Identifiers: time-ordered for what we make, name-based for what came from elsewhere."""

from __future__ import annotations

import os
import time
import uuid

# A fixed name space of our own, so that the same foreign id always becomes the same UUID.
FOREIGN = uuid.UUID("6f2b9a52-5a0e-5c1c-9d0e-6a1f0c7d5b11")


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random bits.

    Rows made together lie together in the index, which random keys would scatter.
    """
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | ((random >> 64) & 0xFFF) << 64
    value |= 0b10 << 62 | (random & ((1 << 62) - 1))
    return uuid.UUID(int=value)


def id_of(text: str) -> uuid.UUID:
    """The UUID that stands for a foreign id: itself where it is one, else a version 5 of it."""
    try:
        found = uuid.UUID(text)
    except ValueError:
        return uuid.uuid5(FOREIGN, text)
    return found if str(found) == text else uuid.uuid5(FOREIGN, text)
