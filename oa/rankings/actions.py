"""Everything that changes rankings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import UUIDField
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden
from oa.core.prepared import Prepared, Slot, insert
from oa.core.verbs import verb
from oa.rankings.models import Ballot, GroupRanking
from oa.rankings.rules import Vote, check_ballot, consensus
from oa.trees import actions as trees
from oa.trees.models import Message
from oa.trees.rules import Group, State, Why

_MINE = Prepared(
    lambda: Message.objects
    .live()
    .filter(parent_id=Slot("parent", UUIDField()), author_id=Slot("by", UUIDField()))
    .values_list("id")
)  # fmt: skip


@verb
def rank(*, parent: Message, shown: Sequence[UUID], vote: Vote, by: User, now: datetime) -> Ballot:
    """Keep one person's order of the replies to a message, in the order they were shown.

    The caller holds the tree. Replies deleted since they were shown stay on the ballot: they may
    come back. Refused for people whose own reply is in the group, and for second ballots.
    """
    check_ballot(shown=shown, vote=vote)
    if _MINE(parent=parent.pk, by=by.pk):
        raise Forbidden("own_reply_in_group", _("Nobody ranks a group that holds their own reply."))
    made = Ballot(
        parent=parent, by=by, shown=list(shown),
        tiers=[[str(reply) for reply in tier] for tier in vote.tiers],
        unacceptable=sorted(vote.unacceptable), not_rankable=vote.not_rankable, created_at=now,
    )  # fmt: skip
    if not insert(made, unless_there=True):
        raise Conflict("already_ranked", _("You have ranked these replies already."))
    trees.record_ballot(shown)
    return made


@verb
def score(*, tree_id: UUID, now: datetime) -> bool:
    """Turn the ballots of a tree into ranks. A tree that is not waiting for scores is left alone."""
    tree = trees.hold(tree_id=tree_id)
    if tree.archived or tree.state != State.READY_FOR_SCORING:
        return False
    shape = trees.advance(tree, now=now)
    if tree.state != State.READY_FOR_SCORING:
        return False
    ranks: dict[UUID, int] = {}
    for group in shape.groups():
        ranks.update(_score_group(group, now=now))
    trees.record_ranks(tree, ranks)
    trees.move(tree, [(State.READY_FOR_EXPORT, Why.SCORED)], now=now)
    return True


def _score_group(group: Group, *, now: datetime) -> dict[UUID, int]:
    """The rank of each reply of a group, 0 the best; the tiers are kept beside them."""
    ballots = list(Ballot.objects.counting().of(group.parent.id).order_by("id"))
    votes = [ballot.vote() for ballot in ballots] + _imported_votes(group.parent.id)
    order = consensus([reply.id for reply in group.replies], votes, seed=group.parent.id)
    GroupRanking.objects.update_or_create(
        parent_id=group.parent.id,
        defaults={
            "tiers": [[str(reply) for reply in tier] for tier in order.tiers],
            "ballots": len(ballots),
            "not_rankable": sum(ballot.not_rankable for ballot in ballots),
            "scored_at": now,
        },
    )
    return {reply: rank for rank, reply in enumerate(order.order)}


def _imported_votes(parent_id: UUID) -> list[Vote]:
    """The order that came with an import counts as one vote: its own ballots were not published."""
    brought = Message.objects.filter(parent_id=parent_id, baseline__has_key="rank")
    ranked = sorted((row.baseline["rank"], row.pk) for row in brought if row.baseline)
    return [Vote(tuple((pk,) for _rank, pk in ranked))] if len(ranked) > 1 else []


@verb
def supersede(*, parent_id: UUID) -> int:
    """A reply's text was changed: the ballots on its group stay, and no longer count."""
    changed = Ballot.objects.counting().of(parent_id).update(counts=False)
    trees.revoke_ballots(parent_id=parent_id)
    return changed


@verb
def count_again(*, parent_id: UUID, ballot_ids: Collection[UUID]) -> None:
    """Of all ballots on the replies to a message of a held tree exactly these count, and so the replies' counts say."""
    theirs = Ballot.objects.of(parent_id)
    theirs.counting().exclude(pk__in=ballot_ids).update(counts=False)
    theirs.filter(pk__in=ballot_ids).update(counts=True)
    trees.count_ballots(parent_id, theirs.counting().values_list("shown", flat=True))
