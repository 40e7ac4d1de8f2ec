"""Every text of the server is there in every language of the pages, as a program can tell."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from oa.core.words import (
    PLACEHOLDER,
    Text,
    catalogue,
    fitting,
    lacking,
    languages,
    path_of,
    plural_forms,
    texts_of,
    texts_under,
    words_of,
)

LOCALES = Path(settings.LOCALE_PATHS[0])
TEXTS = texts_under(LOCALES.parent)
SPOKEN = [translation.to_locale(tag) for tag, _name in settings.LANGUAGES if tag != settings.LANGUAGE_CODE]


def placeholders(text: str) -> Counter[str]:
    return Counter(found[0] for found in PLACEHOLDER.finditer(text))


def test_every_language_of_the_settings_has_its_folder_and_no_other_has() -> None:
    assert languages(LOCALES) == sorted(SPOKEN)


def test_marked_texts_are_found_however_they_are_marked() -> None:
    source = '_("one " "two"); ngettext("%d leaf", "%d leaves", n); pgettext("tree", "leaf"); _(variable); say("x")'
    assert list(texts_of(source)) == [Text("one two"), Text("%d leaf", "%d leaves"), Text("leaf", context="tree")]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_text_is_translated(language: str) -> None:
    assert not lacking(language, TEXTS, words_of(LOCALES, language)), "`make words` names them; fill them in"


@pytest.mark.parametrize("language", SPOKEN)
def test_translators_are_shown_the_texts_of_the_code_and_nothing_left_over(language: str) -> None:
    entries = polib.pofile(str(path_of(LOCALES, language)))
    assert set(words_of(LOCALES, language)) == set(TEXTS), "run `make words`"
    assert not [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete]


@pytest.mark.parametrize("language", SPOKEN)
def test_what_the_site_reads_is_what_the_translators_wrote(language: str) -> None:
    whole = catalogue(language, TEXTS, words_of(LOCALES, language), whole=False)
    assert path_of(LOCALES, language).with_suffix(".mo").read_bytes() == whole.to_binary(), "run `make words`"


@pytest.mark.parametrize("language", SPOKEN)
def test_placeholders_survive_translation(language: str) -> None:
    wrong = [
        (text.one, form)
        for text, forms in words_of(LOCALES, language).items()
        for number, form in enumerate(forms)
        if form and not _keeps_placeholders(text, form, spelt_out=number < len(forms) - 1)
    ]
    assert not wrong


def _keeps_placeholders(text: Text, form: str, *, spelt_out: bool) -> bool:
    """The forms for one and two may say the number in a word where its placeholder has a name."""
    wanted, got = placeholders(text.plural or text.one), placeholders(form)
    left_out = wanted - got
    return not got - wanted and (
        not left_out or (bool(text.plural) and spelt_out and all("(" in one for one in left_out))
    )


@pytest.mark.parametrize("language", SPOKEN)
def test_counted_texts_have_a_form_for_every_way_to_count(language: str) -> None:
    number = plural_forms(language)
    assert number == {"ar": 6, "de": 2, "es": 3, "fr": 2, "ja": 1, "zh_Hans": 1}.get(language, number)
    counted = {text: forms for text, forms in words_of(LOCALES, language).items() if text.plural}
    assert counted and all(forms == fitting(text, forms, number) for text, forms in counted.items())
