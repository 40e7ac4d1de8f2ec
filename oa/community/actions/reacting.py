"""Reactions: given, taken back, and counted on the message."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.community.models import Reaction
from oa.community.rules import VOTES, Emoji, opposite
from oa.core.errors import Conflict, Forbidden, Missing
from oa.core.verbs import verb
from oa.tasks import actions as tasks
from oa.tasks.actions.handing import refuse_unfit
from oa.trees import actions as trees
from oa.trees.models import Message, Tree
from oa.trees.rules import RED_FLAG


@verb
def react(*, message_id: UUID, emoji: Emoji, by: User, now: datetime) -> Message:
    """Give a message a reaction; giving it again changes nothing. A vote takes the place of the opposite one.

    Refused for a vote on one's own message, and on what is deleted, archived or withheld from whoever reacts.
    """
    refuse_unfit(by, now=now)
    tree, message = _place(message_id)
    if message.deleted:
        raise Conflict("message_is_gone", _("This message was removed."))
    if message.is_kept_from(by):
        raise Conflict("message_withheld", _("A moderator looks at it first."))
    if message.author_id == by.pk and emoji in VOTES:
        raise Forbidden("own_message", _("Nobody votes on their own message."))
    if (other := opposite(emoji)) is not None:
        _take_back(message_id, other, by=by)
    _row, new = Reaction.objects.get_or_create(message=message, person=by, emoji=emoji, defaults={"at": now})
    if new:
        trees.count_reaction(message_id, code=emoji.value, change=1)
        _settle(tree, emoji, now=now)
    return Message.objects.select_related("tree").get(pk=message_id)


@verb
def unreact(*, message_id: UUID, emoji: Emoji, by: User, now: datetime) -> Message:
    """Take a reaction back; taking back what was never given changes nothing."""
    tree, _message = _place(message_id)
    if _take_back(message_id, emoji, by=by):
        _settle(tree, emoji, now=now)
    return Message.objects.select_related("tree").get(pk=message_id)


def _take_back(message_id: UUID, emoji: Emoji, *, by: User) -> bool:
    gone, _rows = Reaction.objects.filter(message=message_id, person=by, emoji=emoji).delete()
    if gone:
        trees.count_reaction(message_id, code=emoji.value, change=-1)
    return bool(gone)


def _settle(tree: Tree, emoji: Emoji, *, now: datetime) -> None:
    """Enough flags on a prompt end its tree; no other reaction moves anything."""
    if emoji == RED_FLAG:
        tasks.settle(tree, now=now)


def _place(message_id: UUID) -> tuple[Tree, Message]:
    """A message of a live tree, with the tree held."""
    tree_id = Message.objects.filter(pk=message_id).values_list("tree_id", flat=True).first()
    if tree_id is None:
        raise Missing("no_such_message", _("There is no such message."))
    tree = trees.hold(tree_id=tree_id)
    if tree.archived:
        raise Conflict("tree_is_archived", _("This conversation is an archived import and stays as it came."))
    return tree, Message.objects.get(pk=message_id)
