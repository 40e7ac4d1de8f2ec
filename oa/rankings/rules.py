"""From ballots to ranks: Tideman's ranked pairs over partial, tied ballots. No database in here.

Source: T. N. Tideman, Independence of clones as a criterion for voting rules, Social Choice and
Welfare 4 (1987) 185-206, with margins as the strength of a pair.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oa.core.errors import Invalid

Tiers = tuple[tuple[UUID, ...], ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's order: tiers best first, what shares a tier is tied; unranked ones are unjudged.

    `unacceptable` replies stand below all others and tied with each other. A vote that says the
    whole group can't be ranked (`not_rankable`) prefers nobody to anybody.
    """

    tiers: Tiers
    unacceptable: frozenset[UUID] = frozenset()
    not_rankable: bool = False

    def places(self) -> Mapping[UUID, int]:
        """The place of each judged reply, 0 the best; equal places are ties."""
        if self.not_rankable:
            return {}
        places = {reply: place for place, tier in enumerate(self.tiers) for reply in tier}
        places.update(dict.fromkeys(self.unacceptable, len(self.tiers)))
        return places


@dataclass(frozen=True, slots=True)
class Consensus:
    """The group's order. `order` is strict, for ranks; `tiers` says which of them were really tied."""

    order: tuple[UUID, ...]
    tiers: Tiers = field(default=())


def vote_of(*, tiers: Sequence[Sequence[UUID]], unacceptable: Sequence[UUID], not_rankable: bool) -> Vote:
    """A vote from what somebody sent; Invalid when a reply is named twice or a place is empty."""
    named = [reply for tier in tiers for reply in tier] + list(unacceptable)
    if any(not tier for tier in tiers):
        raise Invalid("bad_ranking", _("A place in the order is empty."))
    if len(named) != len(set(named)):
        raise Invalid("bad_ranking", _("A reply stands in the order twice."))
    return Vote(tuple(tuple(tier) for tier in tiers), frozenset(unacceptable), not_rankable)


def check_ballot(*, shown: Sequence[UUID], vote: Vote) -> None:
    """Refuse (Invalid) a vote that is not about exactly the replies that were shown.

    A vote that they can't be ranked may leave the order out.
    """
    named = {reply for tier in vote.tiers for reply in tier} | vote.unacceptable
    if named != set(shown) and (named or not vote.not_rankable):
        raise Invalid(
            "bad_ranking",
            _("The order must name each of the %(count)d replies shown exactly once.") % {"count": len(shown)},
            missing=sorted(str(reply) for reply in set(shown) - named),
            unknown=sorted(str(reply) for reply in named - set(shown))[:20],
        )


def margins(replies: Sequence[UUID], votes: Sequence[Vote]) -> dict[tuple[UUID, UUID], int]:
    """For each pair in one direction: how many more votes prefer the first to the second."""
    found = dict.fromkeys(combinations(replies, 2), 0)
    for vote in votes:
        places = vote.places()
        for first, second in found:
            if first in places and second in places:
                found[first, second] += (places[first] < places[second]) - (places[first] > places[second])
    return found


def consensus(replies: Sequence[UUID], votes: Sequence[Vote], *, seed: UUID) -> Consensus:
    """The order of all `replies` that the votes come to; every one of them has a place.

    Pairs are locked by strength, strongest first, unless they would close a circle. Equally
    strong pairs, and replies the votes can't tell apart, are taken in an order drawn from the
    seed (the parent's id), so the same votes always give the same order and no id is favoured.
    """
    drawn = sorted(replies, key=lambda reply: _lot(seed, reply))
    strength = margins(drawn, votes)
    wins = [(a, b, m) if m > 0 else (b, a, -m) for (a, b), m in strength.items() if m]
    # Equal margins keep the drawn order: `sorted` is stable and the pairs come from `drawn`.
    beats: dict[UUID, set[UUID]] = {reply: set() for reply in drawn}
    for better, worse, _margin in sorted(wins, key=lambda win: -win[2]):
        if not _reaches(beats, worse, better):
            beats[better].add(worse)
    return _layers(drawn, beats)


def _layers(drawn: Sequence[UUID], beats: Mapping[UUID, set[UUID]]) -> Consensus:
    """Take away whoever nobody left beats, again and again; those taken together are tied."""
    left = list(drawn)
    order: list[UUID] = []
    tiers: list[tuple[UUID, ...]] = []
    while left:
        beaten = {worse for better in left for worse in beats[better]}
        best = tuple(reply for reply in left if reply not in beaten)
        tiers.append(best)
        order.extend(best)
        left = [reply for reply in left if reply in beaten]
    return Consensus(tuple(order), tuple(tiers))


def _reaches(beats: Mapping[UUID, set[UUID]], start: UUID, goal: UUID) -> bool:
    """Whether locked pairs lead from one reply to another."""
    open_ends, seen = [start], {start}
    while open_ends:
        reply = open_ends.pop()
        if reply == goal:
            return True
        fresh = beats[reply] - seen
        seen |= fresh
        open_ends.extend(fresh)
    return False


def _lot(seed: UUID, reply: UUID) -> bytes:
    return hashlib.sha256(seed.bytes + reply.bytes).digest()


def agreement(vote: Vote, tiers: Tiers) -> tuple[int, int]:
    """Of the pairs that a vote and a result both put in an order: in how many the same one, and how many they are."""
    mine, same, told = vote.places(), 0, 0
    theirs = {reply: place for place, tier in enumerate(tiers) for reply in tier}
    for first, second in combinations(sorted(mine.keys() & theirs.keys()), 2):
        product = (mine[first] - mine[second]) * (theirs[first] - theirs[second])
        same += product > 0
        told += product != 0
    return same, told


class BallotOutcome(TextChoices):
    """How near the result came to one person's order."""

    WAITING = "waiting", gettext_lazy("no result yet")
    CHANGED = "changed", gettext_lazy("a text was changed afterwards")
    AGREED = "agreed", gettext_lazy("the same order")
    NEAR = "near", gettext_lazy("nearly the same order")
    DIFFERED = "differed", gettext_lazy("another order")
    UNDECIDED = "undecided", gettext_lazy("nothing to compare")


# From this share of the pairs on, an order is called near to the result.
NEAR_ENOUGH = 2 / 3


def outcome_of_ballot(vote: Vote, result: Tiers | None, *, counts: bool) -> tuple[BallotOutcome, str]:
    """How near the result (None: there is none yet) came to somebody's order, and the same as a sentence."""
    if not counts:
        return BallotOutcome.CHANGED, _("A moderator changed one of the texts afterwards; they are ranked again.")
    if result is None:
        return BallotOutcome.WAITING, _("No result yet: more people are asked.")
    same, told = agreement(vote, result)
    if not told:
        return BallotOutcome.UNDECIDED, _("Your ranking and the result have no order to compare.")
    words = _("You ordered %(same)d of %(all)d pairs as the result does.") % {"same": same, "all": told}
    if same == told:
        return BallotOutcome.AGREED, words
    return (BallotOutcome.NEAR if same >= NEAR_ENOUGH * told else BallotOutcome.DIFFERED), words
