"""What may be written: the checks every text passes before it is kept."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from oa.core.errors import Invalid

# Control characters no honest text needs. Tab, line feed and carriage return stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str, *, limit: int) -> str:
    """The text as it is kept: line ends unified, outer white space gone, NFC.

    Raises Invalid for nothing at all, for more than `limit` characters, and for control
    characters or broken Unicode, naming the place of the first.
    """
    _refuse_broken(text)
    cleaned = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not any(unicodedata.category(character)[0] not in "ZC" for character in cleaned):
        raise Invalid("text_empty", _("The text is empty."), remedy=_("Write something first."))
    if len(cleaned) > limit:
        raise Invalid(
            "text_too_long",
            _("The text has %(length)d characters; %(limit)d are allowed.") % {"length": len(cleaned), "limit": limit},
            remedy=_("Shorten it. Your draft is kept."),
            length=len(cleaned),
            limit=limit,
        )
    return cleaned


def _refuse_broken(text: str) -> None:
    for pattern in (_CONTROL, _SURROGATE):
        if found := pattern.search(text):
            raise Invalid(
                "text_has_control_characters",
                _("Character %(place)d of the text (U+%(code)04X) can't be stored.")
                % {"place": found.start() + 1, "code": ord(found.group())},
                remedy=_("Remove it and send the text again."),
                position=found.start() + 1,
            )


def same_words(text: str) -> str:
    """A text reduced to what makes it the same: case and white space don't count."""
    return " ".join(text.casefold().split())
