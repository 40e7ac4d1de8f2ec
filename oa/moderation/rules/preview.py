"""What a change of the policy would do. No database in here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.tasks.rules import LanguageCounts, free_growing_places, prompts_wanted
from oa.trees.rules import Policy, PolicyChange


class Stock(TextChoices):
    """What there is of in a language."""

    PROMPTS = "initial_prompt", _("prompts to write")
    PROMPT_REVIEWS = "label_initial_prompt", _("reviews that these prompts will want")
    GROWING = "growing", _("trees that may grow at once")
    STARTING = "starting", _("waiting prompts that start to grow now")
    REPLIES = "assistant_reply", _("replies that a new tree wants at its start")


# What decides whether something needs a moderator, or is kept from people until one looks.
_ASKING = frozenset({
    "toxicity_people_high", "toxicity_machine_high", "toxicity_min_reviews", "toxicity_hides", "toxicity_hide_above",
    "auto_mod_max_skip_reply", "split_margin", "suspicious_rate", "suspicious_min_pieces",
})  # fmt: skip


def asks_moderators_anew(changes: Iterable[PolicyChange]) -> bool:
    """Whether these changes may open or close cases."""
    return any(change.field in _ASKING for change in changes)


@dataclass(frozen=True, slots=True)
class StockLine:
    """How much there is of something now, and how much there would be."""

    kind: Stock
    lang: str
    open_now: int
    would_be: int


def stock_lines(lang: str, counts: LanguageCounts, before: Policy, after: Policy) -> list[StockLine]:
    """What a language has by the policy in force, and what by another. Trees under way are not touched."""
    now, then = _stock(counts, before), _stock(counts, after)
    return [StockLine(kind, lang, now[kind], then[kind]) for kind in Stock]


def _stock(counts: LanguageCounts, policy: Policy) -> dict[Stock, int]:
    prompts = prompts_wanted(counts, policy)
    return {
        Stock.PROMPTS: prompts,
        Stock.PROMPT_REVIEWS: prompts * policy.num_reviews_initial_prompt,
        Stock.GROWING: policy.max_active_trees,
        Stock.STARTING: min(free_growing_places(counts, policy), counts.waiting),
        Stock.REPLIES: min(policy.max_children_count, policy.goal_tree_size - 1) if policy.max_tree_depth else 0,
    }
