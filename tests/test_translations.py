"""Every text of the server is there in every language of the pages, as a program can tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polib
import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import translation
from rest_framework import serializers
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.core.ids import new_id
from oa.core.words import (
    PLACEHOLDER,
    Text,
    Words,
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
from tests.conftest import Cast

LOCALES = Path(settings.LOCALE_PATHS[0])
TEXTS = texts_under(LOCALES.parent)
SPOKEN = [translation.to_locale(tag) for tag, _name in settings.LANGUAGES if tag != settings.LANGUAGE_CODE]


@cache
def translated(language: str) -> Words:
    return words_of(LOCALES, language)


def placeholders(text: str) -> Counter[str]:
    return Counter(found[0] for found in PLACEHOLDER.finditer(text))


def test_every_language_of_the_settings_has_its_folder_and_no_other_has() -> None:
    assert languages(LOCALES) == sorted(SPOKEN)


def test_marked_texts_are_found_however_they_are_marked() -> None:
    source = '_("one " "two"); ngettext("%d leaf", "%d leaves", n); pgettext("tree", "leaf"); _(variable); say("x")'
    assert list(texts_of(source)) == [Text("one two"), Text("%d leaf", "%d leaves"), Text("leaf", context="tree")]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_text_is_translated(language: str) -> None:
    assert not lacking(language, TEXTS, translated(language)), "`make words` names them; fill them in"


@pytest.mark.parametrize("language", SPOKEN)
def test_translators_are_shown_the_texts_of_the_code_and_nothing_left_over(language: str) -> None:
    entries = polib.pofile(str(path_of(LOCALES, language)))
    assert set(translated(language)) == set(TEXTS), "run `make words`"
    assert not [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete]


@pytest.mark.parametrize("language", SPOKEN)
def test_what_the_site_reads_is_what_the_translators_wrote(language: str) -> None:
    whole = catalogue(language, TEXTS, translated(language), whole=False)
    assert path_of(LOCALES, language).with_suffix(".mo").read_bytes() == whole.to_binary(), "run `make words`"


@pytest.mark.parametrize("language", SPOKEN)
def test_placeholders_survive_translation(language: str) -> None:
    wrong = [
        (text.one, form)
        for text, forms in translated(language).items()
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
    counted = {text: forms for text, forms in translated(language).items() if text.plural}
    assert counted and all(forms == fitting(text, forms, number) for text, forms in counted.items())


# --- as the language writes -------------------------------------------------------------------------------------------

# What an editor of the language would mark at once. Each is a pattern that no translated sentence contains.
FAULTS = {
    "de": r"[\"“”]\w|!|(?<!\w)'",
    "es": r"[\"“”]\w|!|¡",
    "fr": r"[\"“”]\w|!|'|(?<!\u202f)[;?»]|«(?!\u202f)|(?<!\u202f)(?<!Authorization)(?<!Content-Type):(?= |$)",
    "zh_Hans": r"[\u4e00-\u9fff][,.;:?!()]|[\u4e00-\u9fff] \w|\w [\u4e00-\u9fff]|！",
    "ja": r"[\u3040-\u30ff\u4e00-\u9fff][,.;:?!()]|[\u3040-\u30ff\u4e00-\u9fff] \w|\w [\u3040-\u30ff\u4e00-\u9fff]|！",
    "ar": r"[\u0600-\u06ff][,;?]|[\"“”]|!",
}


@pytest.mark.parametrize("language", FAULTS)
def test_punctuation_is_that_of_the_language(language: str) -> None:
    faulty = re.compile(FAULTS[language])
    forms = [form for forms in translated(language).values() for form in forms]
    assert [form for form in forms if faulty.search(form)] == []


@pytest.mark.parametrize("language", SPOKEN)
def test_a_translation_ends_like_its_text(language: str) -> None:
    """A sentence stays a sentence and a name a name, whatever the language ends sentences with."""
    full_stop = (".", "。", "؟", "？", "?", "：", ":")
    wrong = [
        (text.one, form)
        for text, forms in translated(language).items()
        for form in forms
        if text.one.endswith(".") != form.endswith(full_stop) and not text.one.endswith((":", ",", "?"))
    ]
    assert not wrong


# --- over the wire ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "detail"),
    [
        ("de-AT,de;q=0.9", "Diesen Baum gibt es nicht."),
        ("es-MX", "Ese árbol no existe."),
        ("fr", "Cet arbre n’existe pas."),
        ("zh-CN,zh;q=0.8", "没有这棵对话树。"),
        ("ja", "そのようなツリーはありません。"),
        ("ar-EG", "لا توجد شجرة كهذه."),
        ("eu,pt;q=0.5", "There is no such tree."),
    ],
)
def test_a_refusal_speaks_the_language_that_was_asked_for(
    cast: Cast, api_client_for: Callable[[User], APIClient], accepted: str, detail: str
) -> None:
    client = api_client_for(cast.alice)
    answer = client.get(f"/api/v1/trees/{new_id()}", headers={"Accept-Language": accepted})
    assert answer.status_code == 404
    assert answer.json()["detail"] == detail


@pytest.mark.django_db
def test_a_refusal_says_its_remedy_in_the_language_of_the_cookie() -> None:
    client = APIClient()
    client.cookies["oa_lang"] = "zh-Hans"
    problem = client.get("/api/v1/me", headers={"Accept-Language": "de"}).json()
    assert problem["code"] == "not_signed_in"
    assert problem["remedy"] == "请登录，或以“Authorization: Bearer …”的形式发送令牌。"


def test_arabic_counts_in_six_ways() -> None:
    with translation.override("ar"):
        said = [translation.ngettext("%(n)d reply", "%(n)d replies", n) % {"n": n} for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["لا ردود", "ردّ واحد", "ردّان", "3 ردود", "11 ردًّا", "100 ردّ"]


@pytest.mark.parametrize("language", SPOKEN)
def test_what_the_frameworks_say_is_translated_too(language: str) -> None:
    """Field errors come from the REST framework, wrong passwords and codes from allauth."""
    fields = (serializers.CharField, serializers.ChoiceField, serializers.IntegerField, serializers.UUIDField,
              serializers.BooleanField, serializers.ListField, serializers.DateTimeField, serializers.DictField,
              serializers.Serializer)  # fmt: skip
    texts = [
        text
        for field in fields
        for ancestor in field.__mro__
        for text in getattr(ancestor, "default_error_messages", {}).values()
    ]
    texts += DefaultAccountAdapter.error_messages.values()

    def said(tag: str) -> list[str]:
        with translation.override(tag):
            return [str(text) for text in texts]

    same = [
        english
        for english, own in zip(said("en"), said(translation.to_language(language)), strict=True)
        if english == own
    ]
    assert same == []
