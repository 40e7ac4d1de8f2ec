"""Which waiting prompts may grow, and which backlog trees are ranked."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Count, Q

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.trees.actions.moving import move
from oa.trees.models import Message, MessageQuerySet, Tree
from oa.trees.rules import State, Why

_MONTH = timedelta(days=30)


def _waiting_prompts(lang: str) -> MessageQuerySet:
    waiting = {"tree__lang": lang, "tree__archived": False, "tree__state": State.PROMPT_LOTTERY_WAITING}
    return Message.objects.filter(depth=0, withheld=False, **waiting)


def waiting_authors(*, lang: str, now: datetime) -> dict[UUID | None, int]:
    """Everybody with a prompt waiting in this language, and their weight in the lottery.

    The weight is 1 + the replies of theirs from the last month that were ranked best.
    """
    authors = list(
        _waiting_prompts(lang)
        .filter(Q(author=None) | Q(author__is_active=True))
        .values_list("author_id", flat=True)
        .distinct()
        .order_by("author_id")
    )
    wins: dict[UUID | None, int] = dict(
        Message.objects
        .filter(author__in=[a for a in authors if a], rank=0, deleted=False)
        .filter(created_date__gt=now - _MONTH)
        .values_list("author_id")
        .annotate(Count("id"))
    )
    return {author: 1 + wins.get(author, 0) for author in authors}


@verb
def draw_winners(*, lang: str, places: int, now: datetime, rng: Random) -> list[Tree]:
    """Let up to `places` waiting prompts of a language grow. Returns the trees, held and growing.

    First an author is drawn by weight, then one of their prompts by lot, so that nobody wins
    more by writing more.
    """
    winners: list[Tree] = []
    weights = waiting_authors(lang=lang, now=now)
    while weights and len(winners) < places:
        author = rng.choices(list(weights), list(weights.values()))[0]
        tree = _draw_prompt(lang=lang, author=author, rng=rng)
        if tree is None:
            del weights[author]
            continue
        move(tree, [(State.GROWING, Why.WON_LOTTERY)], now=now)
        winners.append(tree)
    return winners


def _draw_prompt(*, lang: str, author: UUID | None, rng: Random) -> Tree | None:
    """One of an author's waiting prompts, held; None when others have taken all of them."""
    theirs = _waiting_prompts(lang).filter(author=author).order_by("id")
    waiting = list(theirs.values_list("tree_id", flat=True)[:100])
    rng.shuffle(waiting)
    for tree_id in waiting:
        # Asked again: it may have been withheld since.
        still = theirs.order_by().filter(pk=tree_id).values("tree_id")
        tree = Tree.objects.in_state(State.PROMPT_LOTTERY_WAITING).filter(pk__in=still).hold_first_free()
        if tree is not None:
            return tree
    return None


@verb
def call_from_backlog(*, lang: str, now: datetime, by: User | None = None) -> Tree | None:
    """Bring one tree of a language from the backlog into ranking; end it if it has nothing to rank."""
    tree = Tree.objects.live().in_state(State.BACKLOG_RANKING).filter(lang=lang).hold_first_free()
    if tree is None:
        return None
    if any(group.ballots_missing for group in tree.shape().groups()):
        move(tree, [(State.RANKING, Why.CALLED_FROM_BACKLOG)], now=now, by=by)
    else:
        move(tree, [(State.ABORTED_LOW_GRADE, Why.NOTHING_TO_RANK)], now=now, by=by)
    return tree
