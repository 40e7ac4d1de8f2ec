"""Everything that changes machine opinions."""

from oa.screening.actions.detoxify import ModelMissing, Rest, Scorer, scorer, scorer_if_any
from oa.screening.actions.scoring import keep_scores, score_waiting, unscored

__all__ = [
    "ModelMissing",
    "Rest",
    "Scorer",
    "keep_scores",
    "score_waiting",
    "scorer",
    "scorer_if_any",
    "unscored",
]
