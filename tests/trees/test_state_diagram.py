"""The map in oa/README.md shows the table of moves as it is."""

from __future__ import annotations

from pathlib import Path

from oa.trees.rules.diagram import state_diagram
from oa.trees.rules.states import TRANSITIONS, State

MAP = Path(__file__).parents[2] / "oa" / "README.md"


def test_the_map_shows_the_table_as_it_is() -> None:
    # `manage.py state_diagram --write` mends it.
    assert state_diagram() in MAP.read_text()


def test_every_arrow_of_the_table_is_drawn_but_those_of_halting() -> None:
    drawn = state_diagram()
    for before, afters in TRANSITIONS.items():
        for after in afters:
            if State.HALTED_BY_MODERATOR not in (before, after):
                assert f"{before} --> {after}" in drawn
