"""How counted rows and judgements become figures. No database in here.

What needs numpy is not imported here: web processes only show figures, and are done with what this module names.
"""

from oa.stats.rules.reports import CONFIDENCE, RESAMPLES, TOO_FEW, TOO_FEW_OF_A_SIDE, Kind, is_due, is_lost, key_of
from oa.stats.rules.tables import Rows, table

__all__ = [
    "CONFIDENCE",
    "RESAMPLES",
    "TOO_FEW",
    "TOO_FEW_OF_A_SIDE",
    "Kind",
    "Rows",
    "is_due",
    "is_lost",
    "key_of",
    "table",
]
