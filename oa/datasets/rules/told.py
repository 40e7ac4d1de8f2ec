"""What an import tells of itself, as it is kept and shown. No database in here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol


class Told(Protocol):
    """As much of a report as is kept."""

    trees: Counter[Any]
    messages: int
    characters: int
    langs: Counter[str]
    joined: int
    repeated: int
    refused_by_code: Counter[str]
    repaired_by_code: Counter[str]
    unknown: Counter[str]
    notes: Counter[str]


# Of fields nobody knows, a file may have any number.
MOST_FIELDS = 100


def told_of(report: Told) -> dict[str, Any]:
    """The figures of a report: JSON that the panel shows."""
    trees = {str(fate.name).lower(): number for fate, number in report.trees.items()}
    notes = [{"text": words, "number": number} for words, number in sorted(report.notes.items()) if number]
    return {
        "trees": {name: trees.get(name, 0) for name in ("taken", "there", "twice", "joined")},
        "messages": report.messages,
        "characters": report.characters,
        "langs": dict(report.langs.most_common()),
        "joined": report.joined,
        "repeated": report.repeated,
        "refused": report.refused_by_code.total(),
        "refused_by_code": _sorted(report.refused_by_code),
        "repaired": report.repaired_by_code.total(),
        "repaired_by_code": _sorted(report.repaired_by_code),
        "unknown_fields": dict(report.unknown.most_common(MOST_FIELDS)),
        "notes": notes,
    }


def _sorted(numbers: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(numbers.items()))
