"""The shape of a tree: its messages without their words, and what can be read off them.

States, seats and promises are all decided from a Shape, so that one query answers them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.trees.rules.policy import Policy

SKIP_REPLY = "_skip_reply"
SKIP_LABELING = "_skip_labeling"
SKIP_RANKING = "_skip_ranking"
RED_FLAG = "red_flag"


def public_reactions(emojis: Mapping[str, int] | None) -> dict[str, int]:
    """The counts everybody may be shown: flags and skips are for moderators only."""
    every = emojis or {}
    return {code: number for code, number in every.items() if code != RED_FLAG and not code.startswith("_")}


class Role(TextChoices):
    """Who speaks. A prompt is the prompter's; roles alternate."""

    PROMPTER = "prompter", _("prompter")
    ASSISTANT = "assistant", _("assistant")


def role_at(depth: int) -> Role:
    """The role that speaks at a depth: the prompter at 0, 2, 4 …"""
    return Role.ASSISTANT if depth % 2 else Role.PROMPTER


@dataclass(frozen=True, slots=True)
class Node:
    """One message without its words."""

    id: UUID
    parent_id: UUID | None
    author_id: UUID | None
    depth: int
    lang: str
    version: int
    deleted: bool
    review_count: int
    review_result: bool | None
    ranking_count: int
    rank: int | None
    emojis: Mapping[str, int] = field(default_factory=dict)
    withheld: bool = False
    extra_reviews: int = 0

    @property
    def role(self) -> Role:
        return role_at(self.depth)


@dataclass(frozen=True, slots=True)
class Group:
    """The accepted replies to one message that are alive: two or more, or there is nothing to rank."""

    parent: Node
    replies: tuple[Node, ...]
    ballots_missing: int


@dataclass(frozen=True)
class Shape:
    """A tree's limits and all its messages, parents before their replies.

    `moderated`: a moderator has looked and let it go on, so the automatic stops stay silent.
    """

    policy: Policy
    goal_size: int
    max_depth: int
    max_children: int
    nodes: Sequence[Node]
    moderated: bool = False

    @property
    def root(self) -> Node:
        return self.nodes[0]

    @cached_property
    def by_id(self) -> Mapping[UUID, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def alive(self) -> Sequence[Node]:
        """What counts: live (not deleted), and no message above it deleted or rejected."""
        sound: set[UUID] = set()
        found: list[Node] = []
        for node in self.nodes:
            if node.deleted or (node.parent_id is not None and node.parent_id not in sound):
                continue
            found.append(node)
            if node.review_result is not False:
                sound.add(node.id)
        return found

    @cached_property
    def withheld(self) -> frozenset[UUID]:
        """What nobody is to be shown until a moderator has looked: messages alive that are withheld, and all below."""
        found: set[UUID] = set()
        for node in self.alive:
            if node.withheld or node.parent_id in found:
                found.add(node.id)
        return frozenset(found)

    @cached_property
    def _alive_children(self) -> Mapping[UUID, list[Node]]:
        """Replies alive that are accepted or still under review, by parent."""
        found: dict[UUID, list[Node]] = {}
        for node in self.alive:
            if node.parent_id is not None and node.review_result is not False:
                found.setdefault(node.parent_id, []).append(node)
        return found

    def size(self) -> int:
        """How many messages are alive and accepted."""
        return sum(1 for node in self.alive if node.review_result)

    def pending(self) -> list[Node]:
        """Messages alive about which the reviewers have not decided."""
        return [node for node in self.alive if node.review_result is None]

    def reviews_missing(self, node: Node) -> int:
        """Reviews still wanted of a message."""
        if node.review_result is not None:
            return 0
        # Never nought while undecided, or the tree would wait for ever.
        return max(self.policy.reviews_wanted(node.depth) + node.extra_reviews - node.review_count, 1)

    def places(self) -> list[tuple[Node, int]]:
        """Every parent that may be answered now, with the number of replies it still takes."""
        found = []
        for node in self.alive:
            if node.review_result and node.depth < self.max_depth:
                most = self._replies_wanted(node)
                free = most - len(self._alive_children.get(node.id, ()))
                if free > 0:
                    found.append((node, free))
        return found

    def _replies_wanted(self, parent: Node) -> int:
        if parent.role is Role.PROMPTER:
            return self.max_children
        return min(self.policy.num_prompter_replies, self.max_children)

    def budget(self) -> int:
        """Replies the tree may still take before it reaches its goal."""
        counted = sum(1 for node in self.alive if node.review_result is not False)
        return max(self.goal_size - counted, 0)

    def openings(self) -> int:
        """Replies wanted now: places to reply, as far as the goal asks for them."""
        return min(self.budget(), sum(free for _node, free in self.places()))

    def openings_now(self) -> int:
        """Replies that may be written now: nobody answers what is withheld."""
        return min(self.budget(), sum(free for node, free in self.places() if node.id not in self.withheld))

    def is_lonely(self, parent: Node) -> bool:
        """Whether a prompter message has some replies, but fewer than a ranking is worth."""
        replies = len(self._alive_children.get(parent.id, ()))
        return parent.role is Role.PROMPTER and 0 < replies < self.policy.lonely_children_count

    def groups(self) -> list[Group]:
        """Every group that is to be ranked, with the ballots it still lacks."""
        return [
            Group(parent, replies, self._ballots_missing(replies))
            for parent, replies in self.sibling_groups()
            if replies[0].role is Role.ASSISTANT or self.policy.rank_prompter_replies
        ]

    def groups_now(self) -> list[Group]:
        """Groups that people may rank now: a reply that is withheld keeps its whole group waiting."""
        return [group for group in self.groups() if not any(reply.id in self.withheld for reply in group.replies)]

    def sibling_groups(self) -> list[tuple[Node, tuple[Node, ...]]]:
        """Parents with two or more accepted replies alive, ranked or not."""
        found = []
        for parent in self.alive:
            replies = tuple(n for n in self._alive_children.get(parent.id, ()) if n.review_result)
            if parent.review_result and len(replies) >= 2:
                found.append((parent, replies))
        return found

    def _ballots_missing(self, replies: Sequence[Node]) -> int:
        fewest = min(reply.ranking_count for reply in replies)
        return max(self.policy.num_required_rankings - fewest, 0)

    def ranks_outdated(self) -> bool:
        """Whether the ranks kept are not 0, 1, 2 … over exactly the replies that are to be ranked."""
        ranked = {reply.id for group in self.groups() for reply in group.replies}
        if any((node.rank is not None) != (node.id in ranked) for node in self.nodes):
            return True
        return any(
            sorted(reply.rank or 0 for reply in group.replies) != list(range(len(group.replies)))
            for group in self.groups()
        )

    def red_flagged(self) -> bool:
        flags = self.root.emojis.get(RED_FLAG, 0)
        return self._auto_moderated() and flags >= self.policy.auto_mod_red_flags

    def skipped_too_often(self) -> bool:
        limit = self.policy.auto_mod_max_skip_reply
        return self._auto_moderated() and any(node.emojis.get(SKIP_REPLY, 0) >= limit for node in self.alive)

    def _auto_moderated(self) -> bool:
        return self.policy.auto_mod_enabled and not self.moderated
