"""Everything that changes machine opinions."""

from oa.screening.actions.again import score_again, score_missing
from oa.screening.actions.detoxify import Rest, Scorer, languages_known, scorer, scorer_if_any
from oa.screening.actions.due import claim, claim_again, done, give_back, try_again, try_all_again
from oa.screening.actions.forgetting import forget
from oa.screening.actions.light import (
    keep_opinions,
    policy_for,
    read_waiting,
    refuse_personal_data,
    remarks_for_reviewers,
    remarks_on,
)
from oa.screening.actions.scoring import keep_scores, score_waiting
from oa.screening.actions.weights import AnotherDownloads, ModelMissing
from oa.screening.rules import Again

__all__ = [
    "Again",
    "AnotherDownloads",
    "ModelMissing",
    "Rest",
    "Scorer",
    "claim",
    "claim_again",
    "done",
    "forget",
    "give_back",
    "keep_opinions",
    "keep_scores",
    "languages_known",
    "policy_for",
    "read_waiting",
    "refuse_personal_data",
    "remarks_for_reviewers",
    "remarks_on",
    "score_again",
    "score_missing",
    "score_waiting",
    "scorer",
    "scorer_if_any",
    "try_again",
    "try_all_again",
]
