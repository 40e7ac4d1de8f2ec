"""In which language a text is written, and when that is worth a word. The model itself is in `actions`.

A false alarm costs a volunteer's trust, an alarm that is missing costs nothing that reviewers don't see. So whatever
is short, mixed, not prose or close to another language is “can't tell”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

# The languages the model (fastText's lid.176) knows. Of a text declared in any other it can't say anything.
KNOWN = frozenset(
    """
    af als am an ar arz as ast av az azb ba bar bcl be bg bh bn bo bpy br bs bxr ca cbk ce ceb ckb co cs cv cy da de
    diq dsb dty dv el eml en eo es et eu fa fi fr frr fy ga gd gl gn gom gu gv he hi hif hr hsb ht hu hy ia id ie ilo
    io is it ja jbo jv ka kk km kn ko krc ku kv kw ky la lb lez li lmo lo lrc lt lv mai mg mhr min mk ml mn mr mrj ms
    mt mwl my myv mzn nah nap nds ne new nl nn no oc or os pa pam pfl pl pms pnb ps pt qu rm ro ru rue sa sah sc scn
    sco sd sh si sk sl so sq sr su sv sw ta te tg th tk tl tr tt tyv ug uk ur uz vec vep vi vls vo wa war wuu xal xmf
    yi yo yue zh
    """.split()
)
# Languages so close that a machine's word for one is not held against the other.
_NEAR = (
    "no nn nb da", "hr sr bs sh", "id ms jv su min", "cs sk", "bg mk", "gl pt mwl", "es gl ast an cbk", "ca oc",
    "de als bar nds pfl lb gsw swg", "nl vls li nds af fy zea", "it scn vec lmo nap pms eml co sc", "fr oc wa frp",
    "az azb tr tk crh", "hi bh mai ne mr sa dty new gom", "ar arz ary", "zh yue wuu lzh", "fa mzn ckb pnb lrc tg",
    "en sco", "ru rue be", "uk rue", "pl szl csb", "tl ceb war ilo pam bcl", "fi et vep", "tt ba kk ky uz", "ur pnb",
)  # fmt: skip
_KIN = tuple(frozenset(group.split()) for group in _NEAR)
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl", "cmn": "zh"}

# Below so many letters, or so little sureness, nothing is said. Measured on the oasst samples (docs/machine-opinions).
FEWEST_LETTERS, FEW_LETTERS = 20, 60
SURE, SURE_OF_LITTLE = 0.8, 0.9
_IDEOGRAPH_WEIGHS = 3  # one Chinese character says about what three letters say
_MOST_CHARACTERS, _MOST_PARAGRAPHS = 4_000, 12

# Each of these ends at the first thing that can end it, so that hostile texts cost no more than honest ones.
_NOT_PROSE = re.compile(
    r"```[^`]*(?:```|\Z)"  # code
    r"|`[^`\n]{1,200}`"
    r"|\$\$[^$]*(?:\$\$|\Z)"  # formulas
    r"|\bhttps?://\S+|\bwww\.\S+"
    r"|<[^<>\n]{1,200}>"  # tags
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}"
)
# Lines of code that stand in no fence.
_CODE_BEGINS = re.compile(r"\s*(?:#include|import \w|from \w+ import|def \w+\(|class \w+[:({]|public |private |</?\w)")
_CODE_ENDS, _CODE_HAS = (";", "{", "}", ");"), frozenset("=(){}[]<>")
# Vowel signs, joiners and the like are part of a word, which \w doesn't know.
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u109f\u1780-\u17d3\u200c\u200d"
_WORD = re.compile(rf"(?:[^\W\d_]|[{MARKS}])+")


class Guess(NamedTuple):
    """The language a text looks like, and how sure that is; "" and None: it can't be told."""

    language: str = ""
    sure: float | None = None


Guesser = Callable[[str], Sequence[tuple[str, float]]]
"""The model: a line of text in, languages out, the likeliest first, each with its share of one."""


def without_region(lang: str) -> str:
    """pt for pt-BR, and one name for what has several."""
    base = lang.replace("_", "-").split("-")[0].lower()
    return _SAME.get(base, base)


def is_other(declared: str, language: str) -> bool:
    """Whether a text declared in one language and found to be in another deserves a word; regions don't matter."""
    said, found = without_region(declared), without_region(language)
    if not found or said == found or said not in KNOWN:
        return False
    return not any(said in group and found in group for group in _KIN)


def guess_language(text: str, *, declared: str, guesser: Guesser) -> Guess:
    """What a text looks like. Where several languages stand in it, the declared one goes first if it is among them:
    a question in English about a poem in Spanish is in English."""
    paragraphs = list(islice(_paragraphs(text), _MOST_PARAGRAPHS))
    whole = _said_of(" ".join(paragraphs)[:_MOST_CHARACTERS], guesser)
    if not is_other(declared, whole.language):
        return whole
    for paragraph in paragraphs if len(paragraphs) > 1 else ():
        found = _said_of(paragraph[:_MOST_CHARACTERS], guesser, least=SURE_OF_LITTLE)
        if found.language and not is_other(declared, found.language):
            return found
    return whole


def _paragraphs(text: str) -> Iterator[str]:
    """The prose of a text, line by line, without what has no language."""
    for line in _NOT_PROSE.sub("\n", text[: 4 * _MOST_CHARACTERS]).split("\n"):
        words = [] if _is_code(line) else _WORD.findall(line)
        # More signs and digits than letters is a table, a formula or a picture.
        if words and 2 * sum(map(len, words)) > len(line.strip()):
            yield " ".join(words)


def _is_code(line: str) -> bool:
    # In Greek a question ends with a semicolon.
    ends = line.isascii() and line.rstrip().endswith(_CODE_ENDS) and not _CODE_HAS.isdisjoint(line)
    return ends or _CODE_BEGINS.match(line) is not None


def _said_of(prose: str, guesser: Guesser, *, least: float = SURE) -> Guess:
    letters = sum(_IDEOGRAPH_WEIGHS if "\u2e80" <= letter <= "\ud7ff" else 1 for letter in prose if letter != " ")
    if letters < FEWEST_LETTERS:
        return Guess()
    # Capitals alone look like another language to the model.
    likeliest = guesser(prose.lower() if prose.isupper() else prose)
    if not likeliest:
        return Guess()
    language, sure = likeliest[0]
    wanted = max(least, SURE_OF_LITTLE if letters < FEW_LETTERS else SURE)
    return Guess(without_region(language), round(min(sure, 1.0), 3)) if sure >= wanted else Guess()
