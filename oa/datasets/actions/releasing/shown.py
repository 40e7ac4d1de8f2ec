"""What of a release is read from its files: the card and the samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from oa.datasets.actions.releasing.folders import folder_of
from oa.datasets.models import Release, ReleaseFile
from oa.datasets.rules.pseudonyms import namer
from oa.datasets.rules.releases import CARD, OF_MESSAGES, SAMPLES, names_in, without_head

# A card has a few pages, samples are short; a longer one is none of ours.
MOST_BYTES = 1024 * 1024


def card_of(release: Release) -> str:
    """The card for people, or nothing where there is none yet or none any more."""
    return without_head(_content(release, CARD).decode())


def samples_of(release: Release, *, something_is_gone: bool) -> list[dict[str, Any]]:
    """Some short trees as they stand in the release, but none with something that was taken back or deleted since."""
    content = _content(release, SAMPLES)
    found: list[dict[str, Any]] = orjson.loads(content) if content else []
    if not found or not something_is_gone:
        return found
    name_of = namer(bytes(release.key))
    gone = {name_of(str(pk)) for pk in release.members.gone().values_list("message_id", flat=True).iterator()}
    return [tree for tree in found if gone.isdisjoint(_names_of_messages(tree))]


def _names_of_messages(tree: dict[str, Any]) -> set[str]:
    names: set[str] = set()
    names_in(tree, lambda key, name: names.add(name) if key in OF_MESSAGES else None)
    return names


def _content(release: Release, name: str) -> bytes:
    path = folder_of(release) / name
    known = any(file.path == name for file in release.files.all())
    if not known or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return b""
    return path.read_bytes()


def place_of(file: ReleaseFile) -> Path:
    """Where a file lies. Its path is one that we gave it: nothing an asker sends becomes a path."""
    return folder_of(file.release) / file.path
