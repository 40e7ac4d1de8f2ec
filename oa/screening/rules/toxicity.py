"""What Detoxify says, and of which languages. No database in here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

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

# What the models trained on one set of comments don't tell.
NOT_ALWAYS = frozenset({"sexual_explicit"})

# The languages each of Detoxify's models was trained on. Of others it has no opinion: no score, never 0.
SEVEN_LANGUAGES = frozenset({"en", "fr", "es", "it", "pt", "tr", "ru"})
LANGUAGES_OF = {
    "multilingual": SEVEN_LANGUAGES,
    "original": frozenset({"en"}),
    "unbiased": frozenset({"en"}),
    "original-small": frozenset({"en"}),
    "unbiased-small": frozenset({"en"}),
}


class Check(TextChoices):
    """The opinions a text waits for. The heavy one has workers of its own."""

    TOXICITY = "toxicity", _("toxicity")
    LIGHT = "light", _("language, personal data, likeness")


class Again(TextChoices):
    """Which texts that have scores are to be scored once more."""

    ALL = "all", _("all")
    IMPORTED = "imported", _("those whose scores came with an import")
    OTHER_MODEL = "other-model", _("those that another model has scored")


class MachineState(TextChoices):
    """How far the toxicity workers have come with their model."""

    UNKNOWN = "unknown", _("no worker has reported yet")
    DOWNLOADING = "downloading", _("the weights are being downloaded")
    LOADING = "loading", _("the model is being loaded")
    READY = "ready", _("ready")
    MISSING = "missing", _("the model is missing")


class Lack(TextChoices):
    """Why the model is missing."""

    LIBRARIES = "libraries", _("Detoxify is not installed")
    INTERNET = "internet", _("it can’t be downloaded")
    NAME = "name", _("there is none of that name")
    FILES = "files", _("its files are not there")
    PROGRAMS = "programs", _("its checkpoint holds more than weights")
    DAMAGED = "damaged", _("it can’t be loaded")


# What whoever runs the site can do about it.
_REMEDIES = {
    MachineState.UNKNOWN: _("Start a toxicity worker: celery -A oa worker -Q toxicity -c 1"),
    MachineState.DOWNLOADING: _("Nothing to do: texts are scored as soon as the model is there."),
    MachineState.LOADING: _("Nothing to do: texts are scored as soon as the model is there."),
    MachineState.READY: "",
    MachineState.MISSING: _("The log of the toxicity worker says why."),
    Lack.LIBRARIES: _("Install its libraries: pip install -r requirements/toxicity.txt"),
    Lack.INTERNET: _(
        "Let the machine reach the internet once, or bring the files: OA_DETOXIFY_CHECKPOINT names the checkpoint, "
        "OA_DETOXIFY_CONFIG the folder of its configuration and tokenizer."
    ),
    Lack.NAME: _("Set OA_DETOXIFY_MODEL to the name of one of Detoxify’s models."),
    Lack.FILES: _("Set OA_DETOXIFY_CHECKPOINT and OA_DETOXIFY_CONFIG to files that are there and can be read."),
    Lack.PROGRAMS: _(
        "Reading the checkpoint could run programs. If you know where it is from, set OA_DETOXIFY_TRUSTED=on."
    ),
    Lack.DAMAGED: _("Delete the damaged file, so that it is downloaded again."),
}


def remedy_for(state: MachineState, lack: str = "") -> str:
    """What can be done so that texts are scored; empty where nothing needs to be."""
    return str(_REMEDIES[Lack(lack) if state is MachineState.MISSING and lack else state])


# How long what a worker said is believed. One that lacks its model looks for it every five minutes.
BELIEVED = timedelta(minutes=3)
LOOK_AGAIN = timedelta(minutes=5)


def believed(state: MachineState, age: timedelta) -> MachineState:
    """The state of the model, given how long ago a worker told it."""
    longest = BELIEVED + LOOK_AGAIN if state is MachineState.MISSING else BELIEVED
    return state if age <= longest else MachineState.UNKNOWN


CHARACTERS_IN_A_BATCH = 60_000


def languages_of(model: str, *, said: Collection[str] = ()) -> frozenset[str]:
    """The languages this model has an opinion on: what was said of it, or what is known of Detoxify's own.

    A checkpoint of somebody's own is taken for one of the multilingual kind.
    """
    return frozenset(said) or LANGUAGES_OF.get(model, SEVEN_LANGUAGES)


def is_supported(lang: str, languages: Collection[str] = SEVEN_LANGUAGES) -> bool:
    """Whether a model that knows these languages has an opinion on texts of this one; regions don't matter."""
    return lang.split("-")[0] in languages


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


def seven(scores: Mapping[str, float]) -> dict[str, float | None]:
    """The seven scores in published order; None for one that some models don't give.

    ValueError: one is missing that all give, or is no number between 0 and 1.
    """
    found = {name: float(scores[name]) if name in scores else None for name in SCORES}
    for name, value in found.items():
        if value is None and name not in NOT_ALWAYS:
            raise ValueError(f"the model gives no {name}")
        if value is not None and not 0 <= value <= 1:  # true of NaN too
            raise ValueError(f"{name} is {value}, not between 0 and 1")
    return found
