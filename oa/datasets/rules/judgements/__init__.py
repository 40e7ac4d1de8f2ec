"""Single judgements of a file: its rows read and checked, and what of them stands in the counts of a message."""

from oa.datasets.rules.judgements.counting import Kept, with_ballots, with_codes, with_reviews
from oa.datasets.rules.judgements.reading import Judgement, Pile, is_judgement, judgement_of, seats_of
from oa.datasets.rules.judgements.standing import Scene, check

__all__ = [
    "Judgement",
    "Kept",
    "Pile",
    "Scene",
    "check",
    "is_judgement",
    "judgement_of",
    "seats_of",
    "with_ballots",
    "with_codes",
    "with_reviews",
]
