"""How counted rows become a table of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

Rows = list[tuple[str, str, int]]


def table(rows: Iterable[tuple[str, str, int]], columns: Sequence[str]) -> dict[str, object]:
    """Rows of (language, column, number) as `{"total": {column: number}, "by_language": {language: {column: number}}}`.

    `columns` are there even where nothing was counted.
    """
    total: Counter[str] = Counter(dict.fromkeys(columns, 0))
    languages: dict[str, dict[str, int]] = {}
    for lang, column, number in sorted(rows):
        total[column] += number
        languages.setdefault(lang, {})[column] = number
    return {"total": dict(total), "by_language": languages}
