"""The web app's guideline calls each label what the server calls it on the form, in every language."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from oa.reviews.rules import Label

LOCALES = Path(settings.BASE_DIR) / "frontend" / "src" / "locales"


def _folder(code: str) -> str:
    language, dash, script = code.partition("-")
    return f"{language}{dash}{script.title()}"


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_the_guideline_and_the_form_use_the_same_words_for_labels(code: str) -> None:
    guideline = json.loads((LOCALES / _folder(code) / "guideline.json").read_text("utf-8"))
    shown = {name: words["title"] for name, words in guideline["labels"].items()}
    with translation.override(code):
        assert shown == {name: str(Label(name).label) for name in shown}
