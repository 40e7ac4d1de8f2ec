"""Names under which things are published: nobody without the key can tell whose they are, or test a guess."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache

from oa.core.ids import id_of

# Ids are met again soon (a parent, a tree) or often (a person who writes much): enough for both, and few MB.
KEPT = 20_000
# BLAKE2b takes keys of at most so many bytes.
LONGEST_KEY = 64
# What a UUID as we write it looks like when each of its digits is an x; quicker than a regular expression.
_SHAPE = b"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
_DIGITS = bytes.maketrans(b"0123456789abcdefx", b"x" * 16 + b"?")
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def namer(key: bytes) -> Callable[[str], str]:
    """A function from ids to the ids to publish: one namespace for messages, trees and people, so that a tree
    is still called like its prompt. The same key gives the same names, another key names that nothing joins
    to them.

    Keyed BLAKE2b (RFC 7693, 2.9) of the id here, 16 bytes, written as a UUID of version 8 (RFC 9562, 5.8)
    because readers expect UUIDs: of its 128 bits six are fixed. An id that came with an import and is no
    UUID is named like the UUID that stands for it here. ValueError when the key is empty or too long.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"a key of pseudonyms has 1 to {LONGEST_KEY} bytes")
    begun = hashlib.blake2b(key=key, digest_size=16)

    def name_of(name: str) -> str:
        raw = name.encode()
        if raw.translate(_DIGITS) != _SHAPE:
            raw = str(id_of(name)).encode()
        hashed = begun.copy()
        hashed.update(raw)
        h = hashed.hexdigest()
        return f"{h[:8]}-{h[8:12]}-8{h[13:16]}-{_VARIANT[h[16]]}{h[17:20]}-{h[20:]}"

    return lru_cache(maxsize=KEPT)(name_of)


def untouched(name: str) -> str:
    """The id itself: for exports with the original ids."""
    return name


def derived_key(secret: bytes, namespace: str) -> bytes:
    """The key of a namespace, made of a secret that is never used as a key itself.

    Exports in one namespace can be joined with each other, those in different ones can't.
    """
    return hashlib.blake2b(namespace.encode(), key=hashlib.sha256(secret).digest(), person=b"oa pseudonyms").digest()
