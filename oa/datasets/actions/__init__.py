"""Everything that brings data sets in and out."""

from oa.datasets.actions.exporting import Account, Order, export_file, export_rows
from oa.datasets.actions.importing import Report, Wish, import_file
from oa.datasets.actions.reading import Refused, conversations
from oa.datasets.actions.storing import Fate, take_in
from oa.datasets.actions.taking_over import take_over

__all__ = [
    "Account",
    "Fate",
    "Order",
    "Refused",
    "Report",
    "Wish",
    "conversations",
    "export_file",
    "export_rows",
    "import_file",
    "take_in",
    "take_over",
]
