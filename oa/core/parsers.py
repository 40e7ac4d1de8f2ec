"""Reading bodies: JSON only, of bounded size and depth, with nothing in it that can't be stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from oa.core.errors import Invalid
from oa.core.problems import BodyTooLarge

# Far more than any form has. PostgreSQL and Python's own encoder both give up at some depth.
MOST_LEVELS = 32


class StrictJsonParser(BaseParser):
    """Strict UTF-8 JSON: NaN, Infinity, lone surrogates and numbers beyond a double are refused while reading."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = read_limited(stream, most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        try:
            found = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(_("The body is not JSON in UTF-8: %s.") % error) from None
        _refuse_depth(body, found)
        if b"\\u0000" in body and _has_nul(found):
            raise Invalid(
                "nul_character",
                _("The character U+0000 can't be stored."),
                remedy=_("Remove it and send the text again."),
            )
        return found


def read_limited(stream: IO[Any], *, most: int) -> bytes:
    """All of a body, or BodyTooLarge without having kept more than `most` bytes of it."""
    body: bytes = stream.read(most + 1)
    if len(body) > most:
        raise BodyTooLarge(_("The body is larger than %(most)d bytes.") % {"most": most})
    return body


def _refuse_depth(body: bytes, found: object) -> None:
    if body.count(b"[") + body.count(b"{") <= MOST_LEVELS:
        return  # it can't be deeper than it has brackets
    level = [found]
    for _depth in range(MOST_LEVELS):
        level = [child for value in level for child in _children(value)]
    if level:
        raise ParseError(_("The body is nested deeper than %d levels.") % MOST_LEVELS)


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _has_nul(found: object) -> bool:
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and "\0" in value:
            return True
        if isinstance(value, dict):
            waiting.extend(value)
        waiting.extend(_children(value))
    return False
