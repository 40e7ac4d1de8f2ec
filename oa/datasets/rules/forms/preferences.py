"""Which answer people preferred: pairs, ranked groups, and answers marked good or bad one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms.branches import Branches, is_answer
from oa.datasets.rules.forms.columns import Kind, Schema
from oa.datasets.rules.forms.dress import Dress, Group, Row
from oa.datasets.rules.forms.means import mean_of
from oa.datasets.rules.forms.oasst import tree_name
from oa.datasets.rules.forms.turns import TURN, turn, turns
from oa.reviews.rules import Label

PREFERENCE: Schema = {
    "prompt": [TURN],
    "chosen": [TURN],
    "rejected": [TURN],
    "margin": Kind.NUMBER,
    "agreement": Kind.NUMBER,
    "ballots": Kind.INTEGER,
    "chosen_rank": Kind.INTEGER,
    "rejected_rank": Kind.INTEGER,
    "message_tree_id": Kind.TEXT,
    "parent_id": Kind.TEXT,
    "chosen_message_id": Kind.TEXT,
    "rejected_message_id": Kind.TEXT,
    "lang": Kind.TEXT,
}
RANKED: Schema = {
    "prompt": [TURN],
    "completions": [[TURN]],
    "ranks": [Kind.INTEGER],
    "places": [Kind.INTEGER],
    "ballots": Kind.INTEGER,
    "message_tree_id": Kind.TEXT,
    "parent_id": Kind.TEXT,
    "message_ids": [Kind.TEXT],
    "lang": Kind.TEXT,
}
KTO: Schema = {
    "prompt": [TURN],
    "completion": [TURN],
    "label": Kind.FLAG,
    "reason": Kind.TEXT,
    "message_tree_id": Kind.TEXT,
    "message_id": Kind.TEXT,
    "lang": Kind.TEXT,
}
UNKNOWN = Group()
# Unranked answers of at least this mean quality are good examples, those below it bad ones.
GOOD_QUALITY = 0.5


def places(ranked: Sequence[Entry], group: Group) -> list[int]:
    """The places of ranked answers, best first, from 0 on without gaps; those tied in the result share one.

    Ranks alone have no ties: they are told apart by lot where the ballots can't tell.
    """
    tier_of = {reply: tier for tier, replies in enumerate(group.tiers) for reply in replies}
    found = [0]
    for better, worse in zip(ranked, ranked[1:], strict=False):
        tier = tier_of.get(better.message_id)
        tied = better.rank == worse.rank or (tier is not None and tier == tier_of.get(worse.message_id))
        found.append(found[-1] + (not tied))
    return found


def agreement(group: Group, better: Entry, worse: Entry) -> tuple[float | None, int | None]:
    """The share of ballots that put one answer above the other, and of how many: those that judge both.

    Who ties them is counted among them and agrees with nobody. (None, 0) where no ballot judges both.
    """
    told = [
        (ballot[better.message_id], ballot[worse.message_id])
        for ballot in group.ballots
        if better.message_id in ballot and worse.message_id in ballot
    ]
    return sum(mine < other for mine, other in told) / len(told) if told else None, len(told)


def _group(dress: Dress, parent: Entry) -> Group:
    return (dress.groups or {}).get(parent.message_id, UNKNOWN)


def preference_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """One row for each two ranked answers to the same message that don't share a place.

    `margin`: how many places they stand apart, as a share of the greatest distance in their group.
    """
    branches = Branches.of(chosen)
    name = tree_name(tree, dress)
    for parent, ranked in branches.groups():
        group = _group(dress, parent)
        placed = list(zip(places(ranked, group), ranked, strict=True))
        last = placed[-1][0]
        prompt = turns(branches.path(parent))
        for (place, better), (behind, worse) in combinations(placed, 2):
            if place == behind:
                continue
            share, ballots = agreement(group, better, worse)
            yield {
                "prompt": prompt,
                "chosen": [turn(better)],
                "rejected": [turn(worse)],
                "margin": (behind - place) / last,
                "agreement": share,
                "ballots": ballots if dress.groups is not None else None,
                "chosen_rank": better.rank,
                "rejected_rank": worse.rank,
                "message_tree_id": name,
                "parent_id": dress.name_of(parent.message_id),
                "chosen_message_id": dress.name_of(better.message_id),
                "rejected_message_id": dress.name_of(worse.message_id),
                "lang": parent.lang,
            }


def ranked_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """One row for each message with two or more ranked answers: all of these, best first."""
    branches = Branches.of(chosen)
    for parent, ranked in branches.groups():
        group = _group(dress, parent)
        yield {
            "prompt": turns(branches.path(parent)),
            "completions": [[turn(reply)] for reply in ranked],
            "ranks": [reply.rank for reply in ranked],
            "places": places(ranked, group),
            "ballots": len(group.ballots) if dress.groups is not None else None,
            "message_tree_id": tree_name(tree, dress),
            "parent_id": dress.name_of(parent.message_id),
            "message_ids": [dress.name_of(reply.message_id) for reply in ranked],
            "lang": parent.lang,
        }


def kto_rows(tree: Conversation, chosen: Sequence[Entry], dress: Dress) -> Iterator[Row]:
    """One row for each answer that is a good or a bad example, with the reason.

    Left out are answers nobody can tell that of, and all below a message that reviewers rejected:
    no model shall learn from what it should never have been asked.
    """
    branches = Branches.of(chosen)
    standing = {
        reply.message_id: (place, group_places[-1])
        for parent, ranked in branches.groups()
        for group_places in [places(ranked, _group(dress, parent))]
        for reply, place in zip(ranked, group_places, strict=True)
    }
    for entry in branches.depth_first():
        reason = _reason(entry, standing.get(entry.message_id)) if is_answer(entry) else None
        path = branches.path(entry) if reason else []
        if reason is None or any(step.review_result is False for step in path[:-1]):
            continue
        yield {
            "prompt": turns(path[:-1]),
            "completion": [turn(entry)],
            "label": reason in GOOD,
            "reason": reason,
            "message_tree_id": tree_name(tree, dress),
            "message_id": dress.name_of(entry.message_id),
            "lang": entry.lang,
        }


GOOD = frozenset({"ranked_first", "thumbs_up", "high_quality"})


def _reason(answer: Entry, standing: tuple[int, int] | None) -> str | None:
    """Why an answer is a good or a bad example: what reviewers decided, then its rank, then thumbs, then quality."""
    if answer.review_result is False:
        return "rejected"
    if standing is not None and standing[1]:
        return {0: "ranked_first", standing[1]: "ranked_last"}.get(standing[0])
    if not answer.review_result:
        return None
    return _by_thumbs(answer) or _by_quality(answer)


def _by_thumbs(answer: Entry) -> str | None:
    emojis = answer.emojis or {}
    thumbs = emojis.get("+1", 0) - emojis.get("-1", 0)
    return None if not thumbs else "thumbs_up" if thumbs > 0 else "thumbs_down"


def _by_quality(answer: Entry) -> str | None:
    quality = mean_of(answer, Label.QUALITY)
    return None if quality is None else "high_quality" if quality >= GOOD_QUALITY else "low_quality"
