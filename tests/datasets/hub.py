"""The libraries that read our files, kept from the network and from the caches of whoever runs the tests."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_OFFLINE", "1")
os.environ.setdefault("HF_HOME", tempfile.mkdtemp(prefix="oa-hub-"))

import datasets

datasets.disable_progress_bars()

__all__ = ["datasets"]
