"""What every form is given beside a tree: how ids are written, which parts of a message, what its judges said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
# Message id -> kind of event -> the events, as they are written.
Events = Mapping[str, Mapping[str, list[Row]]]


@dataclass(frozen=True, slots=True)
class Group:
    """What is known of the replies to one message beside their ranks, under the ids of the entries.

    `tiers`: what the ballots came to, best first, those in one tier tied; empty: not known.
    `ballots`: of each ballot that counts, reply -> place, 0 the best, equal places are ties
    (`oa.rankings.rules.Vote.places`). Ballots that say all are wrong are not among them.
    """

    tiers: Sequence[Sequence[str]] = ()
    ballots: Sequence[Mapping[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Dress:
    """How things are written down. One for a whole file, but for what belongs to single trees.

    name_of    every id is written as this says: of messages, trees and people
    labels, emojis, detoxify    whether these parts of a message are written
    no_replies    tree rows of nothing but prompts have no list of replies
    events     None: not asked for; else the events of the tree at hand, in their final words
    groups     None: not known; else the groups of the tree at hand by the id of the message replied to
    judgements whatever `forms/judgements.py` makes its rows of, of the tree at hand
    """

    name_of: Callable[[str], str]
    labels: bool = True
    emojis: bool = True
    detoxify: bool = True
    no_replies: bool = False
    events: Events | None = None
    groups: Mapping[str, Group] | None = None
    judgements: Any = None
