"""The model. The one place that imports Detoxify, and only when something is to be scored: it is large."""

from __future__ import annotations

import functools
import os
import pickle
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.error import URLError

import structlog
from django.conf import settings

from oa.screening.rules import seven

log = structlog.get_logger()

LOOK_AGAIN_SECONDS = 300.0


class Rest:
    """When this process looks for a missing model again; nothing is lost if it forgets."""

    until = 0.0


class ModelMissing(Exception):
    """Detoxify or its weights are not to be had here; texts wait for their scores meanwhile."""


class Scorer:
    """A loaded model under the name that is kept with its scores."""

    def __init__(self, model: Any, name: str) -> None:
        self.model, self.name = model, name

    def __call__(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Seven scores between 0 and 1 for each text."""
        # Detoxify answers a list of one text with bare numbers.
        found = self.model.predict(list(texts))
        rows = [{name: _at(values, place) for name, values in found.items()} for place in range(len(texts))]
        return [seven(row) for row in rows]


def _at(values: Any, place: int) -> float:
    return float(values[place]) if isinstance(values, list) else float(values)


@functools.cache
def scorer() -> Scorer:
    """The model that the settings name, loaded once a process: a worker scores one batch after the other.

    Raises ModelMissing with the reason and what to do about it.
    """
    try:
        return _load(settings.DETOXIFY_MODEL, settings.DETOXIFY_CHECKPOINT, settings.DETOXIFY_CONFIG)
    except ImportError as error:
        raise ModelMissing(f"{error}. Type: pip install -r requirements/toxicity.txt") from error
    except (URLError, OSError, pickle.UnpicklingError) as error:
        raise ModelMissing(
            f"{error}. Let this machine reach the internet once, or set OA_DETOXIFY_CHECKPOINT and "
            "OA_DETOXIFY_CONFIG to files that are there."
        ) from error


def scorer_if_any() -> Scorer | None:
    """The model, or None while it is not to be had; why is in the log, and it is looked for again after minutes.

    A download that fails takes long, and whoever asks comes again in seconds.
    """
    if time.monotonic() < Rest.until:
        return None
    try:
        return scorer()
    except ModelMissing as error:
        Rest.until = time.monotonic() + LOOK_AGAIN_SECONDS
        log.warning("toxicity scores wait", why=str(error))
        return None


def _load(name: str, checkpoint: str, config: str) -> Scorer:
    """Detoxify's own loader; with a checkpoint and the folder of its configuration nothing is downloaded."""
    if checkpoint:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        _refuse_programs(Path(checkpoint))
    import torch
    from detoxify import Detoxify

    # One thread: several would only fight over the same cores. A machine with more cores runs more workers.
    torch.set_num_threads(1)
    if checkpoint:
        return Scorer(Detoxify(checkpoint=checkpoint, huggingface_config_path=config or None), Path(checkpoint).name)
    return Scorer(Detoxify(name), f"detoxify-{name}")


def _refuse_programs(checkpoint: Path) -> None:
    """Detoxify unpickles whatever stands in the file, programs too; see first that it is only weights."""
    import torch

    torch.load(checkpoint, map_location="cpu", weights_only=True)
