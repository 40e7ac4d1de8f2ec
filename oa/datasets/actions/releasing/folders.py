"""Where the files of a release lie: what is published in a folder of its name, what is not beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from oa.datasets.models import Release


def folder_of(release: Release) -> Path:
    """The files that are, or will be, published."""
    return Path(settings.OA_RELEASES_DIR) / release.name


def stage_of(release: Release) -> Path:
    """What the files are made from: original ids, for nobody's eyes. No name begins with a dot, so none meets it."""
    return Path(settings.OA_RELEASES_DIR) / ".stages" / str(release.pk)


def make_stage(release: Release) -> Path:
    """The private folder, which nobody but the site's own user can look into."""
    stage = stage_of(release)
    stage.parent.mkdir(parents=True, exist_ok=True)
    stage.mkdir(mode=0o700, exist_ok=True)
    return stage


def drop_stage(release: Release) -> None:
    shutil.rmtree(stage_of(release), ignore_errors=True)


def drop_files(release: Release) -> None:
    shutil.rmtree(folder_of(release), ignore_errors=True)
