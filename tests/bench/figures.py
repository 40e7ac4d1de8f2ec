"""What a measurement says, what it is held against, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Goal:
    """What a figure should come to: at most, or at least."""

    name: str
    most: float | None = None
    least: float | None = None

    @property
    def number(self) -> float:
        found = self.least if self.most is None else self.most
        assert found is not None, self.name
        return found

    def met(self, figure: float) -> bool:
        return figure <= self.number if self.least is None else figure >= self.number

    def __str__(self) -> str:
        return f"{'≤' if self.least is None else '≥'} {short(self.number)}"


@dataclass(frozen=True)
class Figure:
    """One figure: of what, in which unit, and what it is to be held against.

    `case` tells figures of the same thing apart (how many volunteers there were); they are shown side by side.
    `theirs` is what the original reaches.
    """

    what: str
    figure: float
    unit: str
    against: str = ""
    case: str = ""
    theirs: str = ""
    goal: Goal | None = None

    def plain(self) -> dict[str, Any]:
        """For programs."""
        told = {"what": self.what, "figure": self.figure, "unit": self.unit, "against": self.against}
        more = {"case": self.case, "theirs": self.theirs, "goal": self.goal and str(self.goal)}
        return told | {name: value for name, value in more.items() if value}


def goals_of(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Every goal of these figures with what was measured, and whether that is enough."""
    return [
        {
            "name": one.goal.name,
            "value": one.figure,
            "goal": one.goal.number,
            "better": "more" if one.goal.most is None else "less",
            "met": one.goal.met(one.figure),
            "unit": one.unit,
        }
        for one in figures
        if one.goal
    ]


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text: what, a column a case, and what to hold it against."""
    cases = list(dict.fromkeys(one.case for one in figures))
    rows = [("", *(case or "figure" for case in cases), "unit", "original", "goal", "")]
    for what in dict.fromkeys(one.what for one in figures):
        same = {one.case: one for one in figures if one.what == what}
        cells = [short(same[case].figure) if case in same else "" for case in cases]
        rows.append((what, *cells, *_beside(list(same.values()))))
    return in_columns(rows, numbers=range(1, 1 + len(cases)))


def goal_table(goals: Sequence[dict[str, Any]]) -> str:
    rows = [("goal", "reached", "wanted", "unit", "")]
    for one in goals:
        sign = "≥" if one["better"] == "more" else "≤"
        met = "met" if one["met"] else "NOT MET"
        rows.append((one["name"], short(one["value"]), f"{sign} {short(one['goal'])}", one["unit"], met))
    return in_columns(rows, numbers=(1, 2))


def _beside(same: Sequence[Figure]) -> tuple[str, str, str, str]:
    def told(values: Sequence[str]) -> str:
        return ", ".join(dict.fromkeys(value for value in values if value))

    goals = []
    for one in same:
        if one.goal:
            where = f" at {one.case}" if one.case and len(same) > 1 else ""
            goals.append(f"{one.goal}{where}: {'met' if one.goal.met(one.figure) else 'not met'}")
    return same[0].unit, told([one.theirs for one in same]), told(goals), told([one.against for one in same])


def in_columns(rows: Sequence[tuple[str, ...]], *, numbers: Sequence[int]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            f"{cell:>{widths[column]}}" if column in numbers else f"{cell:<{widths[column]}}"
            for column, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )


def short(figure: float) -> str:
    """Three digits that mean something."""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"
