"""What of a release is read from its files: the card and the samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from oa.datasets.actions.releasing.folders import folder_of
from oa.datasets.models import Release, ReleaseFile
from oa.datasets.rules.releases import CARD, SAMPLES, without_head

# A card has a few pages, samples are short; a longer one is none of ours.
MOST_BYTES = 1024 * 1024


def card_of(release: Release) -> str:
    """The card for people, or nothing where there is none yet or none any more."""
    return without_head(_content(release, CARD).decode())


def samples_of(release: Release) -> list[dict[str, Any]]:
    """Some short trees as they stand in the release."""
    content = _content(release, SAMPLES)
    found: list[dict[str, Any]] = orjson.loads(content) if content else []
    return found


def _content(release: Release, name: str) -> bytes:
    path = folder_of(release) / name
    known = any(file.path == name for file in release.files.all())
    if not known or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return b""
    return path.read_bytes()


def place_of(file: ReleaseFile) -> Path:
    """Where a file lies. Its path is one that we gave it: nothing an asker sends becomes a path."""
    return folder_of(file.release) / file.path
