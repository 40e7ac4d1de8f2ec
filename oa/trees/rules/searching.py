"""What people type to find a text: words, phrases, scripts without spaces. No database in here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from oa.core.errors import Invalid

LONGEST_SEARCH = 200
# Below this many letters the beginning of a word says too little to look for.
SHORTEST_BEGINNING = 3
# Phones and other languages write quotation marks otherwise.
_STRAIGHT = str.maketrans(dict.fromkeys("“”„‟«»「」『』", '"'))

# From here on scripts may be written without spaces, so that a "word" is several.
FIRST_SPACELESS = "\u0e00"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that must stand in the text.

    `beginning`: a word that begins like its last one will do. `phrase`: its words stand together, as they do here.
    """

    text: str
    beginning: bool
    phrase: bool


def parts_of(search: str) -> list[Part]:
    """The parts of what somebody looks for, all of which must be found; Invalid when there is no word in it.

    What stands in double quotes is taken as it is. Other signs mean nothing, so nothing is a syntax error.
    """
    parts: list[Part] = []
    for number, piece in enumerate(search.translate(_STRAIGHT).split('"')):
        quoted = number % 2 == 1
        parts += [_part(word, quoted) for word in ([piece] if quoted else piece.split())]
    found = [part for part in dict.fromkeys(parts) if any(character.isalnum() for character in part.text)]
    if not found:
        raise Invalid(
            "nothing_to_search_for",
            _("There is no word to look for."),
            remedy=_("Type a word, or part of a sentence in quotation marks."),
        )
    return found


def _part(text: str, quoted: bool) -> Part:
    spaceless = any(character >= FIRST_SPACELESS and unicodedata.category(character) == "Lo" for character in text)
    beginning = not quoted and (spaceless or len(text) >= SHORTEST_BEGINNING)
    together = spaceless and len(text) > 1 or quoted and not text.isalnum()
    return Part(unicodedata.normalize("NFKC", text), beginning=beginning, phrase=together)
