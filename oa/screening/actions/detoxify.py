"""The model. Detoxify is imported here and in `weights`, and only when something is to be scored: it is large."""

from __future__ import annotations

import functools
import os
import pickle
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone

from oa.screening.actions.machine import DownloadTold, tell
from oa.screening.actions.weights import AnotherDownloads, ModelMissing, checksum_of, weights_file
from oa.screening.rules import LOOK_AGAIN, Lack, MachineState, in_short, is_supported, languages_of, seven

log = structlog.get_logger("oa.screening")

# What Detoxify, transformers and torch raise about files that are not what they should be.
UNREADABLE = (RuntimeError, ValueError, LookupError, TypeError, AttributeError, EOFError)
# What torch says of a checkpoint that names a program.
OF_PROGRAMS = ("Unsupported global", "unsupported class", "Unsupported class", "unrecognized function")


class Rest:
    """When this process looks for a missing model again; nothing is lost if it forgets."""

    until = 0.0


class Scorer:
    """A loaded model under the name and checksum that are kept with its scores."""

    def __init__(self, model: Any, *, name: str, checksum: str, precision: str = "") -> None:
        self.model, self.name, self.checksum, self.precision = model, name, checksum, precision
        self.languages = languages_known()

    def knows(self, lang: str) -> bool:
        return is_supported(lang, self.languages)

    def __call__(self, texts: Sequence[str]) -> list[dict[str, float | None]]:
        """Seven scores between 0 and 1 for each text, None for what this model doesn't give.

        Raises one of `rules.FAILURES` if a text can't be scored.
        """
        return [seven(row) for row in self.model(texts)]


def languages_known() -> frozenset[str]:
    """The languages on which the model of the settings has an opinion."""
    name = "" if settings.DETOXIFY_CHECKPOINT else settings.DETOXIFY_MODEL
    return languages_of(name, said=settings.DETOXIFY_LANGUAGES)


@functools.cache
def scorer() -> Scorer:
    """The model that the settings name, loaded once a process: a worker scores one batch after the other.

    Everybody is told how far it has come. Raises ModelMissing.
    """
    try:
        found = _load()
    except AnotherDownloads:
        raise
    except ModelMissing as error:
        log.warning("toxicity scores wait", why=error.problem, remedy=error.remedy)
        tell(state=MachineState.MISSING, lack=error.lack, problem=error.problem, now=timezone.now())
        raise
    log.info("toxicity model is ready", model=found.name, checksum=found.checksum[:12], precision=found.precision)
    tell(state=MachineState.READY, model_name=found.name, model_checksum=found.checksum,
         precision=found.precision, now=timezone.now())  # fmt: skip
    return found


def scorer_if_any() -> Scorer | None:
    """The model, or None while it is not to be had: it is looked for again after minutes.

    A download that fails takes long, and whoever asks comes again in seconds.
    """
    if time.monotonic() < Rest.until:
        return None
    try:
        return scorer()
    except AnotherDownloads as error:
        log.info(error.problem)
    except ModelMissing:
        Rest.until = time.monotonic() + LOOK_AGAIN.total_seconds()
    return None


def _load() -> Scorer:
    config = settings.DETOXIFY_CONFIG
    if config:  # everything is here, and asking Hugging Face would take half a minute where it can't be reached
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        import detoxify  # noqa: F401  # weights_file asks it where its models are
    except ImportError as error:
        raise ModelMissing(Lack.LIBRARIES, f"{error}.") from error
    path = weights_file(DownloadTold(clock=timezone.now))
    tell(state=MachineState.LOADING, model_name=_name_of(path), now=timezone.now())
    checksum = checksum_of(path)
    try:
        engine = _loaded(path, config)
        return Scorer(engine, name=_name_of(path), checksum=checksum, precision=engine.precision)
    except pickle.UnpicklingError as error:
        raise _unpickled(path, str(error)) from error
    except OSError as error:
        raise ModelMissing(Lack.FILES if config else Lack.INTERNET, f"{path}: {error}.") from error
    except UNREADABLE as error:
        raise ModelMissing(Lack.DAMAGED, f"{path}: {in_short(error)}.") from error


def _unpickled(path: Path, said: str) -> ModelMissing:
    """What torch says in the same way: this names a program, or it is no checkpoint at all."""
    lack = Lack.PROGRAMS if any(words in said for words in OF_PROGRAMS) else Lack.DAMAGED
    return ModelMissing(lack, f"{path}: {said.rpartition('WeightsUnpickler error: ')[2][:300]}")


def _name_of(path: Path) -> str:
    return path.name if settings.DETOXIFY_CHECKPOINT else f"detoxify-{settings.DETOXIFY_MODEL}"


def _loaded(path: Path, config: str) -> Any:
    """Detoxify's own loader; with the folder of a configuration nothing is asked of the internet."""
    import torch
    from detoxify import Detoxify

    from oa.screening.actions.engine import Engine

    # One thread: several would only fight over the same cores. A machine with more cores runs more workers.
    torch.set_num_threads(1)
    with _weights_only(config):
        detoxify = Detoxify(checkpoint=str(path), huggingface_config_path=config or None)
    return Engine(detoxify, precision=settings.TOXICITY_PRECISION)


@contextmanager
def _weights_only(config: str) -> Iterator[None]:
    """Detoxify unpickles whatever stands in a checkpoint, programs too, and asks the internet for the configuration
    that is named there even if it is given one. While it loads, torch reads only weights, and the folder is named."""
    import torch

    plain = torch.load

    def load(*args: Any, **options: Any) -> Any:
        found = plain(*args, **{**options, "weights_only": not settings.DETOXIFY_TRUSTED})
        if config:
            found["config"]["arch"]["args"]["model_type"] = config
        return found

    torch.load = load
    try:
        yield
    finally:
        torch.load = plain
