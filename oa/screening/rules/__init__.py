"""What machine opinions are about: pure, no database in here."""

from oa.screening.rules.toxicity import (
    CHARACTERS_IN_A_BATCH,
    SCORES,
    SUPPORTED,
    Check,
    MachineState,
    Waiting,
    in_batches,
    is_supported,
    seven,
)

__all__ = [
    "CHARACTERS_IN_A_BATCH",
    "SCORES",
    "SUPPORTED",
    "Check",
    "MachineState",
    "Waiting",
    "in_batches",
    "is_supported",
    "seven",
]
