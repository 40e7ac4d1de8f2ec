"""Everything that changes machine opinions."""

from oa.screening.actions.detoxify import ModelMissing, Rest, Scorer, scorer, scorer_if_any
from oa.screening.actions.due import claim, claim_again, done, give_back, put_back
from oa.screening.actions.scoring import keep_scores, score_waiting, unscored

__all__ = [
    "ModelMissing",
    "Rest",
    "Scorer",
    "claim",
    "claim_again",
    "done",
    "give_back",
    "keep_scores",
    "put_back",
    "score_waiting",
    "scorer",
    "scorer_if_any",
    "unscored",
]
