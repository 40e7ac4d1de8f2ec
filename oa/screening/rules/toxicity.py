"""What Detoxify says, and of which languages. No database in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.screening.rules.due import Waiting

# The seven scores in the order of the published files.
SCORES = (
    "toxicity",
    "severe_toxicity",
    "obscene",
    "identity_attack",
    "insult",
    "threat",
    "sexual_explicit",
)

# The languages Detoxify's multilingual model was trained on. Of others it has no opinion: no score, never 0.
SUPPORTED = frozenset({"en", "fr", "es", "it", "pt", "tr", "ru"})


class Check(TextChoices):
    """The opinions a text waits for. The heavy one has workers of its own."""

    TOXICITY = "toxicity", _("toxicity")
    LIGHT = "light", _("language, personal data, likeness")


class MachineState(TextChoices):
    """How far the toxicity workers have come with their model."""

    UNKNOWN = "unknown", _("no worker has reported yet")
    DOWNLOADING = "downloading", _("the weights are being downloaded")
    LOADING = "loading", _("the model is being loaded")
    READY = "ready", _("ready")
    MISSING = "missing", _("the model is missing")


CHARACTERS_IN_A_BATCH = 60_000


def is_supported(lang: str) -> bool:
    """Whether the model has an opinion on texts of this language; regions don't matter."""
    return lang.split("-")[0] in SUPPORTED


def in_batches(waiting: Iterable[Waiting], *, most: int) -> Iterable[list[Waiting]]:
    """Texts of like length together, so that little is computed on padding; few long ones at a time."""
    batch: list[Waiting] = []
    for item in sorted(waiting, key=lambda item: len(item.text)):
        longest = max(len(item.text), 1)
        if batch and (len(batch) == most or longest * (len(batch) + 1) > CHARACTERS_IN_A_BATCH):
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def seven(scores: Mapping[str, float]) -> dict[str, float]:
    """The seven scores in published order; KeyError names one that this model doesn't give."""
    return {name: float(scores[name]) for name in SCORES}
