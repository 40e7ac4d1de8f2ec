"""The server's texts in the languages of the pages: read out of the code, kept in `.po` files, compiled to `.mo`.

What translators do is in docs/translating.md. Only who works on oa comes here: polib is a tool of developers.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import django
import polib

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[#0 +-]*\d*(?:\.\d+)?[sdfgX]|\{\w+\}")
_ONE = frozenset({"_", "_text", "gettext", "gettext_lazy"})
_COUNTED = frozenset({"ngettext", "ngettext_lazy"})
_IN_CONTEXT = frozenset({"pgettext", "pgettext_lazy"})
_HEADER = "oa in this language. Glossary and tone: docs/translating.md"


@dataclass(frozen=True, slots=True)
class Text:
    """One English text; `plural` where it counts something, `context` where its words alone don't say enough."""

    one: str
    plural: str = ""
    context: str | None = None


Words = dict[Text, tuple[str, ...]]  # the forms of each translated text


def texts_of(source: str) -> Iterator[Text]:
    """The texts that this Python code marks for translation, in their order."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if text := _marked(call):
            yield text


def _marked(call: ast.Call) -> Text | None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    said = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name in _ONE and len(said) == 1:
        return Text(said[0])
    if name in _COUNTED and len(said) == 2:
        return Text(said[0], plural=said[1])
    return Text(said[1], context=said[0]) if name in _IN_CONTEXT and len(said) == 2 else None


def texts_under(root: Path) -> dict[Text, list[str]]:
    """Every text of the code under `root`, with the files it stands in."""
    found: dict[Text, list[str]] = {}
    for path in sorted(root.rglob("*.py")):
        place = path.relative_to(root.parent).as_posix()
        for text in texts_of(path.read_text()):
            places = found.setdefault(text, [])
            if place not in places:
                places.append(place)
    return found


def languages(locales: Path) -> list[str]:
    """The languages that have a folder, as Django spells them."""
    return sorted(path.name for path in locales.iterdir() if path.is_dir())


def path_of(locales: Path, language: str) -> Path:
    """Where the texts of a language are; the compiled ones are beside it."""
    return locales / language / "LC_MESSAGES" / "django.po"


def words_of(locales: Path, language: str) -> Words:
    """What is translated, by text: one form, or those of the plural. Nothing where there is no file yet."""
    path = path_of(locales, language)
    return {_text_of(entry): _forms_of(entry) for entry in polib.pofile(str(path))} if path.exists() else {}


def _text_of(entry: polib.POEntry) -> Text:
    return Text(entry.msgid, plural=entry.msgid_plural, context=entry.msgctxt)


def _forms_of(entry: polib.POEntry) -> tuple[str, ...]:
    if not entry.msgid_plural:
        return (entry.msgstr,)
    return tuple(form for _number, form in sorted(entry.msgstr_plural.items()))


def catalogue(language: str, texts: dict[Text, list[str]], words: Words, *, whole: bool = True) -> polib.POFile:
    """The texts of the code with their translations; what has none is empty, or with `whole=False` left out."""
    rule = plural_rule(language)
    file = polib.POFile(wrapwidth=100)
    file.header = _HEADER
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": rule,
    }
    number = plural_forms(language)
    for text, places in texts.items():
        forms = fitting(text, words.get(text, ()), number)
        if whole or all(forms):
            file.append(_entry(text, forms, places))
    return file


def fitting(text: Text, forms: tuple[str, ...], number: int) -> tuple[str, ...]:
    """As many forms as the language has, those that are missing empty."""
    wanted = number if text.plural else 1
    return (forms + ("",) * wanted)[:wanted]


def _entry(text: Text, forms: tuple[str, ...], places: list[str]) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.one, msgctxt=text.context, occurrences=[(place, "") for place in places])
    if "%" in text.one + text.plural and PLACEHOLDER.search(text.one + text.plural):
        entry.flags.append("python-format")
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        entry.msgstr = forms[0]
    return entry


def lacking(language: str, texts: Iterable[Text], words: Words) -> list[Text]:
    """The texts without a translation, or with a form of the plural too few."""
    number = plural_forms(language)
    return [text for text in texts if not all(fitting(text, words.get(text, ()), number))]


@cache
def plural_rule(language: str) -> str:
    """How Django itself counts in this language; texts that are counted alike are searched at once."""
    file = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES" / "django.po"
    return str(polib.pofile(str(file)).metadata["Plural-Forms"])


def plural_forms(language: str) -> int:
    """How many forms a counted text has in this language."""
    found = re.search(r"nplurals\s*=\s*(\d+)", plural_rule(language))
    if found is None:
        raise ValueError(f"Django does not say how {language} counts.")
    return int(found[1])
