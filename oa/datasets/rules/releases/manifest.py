"""The manifest and the list of checksums: every file of a release, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oa.datasets.rules.releases.facts import Facts, FileFact

MANIFEST_VERSION = 1


def manifest_of(facts: Facts) -> dict[str, Any]:
    """What MANIFEST.json says. It names every file but itself and SHA256SUMS, which names it."""
    return {
        "manifest_version": MANIFEST_VERSION,
        "name": facts.name,
        "title": facts.title,
        "licence": facts.licence,
        "page": facts.page,
        "taken_at": facts.taken_at,
        "previous": facts.previous,
        "order": facts.order.as_values(),
        "numbers": dict(facts.numbers),
        "sources": dict(facts.sources),
        "files": [_file(file) for file in facts.files],
    }


def _file(file: FileFact) -> dict[str, Any]:
    about = {"form": file.form, "packing": file.packing, "split": file.split} if file.form else {}
    return {"path": file.path, **about, "rows": file.rows, "bytes": file.bytes, "sha256": file.sha256}


def sums_of(files: Iterable[FileFact]) -> str:
    """What `sha256sum --check` reads."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files)
