"""A tiny real model for every test that needs one. It is trained once, whoever asks first."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from oa.screening import actions
from tests.screening import sentences, tiny

# Nothing may be asked of the internet, and whatever imports transformers first decides.
os.environ.setdefault("HF_HUB_OFFLINE", "1")


def _trained(shape: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A checkpoint and the folder of its configuration, shared by all workers and runs that would make the same."""
    pytest.importorskip("detoxify", reason="the toxicity packages are not installed: requirements/toxicity.txt")
    sources = b"".join(Path(str(module.__file__)).read_bytes() for module in (sentences, tiny))
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base.parent / f"oa-tiny-{hashlib.sha256(sources).hexdigest()[:12]}-{shape[:3].lower()}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "tiny.ckpt").exists():
            shutil.rmtree(folder, ignore_errors=True)
            tiny.make_checkpoint(folder, shape)
    return str(folder / "tiny.ckpt"), str(folder / "config")


@pytest.fixture(scope="session")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return _trained(tiny.BERT, tmp_path_factory)


@pytest.fixture(scope="session")
def tiny_xlm(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return _trained(tiny.XLM_ROBERTA, tmp_path_factory)


@pytest.fixture
def unloaded() -> Iterator[None]:
    """A process that has looked for no model yet, and forgets the one it finds."""
    actions.scorer.cache_clear()
    actions.Rest.until = 0.0
    yield
    actions.scorer.cache_clear()
    actions.Rest.until = 0.0


@pytest.fixture
def model(tiny_bert: tuple[str, str], settings: Settings, unloaded: None, db: None) -> actions.Scorer:
    settings.DETOXIFY_CHECKPOINT, settings.DETOXIFY_CONFIG = tiny_bert
    return actions.scorer()
