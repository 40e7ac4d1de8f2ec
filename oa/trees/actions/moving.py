"""The one place that writes a tree's state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Missing
from oa.core.verbs import verb
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import FINISHED, TRANSITIONS, Shape, State, Why, facts_of, moves, resumed_state


class IllegalMove(Exception):
    """A move that the table of moves doesn't know: a mistake in the program, not in the input."""


class MovedMeanwhile(Exception):
    """The tree is no longer where the caller believed: it was written without being held."""


def hold(*, tree_id: UUID) -> Tree:
    """The tree, held for this transaction; Missing when there is none."""
    try:
        return Tree.objects.hold(tree_id)
    except Tree.DoesNotExist:
        raise Missing("no_such_tree", _("There is no such tree.")) from None


@verb
def move(tree: Tree, steps: Sequence[tuple[State, Why]], *, now: datetime, by: User | None = None) -> None:
    """Take a held tree along one or more arrows of TRANSITIONS, and write each step down.

    The update names the state we believe the tree is in: if it was not held and somebody was
    faster, no row matches, nothing is written and MovedMeanwhile says so.
    """
    if not steps:
        return
    before, events = State(tree.state), []
    for after, why in steps:
        if after not in TRANSITIONS[before]:
            raise IllegalMove(f"{tree}: {before} -> {after}")
        events.append(TreeEvent(tree=tree, before=before, after=after, why=why, by=by, at=now))
        before = after
    if not Tree.objects.filter(pk=tree.pk, state=tree.state).update(**_columns(tree, before, now)):
        raise MovedMeanwhile(f"{tree}: no longer {tree.state}")
    TreeEvent.objects.bulk_create(events)


@verb
def go_back(*, tree: Tree, to: State, why: Why, by: User | None, now: datetime) -> None:
    """Take a held tree back to a state it has been in, because a decision is undone. No arrow of TRANSITIONS leads
    there: the step is back along those it came by."""
    before = State(tree.state)
    if before is to:
        return
    been = TreeEvent.objects.filter(tree=tree, after=to).exists()
    if not been:
        raise IllegalMove(f"{tree}: it has never been {to}")
    if not Tree.objects.filter(pk=tree.pk, state=before).update(state=to, unbooked=True):
        raise MovedMeanwhile(f"{tree}: no longer {before}")
    tree.state = to
    TreeEvent.objects.create(tree=tree, before=before, after=to, why=why, by=by, at=now)


def _columns(tree: Tree, after: State, now: datetime) -> dict[str, object]:
    """What a move writes; the date of the lottery is that of the first entry into growing."""
    tree.state = after
    if after is State.GROWING and tree.won_lottery_at is None:
        tree.won_lottery_at = now
    return {"state": after, "won_lottery_at": tree.won_lottery_at, "unbooked": True}


def advance(tree: Tree, *, now: datetime, by: User | None = None, shape: Shape | None = None) -> Shape:
    """Take a held tree as far as its messages allow; a second call changes nothing.

    Returns the shape it was decided from. Archived trees stay as they came.
    """
    shape = shape or tree.shape()
    if not tree.archived:
        move(tree, list(moves(State(tree.state), facts_of(shape))), now=now, by=by)
    return shape


@verb
def halt(*, tree: Tree, by: User | None, now: datetime, why: Why = Why.HALTED) -> None:
    """Stop a held tree: nobody works on it until it is resumed."""
    if tree.state == State.HALTED_BY_MODERATOR:
        raise Conflict("already_halted", _("This tree is halted already."))
    move(tree, [(State.HALTED_BY_MODERATOR, why)], now=now, by=by)


def _refuse_hopeless(shape: Shape) -> None:
    """A tree whose prompt is gone or rejected would stop again at once."""
    if shape.root.deleted:
        raise Conflict(
            "prompt_is_deleted", _("Its prompt is deleted."), remedy=_("Restore the prompt; the tree then goes on.")
        )
    if shape.root.review_result is False:
        raise Conflict(
            "prompt_is_rejected",
            _("Its reviewers rejected the prompt."),
            remedy=_("Change its text, then resume the tree: it is reviewed again."),
        )


@verb
def rest(*, tree: Tree, by: User | None, now: datetime) -> None:
    """Halt a held tree that is under way: its author keeps the prompt out of data sets, so nothing can come of it."""
    if tree.state not in {*FINISHED, State.HALTED_BY_MODERATOR}:
        halt(tree=tree, by=by, now=now, why=Why.WITHDRAWN)


@verb
def wake(*, tree: Tree, by: User | None, now: datetime) -> None:
    """Let a held tree go on that `rest` had halted; one that was halted for another reason stays."""
    last = TreeEvent.objects.filter(tree=tree).order_by("-id").first()
    if tree.state == State.HALTED_BY_MODERATOR and last is not None and last.why == Why.WITHDRAWN and last.before:
        move(tree, [(State(last.before), Why.GIVEN_BACK)], now=now, by=by)


@verb
def resume(*, tree: Tree, by: User | None, now: datetime) -> Shape:
    """Let a halted (or aborted) tree go on from where it was, then as far as it can."""
    if tree.state not in (State.HALTED_BY_MODERATOR, State.ABORTED_LOW_GRADE):
        raise Conflict("not_halted", _("This tree is not halted."))
    last = TreeEvent.objects.filter(tree=tree).order_by("-id").first()
    shape = tree.shape()
    _refuse_hopeless(shape)
    if Message.objects.kept_out().filter(pk=tree.pk).exists():
        raise Conflict("prompt_is_withdrawn", _("Its author keeps the prompt out of data sets."))
    to = resumed_state(
        State(last.before) if last and last.before else None,
        facts_of(shape),
        won_lottery=tree.won_lottery_at is not None,
        has_replies=len(shape.nodes) > 1,
    )
    if to not in TRANSITIONS[State(tree.state)]:
        # An aborted tree starts again from the review of its prompt.
        to = State.INITIAL_PROMPT_REVIEW
    Tree.objects.filter(pk=tree.pk).update(moderated=True)
    tree.moderated = True
    move(tree, [(to, Why.RESUMED)], now=now, by=by)
    return advance(tree, now=now, by=by)
