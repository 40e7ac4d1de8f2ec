"""What machine opinions are about: pure, no database in here."""

from oa.screening.rules.due import FAILURES, LEASE, MOST_TRIES, Waiting, in_short, is_hopeless, wait_after
from oa.screening.rules.toxicity import (
    CHARACTERS_IN_A_BATCH,
    SCORES,
    SUPPORTED,
    Check,
    MachineState,
    in_batches,
    is_supported,
    seven,
)

__all__ = [
    "CHARACTERS_IN_A_BATCH",
    "FAILURES",
    "LEASE",
    "MOST_TRIES",
    "SCORES",
    "SUPPORTED",
    "Check",
    "MachineState",
    "Waiting",
    "in_batches",
    "in_short",
    "is_hopeless",
    "is_supported",
    "seven",
    "wait_after",
]
