"""Which version of the program a release was made with."""

from __future__ import annotations

import hashlib
import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings

GIT_SECONDS = 5


@cache
def program_version() -> str:
    """The commit the program stands at, `-changed` if files differ from it; without git a checksum of its sources."""
    commit = _git("rev-parse", "HEAD")
    if not commit:
        return f"sources sha256:{_sum_of_sources()}"
    return commit + ("-changed" if _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(settings.BASE_DIR), *words],
            capture_output=True,
            text=True,
            timeout=GIT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _sum_of_sources() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(settings.BASE_DIR).joinpath("oa").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
