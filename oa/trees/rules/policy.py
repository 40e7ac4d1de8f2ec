"""Every number that shapes a tree. Defaults are those of the original platform.

A policy is kept as a row and never changed: an edit is a new version. A tree keeps the policy it
started with, so a change never moves the goal of work under way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Literal, get_args

from django.utils.translation import gettext as _

from oa.core.errors import Invalid

# What is done about something that a machine found in a text: nothing, write it down, ask the writer, refuse it.
Handling = Literal["off", "log", "warn", "block"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How trees grow and who is asked for what. Docstrings under the fields are their help texts."""

    goal_tree_size: int = 12
    """Accepted messages at which a tree stops growing."""
    random_goal_tree_size: bool = False
    """Draw each tree's goal between the smallest and the usual goal."""
    min_goal_tree_size: int = 5
    """The smallest goal that may be drawn."""
    max_tree_depth: int = 3
    """How deep replies may go; the prompt has depth 0."""
    max_children_count: int = 3
    """Replies wanted to each prompter message."""
    num_prompter_replies: int = 1
    """Replies wanted to each assistant message."""
    num_reviews_initial_prompt: int = 3
    """Reviews that decide about a prompt."""
    num_reviews_reply: int = 3
    """Reviews that decide about a reply."""
    acceptance_threshold_initial_prompt: float = 0.6
    """A prompt is accepted above this: 1 - (mean spam + mean language mismatch)."""
    acceptance_threshold_reply: float = 0.6
    """The same for replies."""
    num_required_rankings: int = 3
    """Ballots wanted on each group of replies."""
    rank_prompter_replies: bool = False
    """Whether several replies of the prompter are ranked too."""
    max_active_trees: int = 10
    """Trees growing at once, for each language."""
    max_initial_prompt_review: int = 100
    """Prompts under review at once, for each language, beside those that could grow now."""
    max_prompt_lottery_waiting: int = 250
    """Accepted prompts waiting for the lottery, for each language, before no more are asked for."""
    lonely_children_count: int = 2
    """A parent with fewer replies than this, but some, is lonely."""
    p_lonely_child_extension: float = 0.75
    """How often a lonely parent is preferred when an answer is asked for."""
    p_activate_backlog_tree: float = 0.1
    """Chance that a finished tree calls one from the ranking backlog."""
    min_active_rankings_per_lang: int = 0
    """Trees in ranking, for each language, below which the backlog is called upon."""
    p_full_labeling_review_prompt: float = 1.0
    """How often a prompt is reviewed with all labels rather than the short form."""
    p_full_labeling_review_reply_assistant: float = 1.0
    """The same for replies of the assistant."""
    p_full_labeling_review_reply_prompter: float = 0.25
    """The same for replies of the prompter."""
    weight_rank: float = 10.0
    """Weight of ranking when any task will do."""
    weight_label_reply: float = 5.0
    """Weight of reviewing replies."""
    weight_label_prompt: float = 5.0
    """Weight of reviewing prompts."""
    weight_reply: float = 2.0
    """Weight of writing replies."""
    weight_initial_prompt: float = 0.01
    """Weight of writing prompts."""
    lease_minutes_write: int = 60
    """How long a writing task stays with a person; typing extends it."""
    lease_minutes_judge: int = 20
    """How long a review or a ranking stays with a person."""
    max_pending_tasks_per_user: int = 8
    """Tasks a person may hold at once."""
    message_size_limit: int = 20_000
    """Characters a message may have."""
    duplicate_message_window_minutes: int = 120
    """Within this time nobody may send the same text twice."""
    auto_mod_enabled: bool = True
    """Whether red flags and skips stop a tree by themselves."""
    auto_mod_max_skip_reply: int = 25
    """People who skipped answering one message before its tree is halted."""
    auto_mod_red_flags: int = 4
    """Red flags on a prompt that end its tree."""
    auto_mod_red_flags_reply: int = 4
    """Red flags on a reply that delete it with all below it."""
    claim_minutes: int = 10
    """How long a case stays with the moderator who opened it."""
    split_margin: float = 0.15
    """A decided message counts as split when its acceptance lies no farther than this from the threshold."""
    suspicious_rate: float = 0.4
    """From this share of pieces gone wrong on (the lower end of its 95 % interval) an account counts as suspicious."""
    suspicious_min_pieces: int = 5
    """Pieces of work from which on it is told how much of somebody's work goes wrong."""
    embargo_days: int = 30
    """Days that pass after a message was written before it may be in a data set."""
    initial_prompts_enabled: bool = True
    """Whether new prompts are asked for at all."""
    points_prompt: float = 0.1
    """Points for a prompt that is not deleted."""
    points_prompter_reply: float = 1.0
    """Points for a reply as the prompter that is not deleted."""
    points_assistant_reply: float = 4.0
    """Points for a reply as the assistant that is not deleted."""
    points_short_review: float = 1.0
    """Points for a review in the short form."""
    points_full_review: float = 2.0
    """Points for a review with all labels."""
    points_ranking: float = 1.0
    """Points for a ranking."""
    points_prompt_accepted: float = 0.1
    """Points more for a prompt when its reviewers accept it."""
    points_prompter_reply_accepted: float = 1.0
    """Points more for a reply as the prompter when its reviewers accept it."""
    points_assistant_reply_accepted: float = 4.0
    """Points more for a reply as the assistant when its reviewers accept it."""
    points_review_agreed: float = 1.0
    """Points more for a review that came to the same verdict as all reviewers together."""
    points_ranking_agreed: float = 1.0
    """Points more for a ranking near the consensus."""
    points_ranked_first: float = 9.0
    """Points more for a reply that the consensus puts first."""
    points_ranked_second: float = 3.0
    """Points more for a reply that the consensus puts second, with another behind it."""
    points_ranked_third: float = 1.0
    """Points more for a reply that the consensus puts third, with another behind it."""
    ranking_agreement: float = 0.66
    """A ranking is near the consensus when at least this share of the pairs it decides are decided the same there."""
    weekly_goal: int = 1000
    """Tasks that everybody together means to do in a week."""
    toxicity_machine_high: float = 0.7
    """From this on, the highest of the machine's seven scores counts as high."""
    toxicity_machine_low: float = 0.2
    """Up to this, the highest of the machine's seven scores counts as low."""
    toxicity_people_high: float = 0.5
    """From this on, what reviewers say (rude, hateful, sexual, violent, not appropriate) counts as high."""
    toxicity_people_low: float = 0.25
    """Up to this, what reviewers say (rude, hateful, sexual, violent, not appropriate) counts as low."""
    toxicity_min_reviews: int = 2
    """Reviews from which on it counts what reviewers say of a message when people and machine are compared."""
    toxicity_hides: bool = False
    """Whether a message whose highest score is above the top threshold is kept out of tasks until a moderator looks."""
    toxicity_hide_above: float = 0.95
    """The top threshold of the machine's seven scores."""
    check_language: bool = True
    """Whether a machine guesses in which language a text is written, and says so if it is another one."""
    check_duplicates: bool = True
    """Whether new prompts are compared with those of other people."""
    duplicate_likeness: float = 0.8
    """From this share of common runs of letters on, two prompts count as nearly the same."""
    personal_data_email: Handling = "warn"
    """What is done about e-mail addresses in a text."""
    personal_data_phone: Handling = "warn"
    """What is done about telephone numbers in a text."""
    personal_data_card: Handling = "warn"
    """What is done about numbers of payment cards in a text."""
    personal_data_iban: Handling = "warn"
    """What is done about numbers of bank accounts (IBAN) in a text."""
    personal_data_key: Handling = "warn"
    """What is done about keys, tokens and passwords in a text."""

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Policy:
        """A policy from stored values; what is not stored has its default. Invalid if out of range."""
        try:
            return _policy_of(tuple((name, type(value), value) for name, value in values.items()))
        except TypeError:  # a list or the like, which no field is: say which
            return _checked(values)

    def reviews_wanted(self, depth: int) -> int:
        """How many reviews decide about a message at this depth."""
        return self.num_reviews_reply if depth else self.num_reviews_initial_prompt

    def as_values(self) -> dict[str, object]:
        """All fields by name, ready to be stored."""
        return asdict(self)


def _checked(values: Mapping[str, object]) -> Policy:
    known = {field.name: field.type for field in fields(Policy)}
    for name, value in values.items():
        _check_kind(name, value, known)
    policy = Policy(**values)  # type: ignore[arg-type]  # each was just checked by name
    _check_ranges(policy)
    return policy


# A site has a handful of policies, and every request asks for some: checking one again takes 0.3 ms.
@lru_cache(maxsize=256)
def _policy_of(values: tuple[tuple[str, type, object], ...]) -> Policy:
    return _checked({name: value for name, _kind, value in values})


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A field that one policy has otherwise than another."""

    field: str
    before: object
    after: object


def changed_fields(before: Policy, after: Policy) -> list[PolicyChange]:
    """What is otherwise in the second policy, in the order of the fields."""
    old, new = before.as_values(), after.as_values()
    return [PolicyChange(name, old[name], new[name]) for name in old if old[name] != new[name]]


HANDLINGS: tuple[str, ...] = get_args(Handling)
_KINDS: dict[str, tuple[type, ...]] = {"int": (int,), "float": (int, float), "bool": (bool,), "Handling": (str,)}


def _check_kind(name: str, value: object, known: Mapping[str, object]) -> None:
    if name not in known:
        raise Invalid("unknown_policy_field", _("There is no policy field “%s”.") % name)
    kind = str(known[name])
    if kind == "Handling" and value not in HANDLINGS:
        choices = ", ".join(HANDLINGS)
        raise Invalid(
            "bad_policy_value", _("“%(name)s” must be one of: %(choices)s.") % {"name": name, "choices": choices}
        )
    wrong_bool = isinstance(value, bool) and kind != "bool"
    if wrong_bool or not isinstance(value, _KINDS[kind]):
        raise Invalid("bad_policy_value", _("“%(name)s” must be %(kind)s.") % {"name": name, "kind": kind})


# Above these a tree's own columns and dates could not hold what the policy asks for.
_HIGHEST = {
    "goal_tree_size": 10_000, "min_goal_tree_size": 10_000, "max_tree_depth": 1_000, "max_children_count": 1_000,
    "lease_minutes_write": 43_200, "lease_minutes_judge": 43_200, "duplicate_message_window_minutes": 525_600,
    "claim_minutes": 1_440, "embargo_days": 3_650,
}  # fmt: skip


# Fields whose names begin so are shares of one.
_SHARES = (
    "p_", "acceptance_", "ranking_agreement", "toxicity_machine_", "toxicity_people_", "toxicity_hide_above",
    "duplicate_likeness", "split_margin", "suspicious_rate",
)  # fmt: skip


def _check_ranges(policy: Policy) -> None:
    """What would make a tree impossible is refused here, not met later in a tree that is stuck."""
    at_least_one = (
        "goal_tree_size", "min_goal_tree_size", "num_reviews_initial_prompt", "num_reviews_reply",
        "num_required_rankings", "lease_minutes_write", "lease_minutes_judge",
        "max_pending_tasks_per_user", "message_size_limit", "weekly_goal", "toxicity_min_reviews",
        "claim_minutes", "suspicious_min_pieces", "auto_mod_red_flags", "auto_mod_red_flags_reply",
        "auto_mod_max_skip_reply",
    )  # fmt: skip
    for name, value in policy.as_values().items():
        low = 1 if name in at_least_one else 0
        high = 1 if name.startswith(_SHARES) else _HIGHEST.get(name, 1_000_000)
        if isinstance(value, int | float) and not low <= value <= high:
            raise Invalid("bad_policy_value", _("“%s” is out of range.") % name)
    if policy.min_goal_tree_size > policy.goal_tree_size:
        raise Invalid("bad_policy_value", _("The smallest goal is above the usual goal."))
    for whom in ("machine", "people"):
        if getattr(policy, f"toxicity_{whom}_low") > getattr(policy, f"toxicity_{whom}_high"):
            name = f"toxicity_{whom}_low"
            raise Invalid("bad_policy_value", _("“%s” is above what counts as high.") % name)
