"""Everything that changes machine opinions."""

from oa.screening.actions.detoxify import ModelMissing, Scorer, scorer
from oa.screening.actions.scoring import keep_scores, score_waiting, unscored

__all__ = ["ModelMissing", "Scorer", "keep_scores", "score_waiting", "scorer", "unscored"]
