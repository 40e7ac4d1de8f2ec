"""Lists of prompts in plain text and in tables: what they are, and which column holds the prompts."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from oa.datasets.rules.fields import Broken
from oa.datasets.rules.foreign.rows import PROMPT_NAMES

_DELIMITERS = ",;\t"


def delimiter_of(header: str) -> str:
    """What stands between the columns, by the first line."""
    return max(_DELIMITERS, key=header.count)


def columns_in(header: str) -> list[str]:
    """The names of the columns."""
    try:
        return [name.strip() for name in next(csv.reader([header], delimiter=delimiter_of(header)), [])]
    except csv.Error:
        return []


def is_table(header: str) -> bool:
    """Whether a first line names a column of prompts."""
    return any(name.lower() in PROMPT_NAMES for name in columns_in(header))


def prompt_column(columns: Sequence[str], wanted: str) -> int:
    """Which column holds the prompts; Broken where none of that name is there."""
    lower = [name.lower() for name in columns]
    for name in (wanted.lower(),) if wanted else PROMPT_NAMES:
        if name in lower:
            return lower.index(name)
    shown = ", ".join(columns)[:200]
    raise Broken("no_such_column", f"there is no column {wanted or 'prompt, text or instruction'}, only {shown}")


def looks_like_blocks(lines: Sequence[str]) -> bool:
    """Whether blank lines stand between prompts of several lines; else each line is a prompt."""
    blank_seen = several = False
    filled = 0
    for line in lines:
        blank = not line.strip()
        blank_seen = blank_seen or (blank and filled > 0)
        filled = 0 if blank else filled + 1
        several = several or filled > 1
    return blank_seen and several
