"""Putting a tree back as it was before a decision that is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict
from oa.core.verbs import verb
from oa.trees.actions.moving import advance, go_back, move
from oa.trees.actions.writing import leave_word, recount_children, refuse_second_voice
from oa.trees.models import Message, MessageRevision, Tree, TreeEvent
from oa.trees.rules import Shape, State, Why, facts_of, moves

# Why a tree stands still though nobody decided that it should.
BY_ITSELF = frozenset({Why.PROMPT_REJECTED, Why.NOTHING_LEFT})


@verb
def put_back_deleted(*, tree: Tree, gone: Sequence[UUID], back: Sequence[UUID]) -> list[UUID]:
    """Delete these messages of a held tree with whatever lives below them, and bring those back. Gives what lives
    again.

    Conflict if something would live below what is deleted, or a second time beside its author's newer reply.
    """
    nodes = {node.id: node for node in Message.objects.nodes_of(tree.pk)}
    returning = {pk for pk in back if nodes[pk].deleted}
    leaving: set[UUID] = set()
    for node in nodes.values():  # parents first
        above = nodes.get(node.parent_id) if node.parent_id else None
        if not node.deleted and (node.id in gone or (above is not None and above.id in leaving)):
            leaving.add(node.id)
        if node.id in returning and above is not None and above.deleted and above.id not in returning:
            raise Conflict(
                "parent_is_deleted", _("The message it answers is deleted."), remedy=_("Restore that one first.")
            )
    if Message.objects.filter(pk__in=returning, erased=True).exists():
        raise Conflict("text_is_gone", _("The words were erased."))
    refuse_second_voice(list(returning))
    Message.objects.filter(pk__in=returning).update(deleted=False)
    Message.objects.filter(pk__in=leaving).update(deleted=True)
    recount_children(tree)
    leave_word(tree)
    return [pk for pk in nodes if pk in returning]


@verb
def put_back_words(*, tree: Tree, message: Message, version: int, why: str, by: User, now: datetime) -> None:
    """Give a message of a held tree the words of an earlier version, as a new version. Conflict if they are erased."""
    earlier = MessageRevision.objects.filter(message=message, version=version).first()
    if earlier is None or not earlier.text:
        raise Conflict("text_is_gone", _("The earlier text was erased."))
    MessageRevision.objects.create(message=message, version=message.version, text=message.text, why=why, by=by, at=now)
    message.text, message.version = earlier.text, message.version + 1
    message.save(update_fields=["text", "version"])
    leave_word(tree)


@verb
def put_back_columns(*, tree: Tree, messages: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Give columns of messages of a held tree the values they had: facts, of which nothing is counted."""
    for pk, columns in messages.items():
        if columns:
            Message.objects.filter(pk=pk, tree=tree).update(**columns)
    leave_word(tree)


@verb
def put_back_limits(*, tree: Tree, columns: Mapping[str, Any]) -> None:
    """Give columns of a held tree the values they had; not its state, which only moves change."""
    for name, value in columns.items():
        setattr(tree, name, value)
    Tree.objects.filter(pk=tree.pk).update(**columns)


@verb
def return_to(*, tree: Tree, was: State | None, left: State | None, why: Why, by: User | None, now: datetime) -> Shape:
    """End the undoing of a decision: a held tree goes back to the state it `was` in if it still is where the decision
    `left` it, or stands still by itself; then as far as its messages allow."""
    shape = tree.shape()
    target = was if was is not None and tree.state == left else _where_it_stopped(tree)
    if target is not None and _comes_to_rest(target, shape) is not State(tree.state):
        go_back(tree=tree, to=target, why=why if target is was else Why.UNDONE, by=by, now=now)
    return advance(tree, now=now, by=by, shape=shape)


def _where_it_stopped(tree: Tree) -> State | None:
    """Where a tree was before it stopped by itself; None when it goes on, or somebody stopped it."""
    if tree.state not in (State.HALTED_BY_MODERATOR, State.ABORTED_LOW_GRADE):
        return None
    last = TreeEvent.objects.filter(tree=tree).order_by("-id").first()
    by_itself = last is not None and last.why in BY_ITSELF and last.before
    return State(last.before) if by_itself and last is not None and last.before else None


def _comes_to_rest(start: State, shape: Shape) -> State:
    """Where a tree of this shape would end if it began here."""
    return [start, *(state for state, _why in moves(start, facts_of(shape)))][-1]


@verb
def go_on_after_rejection(*, tree: Tree, by: User | None, now: datetime) -> Shape:
    """A held tree that ended because its prompt was rejected is reviewed again if it is not rejected any more."""
    shape = tree.shape()
    root = shape.root
    last = TreeEvent.objects.filter(tree=tree).order_by("-id").first()
    ended = tree.state == State.ABORTED_LOW_GRADE and last is not None and last.why == Why.PROMPT_REJECTED
    if ended and not root.deleted and root.review_result is not False:
        move(tree, [(State.INITIAL_PROMPT_REVIEW, Why.PROMPT_REVIEWED_AGAIN)], now=now, by=by)
    return advance(tree, now=now, by=by, shape=shape)
