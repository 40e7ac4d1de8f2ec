"""What a data set holds: the filters, what each leaves out and why, and on which side of a split a tree stands."""

from oa.datasets.rules.selecting.kinds import Keep, ReviewResult
from oa.datasets.rules.selecting.picking import BELOW, Picker, pick, reason_in_words
from oa.datasets.rules.selecting.selection import Selection
from oa.datasets.rules.selecting.sides import Shares, Side, lot, side_of

__all__ = [
    "BELOW",
    "Keep",
    "Picker",
    "ReviewResult",
    "Selection",
    "Shares",
    "Side",
    "lot",
    "pick",
    "reason_in_words",
    "side_of",
]
