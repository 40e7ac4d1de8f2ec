"""The original's history, made anew: who took part, under which policy, and what they wanted.

What the published figures come from, and where each is set:

| figure | comes from |
|---|---|
| prompts against replies | the weights of reviewing prompts and of replying: there is always some of both to do |
| trees growing, prompts under review | the limits of the policy: people are never short of either, so both stay full |
| messages a tree, depth | goal, children and depth of the policy, otherwise in English than elsewhere |
| prompts that ended (low grade) | TROLLS write mostly prompts, and all of it is spam; TROLL_WRITES_PROMPTS |
| trees that were halted | DULL messages are skipped by nearly everybody until the policy stops their tree |
| ratings of quality a message | three reviews, nearly every question answered (THOROUGH) |
| languages | SHARES: the part of the people who work in each |
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from oa.core.ids import id_of
from oa.simulation.rules.conduct import Truth, draw_truth
from oa.simulation.rules.people import Character, Person, draw_person
from oa.tasks.rules import LABELS, REPLIES, Kind, SkipReason

# From the first prompts to the day on which oasst1 was cut off.
BEGAN = datetime(2022, 12, 14, tzinfo=UTC)
A_CYCLE = timedelta(seconds=14.6)  # 120 days, shared among the 710,000 answers it takes
PEOPLE_AT_ONCE = 12  # so that a task is in somebody's hands for three minutes on average

SHARES = {
    "en": 0.428, "es": 0.314, "ru": 0.057, "de": 0.036, "fr": 0.029, "zh": 0.025, "th": 0.019, "pt-BR": 0.017,
    "ca": 0.016, "it": 0.020, "vi": 0.015, "pl": 0.012, "uk": 0.012,
}  # fmt: skip
SPEAKERS_AT_LEAST = 12
TWO_LANGUAGES = 0.05
TROLLS = 0.05
THOROUGH = 0.955

DULL, SKIPS_DULL = 0.06, 0.85
WALKS_OFF = 0.006
# Of what a troll asks for, the rest being reviews, or anything at all.
TROLL_WRITES_PROMPTS, TROLL_DOES_ANYTHING = 0.75, 0.1
DOES_NOT_PLAY_THE_PROMPTER = 0.6

GROWING, UNDER_REVIEW = 0.0142, 0.0036
WEIGHTS = {
    "weight_rank": 20.0, "weight_label_reply": 20.0, "weight_label_prompt": 2.35, "weight_reply": 1.0,
    "weight_initial_prompt": 2.0,
}  # fmt: skip
EVERYWHERE: Mapping[str, object] = {
    **WEIGHTS,
    "max_tree_depth": 5,
    "max_children_count": 3,
    "random_goal_tree_size": True,
    "min_goal_tree_size": 8,
    "goal_tree_size": 9,
    "auto_mod_max_skip_reply": 4,
    "max_prompt_lottery_waiting": 1_000_000,
}
ENGLISH: Mapping[str, object] = {
    "max_children_count": 2,
    "min_goal_tree_size": 5,
    "goal_tree_size": 11,
}


def languages(volunteers: int) -> list[str]:
    """Those that enough people would speak to review each other's prompts; always the largest one."""
    return [lang for lang, share in SHARES.items() if lang == "en" or share * volunteers >= SPEAKERS_AT_LEAST]


def policies(langs: Sequence[str], *, trees: int) -> dict[str, dict[str, object]]:
    """What is put in force for each language, when so many trees are to stand in the end."""
    whole = sum(SHARES[lang] for lang in langs)
    found = {}
    for lang in langs:
        theirs = trees * SHARES[lang] / whole
        limits = {
            "max_active_trees": max(round(theirs * GROWING), 1),
            "max_initial_prompt_review": max(round(theirs * UNDER_REVIEW), 2),
        }
        found[lang] = {**EVERYWHERE, **(ENGLISH if lang == "en" else {}), **limits}
    return found


def volunteers_of_history(volunteers: int, *, seed: int, langs: Sequence[str]) -> list[Person]:
    """Everybody who will ever take part, in the order in which they join."""
    rng = Random(f"history {seed}")
    weights = [SHARES[lang] for lang in langs]
    found = []
    for number in range(volunteers):
        spoken = rng.choices(langs, weights, k=1 + (rng.random() < TWO_LANGUAGES))
        # The first speakers of each language are dealt out, or a small one would have none for a while.
        if number < SPEAKERS_AT_LEAST * len(langs) and number % 2:
            spoken = [langs[number // 2 % len(langs)]]
        person = draw_person(number, seed=seed, languages=tuple(dict.fromkeys(spoken)), trolls=TROLLS, rng=rng)
        found.append(replace(person, thorough=THOROUGH))
    return found


def person_id(person: Person) -> UUID:
    """The id of somebody's account: every process knows by it who wrote a message."""
    return id_of(f"history {person.seed} {person.number}")


def history_email(person: Person) -> str:
    """Nobody's address."""
    return f"history-{person.number}@seed-{person.seed}.example"


def truth_of(message_id: UUID, author: Person | None) -> Truth:
    """What a text is like: the same for all who look, by its id and who wrote it. Trolls write nothing but spam."""
    if author is not None and author.character is Character.TROLL:
        return Truth(quality=0.05, spam=True)
    return draw_truth(Random(message_id.int), skill=author.skill if author else 0.6)


def is_dull(message_id: UUID) -> bool:
    """Whether nearly nobody would want to answer this."""
    return message_id.int % 10_007 < DULL * 10_007


def wishes(person: Person, *, rng: Random) -> list[list[Kind]]:
    """What somebody asks for now, and what else if there is none of that."""
    if person.character is Character.TROLL:
        labels = sorted(LABELS)
        if rng.random() < TROLL_WRITES_PROMPTS:
            return [[Kind.INITIAL_PROMPT], labels]
        return [list(Kind) if rng.random() < TROLL_DOES_ANYTHING else labels]
    if rng.random() < DOES_NOT_PLAY_THE_PROMPTER:
        return [[kind for kind in Kind if kind is not Kind.PROMPTER_REPLY]]
    return [list(Kind)]


def turns_down(person: Person, kind: Kind, message_id: UUID | None, *, rng: Random) -> SkipReason | None:
    """Why this task is skipped; None when it is done."""
    if kind in REPLIES and message_id is not None and is_dull(message_id) and rng.random() < SKIPS_DULL:
        return SkipReason.BAD_MESSAGE
    return rng.choice(list(SkipReason)) if rng.random() < person.skips else None


def joined_by_now(share: float, volunteers: int) -> int:
    """How many people have joined when this share of the trees stands: a rush at first, then a steady stream."""
    return max(min(round(volunteers * math.pow(share, 0.8)) + 1, volunteers), 1)


@dataclass(frozen=True, slots=True)
class Rounds:
    """How many answers are given between two rounds of each kind."""

    desks: int
    booking: int


def rounds_of(trees: int) -> Rounds:
    """Small histories look after their desks more often: their limits, too, are smaller."""
    return Rounds(desks=min(max(trees // 150, 15), 500), booking=max(trees // 10, 150))
