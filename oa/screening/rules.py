"""What Detoxify says, and of which languages. No database in here."""

from __future__ import annotations

# The order of the published files.
SCORES = (
    "toxicity",
    "severe_toxicity",
    "obscene",
    "identity_attack",
    "insult",
    "threat",
    "sexual_explicit",
)
