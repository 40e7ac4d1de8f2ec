"""Everything that changes machine opinions."""

from oa.screening.actions.again import score_again, score_missing
from oa.screening.actions.detoxify import Rest, Scorer, languages_known, scorer, scorer_if_any
from oa.screening.actions.due import claim, claim_again, done, give_back, put_back
from oa.screening.actions.scoring import keep_scores, score_waiting
from oa.screening.actions.weights import AnotherDownloads, ModelMissing

__all__ = [
    "AnotherDownloads",
    "ModelMissing",
    "Rest",
    "Scorer",
    "claim",
    "claim_again",
    "done",
    "give_back",
    "keep_scores",
    "languages_known",
    "put_back",
    "score_again",
    "score_missing",
    "score_waiting",
    "scorer",
    "scorer_if_any",
]
