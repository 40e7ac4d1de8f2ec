"""The population and how it behaves. No network, database or clock in here."""

from oa.simulation.rules.conduct import (
    Truth,
    draw_visitor,
    judge,
    order,
    skips,
    truth_of_stranger,
    visit_length,
    write,
)
from oa.simulation.rules.people import Character, Person, population
from oa.simulation.rules.tally import READY, Goal, Tally, Trees, by_state, newly_ready, quantiles
from oa.simulation.rules.texts import LANGUAGES, advertisement, prose

__all__ = [
    "LANGUAGES",
    "READY",
    "Character",
    "Goal",
    "Person",
    "Tally",
    "Trees",
    "Truth",
    "advertisement",
    "by_state",
    "draw_visitor",
    "judge",
    "newly_ready",
    "order",
    "population",
    "prose",
    "quantiles",
    "skips",
    "truth_of_stranger",
    "visit_length",
    "write",
]
