"""What tests of data sets share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from oa.datasets.actions.releasing import checking
from oa.datasets.rules.releases import Check, Finding


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Where the releases of a test lie."""
    settings.OA_RELEASES_DIR = tmp_path / "releases"
    return tmp_path / "releases"


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases are not loaded by `datasets`, which takes seconds: test_release_build and test_release_checks do it."""
    monkeypatch.setattr(checking, "loads", lambda _release, _keeper: Finding(Check.LOADS))
