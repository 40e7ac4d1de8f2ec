"""Filters as an address carries them: texts, from which the values are read that `Selection.of` expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from oa.core.errors import Invalid


def read_query(given: Mapping[str, str]) -> dict[str, Any]:
    """The values of filters in an address. Invalid `bad_filter_value`; unknown ones are left to `Selection.of`."""
    return {name: _READ.get(name, str)(text) if text else None for name, text in given.items()}


def _named(name: str, read: Callable[[str], Any]) -> Callable[[str], Any]:
    def read_it(text: str) -> Any:
        try:
            return read(text)
        except (ValueError, KeyError):
            told = {"name": name, "value": repr(text)[:60]}
            raise Invalid("bad_filter_value", _("“%(name)s” can't be %(value)s.") % told, field=name) from None

    return read_it


def _yes_or_no(text: str) -> bool:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]


def _bounds(text: str) -> dict[str, float]:
    pairs = [part.split(":") for part in text.split(",")]
    return {label.strip(): float(bound) for label, bound in pairs}


_KINDS: Mapping[Callable[[str], Any], tuple[str, ...]] = {
    _yes_or_no: ("prompts_only", "scored_only", "releasable"),
    int: ("min_reviews", "sample"),
    float: ("max_toxicity", "validation_share", "test_share"),
    _bounds: ("min_label", "max_label", "min_label_low"),
}
_READ = {name: _named(name, read) for read, names in _KINDS.items() for name in names}
