"""Everything that brings data sets in and out."""

from oa.datasets.actions.exporting import Account, Order, export_file, export_rows
from oa.datasets.actions.importing import Report, import_file
from oa.datasets.actions.planting import Refused, Repaired
from oa.datasets.actions.storing import Fate, take_in
from oa.datasets.actions.taking_over import take_over
from oa.datasets.actions.uploading import (
    drop_old_uploads,
    import_here,
    order_import,
    run_import,
    stop_import,
    work_on_imports,
)
from oa.datasets.actions.withdrawing import (
    give_back,
    give_everything_back,
    settle_withdrawn,
    standing_of,
    tombstones,
    trees_to_settle,
    withdraw,
    withdraw_everything,
)

__all__ = [
    "Account",
    "Fate",
    "Order",
    "Refused",
    "Repaired",
    "Report",
    "drop_old_uploads",
    "export_file",
    "export_rows",
    "give_back",
    "give_everything_back",
    "import_file",
    "import_here",
    "order_import",
    "run_import",
    "settle_withdrawn",
    "standing_of",
    "stop_import",
    "take_in",
    "take_over",
    "tombstones",
    "trees_to_settle",
    "withdraw",
    "withdraw_everything",
    "work_on_imports",
]
