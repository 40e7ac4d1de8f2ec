"""Names under which things are published: nobody without the key can tell whose they are, or test a guess."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache

from oa.core.ids import id_of

# Ids are met again soon (a parent, a tree) or often (a person who writes much): enough for both, and few MB.
KEPT = 20_000
# BLAKE2b takes keys of at most so many bytes.
LONGEST_KEY = 64
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
        hashed = begun.copy()
        hashed.update((name if _UUID.fullmatch(name) else str(id_of(name))).encode())
        h = hashed.hexdigest()
        variant = "89ab"[int(h[16], 16) & 3]
        return f"{h[:8]}-{h[8:12]}-8{h[13:16]}-{variant}{h[17:20]}-{h[20:]}"

    return lru_cache(maxsize=KEPT)(name_of)


def untouched(name: str) -> str:
    """The id itself: for exports with the original ids."""
    return name


def derived_key(secret: bytes, namespace: str) -> bytes:
    """The key of a namespace, made of a secret that is never used as a key itself.

    Exports in one namespace can be joined with each other, those in different ones can't.
    """
    return hashlib.blake2b(namespace.encode(), key=hashlib.sha256(secret).digest(), person=b"oa pseudonyms").digest()
