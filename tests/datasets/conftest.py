"""What tests of data sets share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Where the releases of a test lie."""
    settings.OA_RELEASES_DIR = tmp_path / "releases"
    return tmp_path / "releases"
