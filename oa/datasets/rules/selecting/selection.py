"""The filters of an export, as one value that can be kept, compared, sent and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from typing import Any, Self

from oa.datasets.rules.selecting.asking import check_that_they_agree, values_of
from oa.datasets.rules.selecting.kinds import Keep, ReviewResult
from oa.datasets.rules.selecting.sides import Shares
from oa.datasets.rules.selecting.words import sentences

READY = "ready_for_export"


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters. All of them must agree for a message to be written.

    Trees are chosen by `state` or `states` ("all" for every state), `lang` or `langs` (of the
    prompt), `origin`, `since` and `until` (first and last day of the prompt, UTC), `topic` (what the
    site's search finds among prompts), `synthetic` (trees without any synthetic message; any trees;
    the synthetic messages of trees that have some), `split` and `sample` (so many trees, those with
    the smallest lots; counted before messages are looked at).

    Messages are chosen by `deleted`, `withdrawn`, `review_result` (or `spam`, the original's name for
    what is not accepted), `synthetic_messages`, `model` (of the assistant's messages only those by
    this model; the prompter's stay), `role`, `user` or `users`, `prompts_only`, `min_reviews`,
    `min_label` and `max_label` (bounds of the mean, from 0 to 1), `min_label_low` (bound of the lower
    end of the mean's 95 % interval), `max_toxicity` (Detoxify's `toxicity`) with `scored_only`, and
    `releasable` (only what a release may hold: rules/consent.py).
    A message nobody labelled has no minimum, so `min_label` leaves it out; `max_label` and
    `max_toxicity` leave out only what is known to be above.

    With `user` and `users` all states are looked at, and `lang` means that of the message.
    """

    state: str = READY
    states: tuple[str, ...] = ()
    lang: str = ""
    langs: tuple[str, ...] = ()
    deleted: Keep = Keep.NO
    spam: Keep = Keep.NO
    synthetic: Keep = Keep.NO
    synthetic_messages: Keep = Keep.TOO
    withdrawn: Keep = Keep.NO
    review_result: ReviewResult | None = None
    role: str = ""
    model: str = ""
    user: str = ""
    users: tuple[str, ...] = ()
    prompts_only: bool = False
    since: date | None = None
    until: date | None = None
    min_label: Mapping[str, float] = field(default_factory=dict)
    max_label: Mapping[str, float] = field(default_factory=dict)
    min_label_low: Mapping[str, float] = field(default_factory=dict)
    min_reviews: int = 0
    max_toxicity: float | None = None
    scored_only: bool = False
    topic: str = ""
    origin: str = ""
    sample: int | None = None
    split: str = ""
    validation_share: float = 0.05
    test_share: float = 0.0
    split_seed: str = ""
    releasable: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """The selection that a JSON object describes; what is null, empty or missing asks nothing.

        Invalid: `unknown_filter`, `bad_filter_value`, `filters_contradict`; its `field` names the filter.
        """
        made = cls(**values_of(given))
        check_that_they_agree(made, given)
        return made

    def as_values(self) -> dict[str, Any]:
        """For JSON: what differs from the defaults, and the states always. `of` makes the same of it."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        usual = {one.name: getattr(Selection(), one.name) for one in fields(self)}
        found = {name: _plain(value) for name, value in said.items() if value != usual[name]}
        if self.people:
            return found
        return {"states": list(self.states or (self.state,)), **_without(found, "state", "states")}

    def in_words(self) -> list[str]:
        """Sentences that say what is chosen, in the reader's language."""
        return sentences(self)

    @property
    def list_mode(self) -> bool:
        """Whether single messages are asked for: they are written one by one, without their trees."""
        kinds = (self.deleted, self.spam, self.synthetic, self.synthetic_messages, self.withdrawn)
        alone = self.review in {ReviewResult.REJECTED, ReviewResult.UNDECIDED}
        return bool(self.people) or Keep.ONLY in kinds or alone or bool(self.role)

    @property
    def review(self) -> ReviewResult:
        """What must have come of a message's reviews."""
        if self.review_result is not None:
            return self.review_result
        return _AS_REVIEW[self.spam]

    @property
    def in_states(self) -> tuple[str, ...]:
        """The states of trees; none for all of them."""
        chosen = self.states or (() if self.people else (self.state,))
        return () if "all" in chosen else chosen

    @property
    def in_langs(self) -> tuple[str, ...]:
        return tuple(lang for lang in dict.fromkeys((self.lang, *self.langs)) if lang)

    @property
    def people(self) -> tuple[str, ...]:
        """Whose messages are asked for; nobody's for everybody's."""
        return tuple(person for person in dict.fromkeys((self.user, *self.users)) if person)

    @property
    def shares(self) -> Shares:
        return Shares(validation=self.validation_share, test=self.test_share, seed=self.split_seed)


_AS_REVIEW = {Keep.NO: ReviewResult.ACCEPTED, Keep.TOO: ReviewResult.ANY, Keep.ONLY: ReviewResult.REJECTED}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _without(found: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in names}
