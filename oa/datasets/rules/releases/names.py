"""Names of the files beside the rows, and the parts of the card."""

from __future__ import annotations

CARD = "README.md"
DATASHEET = "DATASHEET.md"
CROISSANT = "croissant.json"
CHANGES = "CHANGES.json"
SAMPLES = "samples.json"
MANIFEST = "MANIFEST.json"
SUMS = "SHA256SUMS"
# In the order in which they are written: each may name those before it.
PAPERS = (SAMPLES, CHANGES, CARD, DATASHEET, CROISSANT, MANIFEST, SUMS)

_FENCE = "---\n"


def withdrawn_path(older: str) -> str:
    """The list of what users of an older release are asked to drop."""
    return f"withdrawn/{older}.jsonl"


def with_head(head: str, card: str) -> str:
    """A card with its head for programs, YAML between two fences."""
    return f"{_FENCE}{head.strip()}\n{_FENCE}\n{card.strip()}\n"


def without_head(card: str) -> str:
    """Only what people read of a card."""
    if not card.startswith(_FENCE):
        return card
    return card[len(_FENCE) :].partition(f"\n{_FENCE}")[2].strip()
