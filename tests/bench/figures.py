"""What a measurement says, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure: of what, in which unit, and what it is to be held against."""

    what: str
    figure: float
    unit: str
    against: str = ""


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, in columns."""
    rows = [
        ("what", "figure", "unit", "against"),
        *((one.what, short(one.figure), one.unit, one.against) for one in figures),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{what:<{widths[0]}}  {figure:>{widths[1]}}  {unit:<{widths[2]}}  {against}".rstrip()
        for what, figure, unit, against in rows
    )


def short(figure: float) -> str:
    """Three digits that mean something."""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"
