"""Pseudonyms of people in exports."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from oa.core.ids import id_of


def pseudonym(key: bytes, user_id: str) -> str:
    """The id under which a person is published: the same in every export with the same key.

    HMAC-SHA256 of the person's id here, so that nobody without the key can test a guess. Cut to
    the 128 bits of a UUID (version 8, RFC 9562), because readers expect one.
    """
    digest = hmac.digest(key, b"user:" + id_of(user_id).bytes, hashlib.sha256)
    value = int.from_bytes(digest[:16], "big")
    value = value & ~(0xF << 76) | 0x8 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))
