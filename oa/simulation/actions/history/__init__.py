"""The original's history at full speed: straight through the actions, with a clock of its own."""

from oa.simulation.actions.history.board import Board
from oa.simulation.actions.history.founding import NotOurs, Plan, found
from oa.simulation.actions.history.measuring import measure
from oa.simulation.actions.history.rounds import look_after_all
from oa.simulation.actions.history.running import Workers

__all__ = ["Board", "NotOurs", "Plan", "Workers", "found", "look_after_all", "measure"]
