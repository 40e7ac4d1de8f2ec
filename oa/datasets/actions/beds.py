"""Conversations put aside until all that begin alike are together: on disk, so that memory does not grow."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from typing import IO

import orjson

from oa.datasets.rules.foreign import Talk

# A file of 500 MB is in memory by two megabytes at a time.
BEDS = 256


class Beds:
    """Sorted into beds by their prompts: those with the same prompt lie in the same bed, in the order of the file."""

    def __init__(self) -> None:
        self._beds: dict[int, IO[bytes]] = {}
        self.talks = 0

    def put(self, talk: Talk) -> None:
        number = hashlib.blake2b(talk.texts[0].encode(), digest_size=2).digest()[0] % BEDS
        bed = self._beds.get(number)
        if bed is None:
            bed = self._beds[number] = tempfile.TemporaryFile(prefix="oa-import-")
        kept = (talk.texts, talk.names, talk.system, talk.lang, talk.line)
        bed.write(orjson.dumps(kept))
        bed.write(b"\n")
        self.talks += 1

    def groups(self) -> Iterator[list[Talk]]:
        """Conversations with the same prompt, bed by bed; the language they name is part of it."""
        for number in sorted(self._beds):
            found: dict[tuple[str, str], list[Talk]] = {}
            bed = self._beds.pop(number)
            with bed:
                bed.seek(0)
                for raw in bed:
                    talk = Talk(*orjson.loads(raw))
                    found.setdefault((talk.texts[0], talk.lang), []).append(talk)
            yield from found.values()

    def close(self) -> None:
        for bed in self._beds.values():
            bed.close()
        self._beds.clear()
