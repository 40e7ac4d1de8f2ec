"""What moderators do to messages and trees. Each verb holds the tree, changes it, settles it (advances and restocks
it), and leaves a Decision that says who, what, when and why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, place, refuse_archived, refuse_others
from oa.moderation.models import Decision, Report
from oa.moderation.rules import Verb
from oa.rankings import actions as rankings
from oa.reviews import actions as reviews
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Tree, TreeEvent
from oa.trees.rules import State, Why


@verb
def delete_message(*, message_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Delete a message with everything below it."""
    refuse_others(by)
    tree, message = place(message_id)
    gone = trees.delete_message(tree=tree, message=message)
    tasks.settle(tree, by=by, now=now)
    Report.objects.filter(message__in=gone, handled_at=None).update(handled_at=now)
    return decided(tell=gone, verb=Verb.DELETE, by=by, why=why, now=now, message=message, tree=tree,
        details={"messages": [str(pk) for pk in gone]},
    )  # fmt: skip


@verb
def restore_message(*, message_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Bring a deleted message back, with what was deleted together with it.

    A tree that stood still only because nothing was left of it goes on.
    """
    refuse_others(by)
    tree, message = place(message_id)
    deleted = Decision.objects.filter(message=message, verb=Verb.DELETE).order_by("-at", "-id").first()
    only = [UUID(pk) for pk in deleted.details["messages"]] if deleted else None
    back = trees.restore_message(tree=tree, message=message, only=only)
    if _halted_for_nothing_left(tree):
        tasks.restock(tree, now=now, shape=trees.resume(tree=tree, by=by, now=now))
    else:
        tasks.settle(tree, by=by, now=now)
    return decided(tell=back, verb=Verb.RESTORE, by=by, why=why, now=now, message=message, tree=tree,
        details={"messages": [str(pk) for pk in back]},
    )  # fmt: skip


def _halted_for_nothing_left(tree: Tree) -> bool:
    last = TreeEvent.objects.filter(tree=tree).order_by("-id").first()
    halted = tree.state == State.HALTED_BY_MODERATOR
    return halted and last is not None and last.why == Why.NOTHING_LEFT


@verb
def edit_message(*, message_id: UUID, text: str, why: str, by: User, now: datetime) -> Decision:
    """Change a text. What was said about the old one no longer counts."""
    refuse_others(by)
    tree, message = place(message_id)
    revision = trees.edit_text(tree=tree, message=message, text=text, by=by, now=now, why=why)
    reviews.supersede(message=message)
    # The order of its siblings was about the old words, and so was that of the replies to it.
    for parent_id in filter(None, (message.parent_id, message.pk)):
        rankings.supersede(parent_id=parent_id)
    tasks.settle(tree, by=by, now=now)
    Report.objects.filter(message=message, handled_at=None).update(handled_at=now)
    return decided(tell=[message.pk], verb=Verb.EDIT, by=by, why=why, now=now, message=message, tree=tree,
        details={"revision": str(revision.pk), "version": message.version},
    )  # fmt: skip


@verb
def halt_tree(*, tree_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Stop all work on a tree."""
    refuse_others(by)
    tree = trees.hold(tree_id=tree_id)
    refuse_archived(tree)
    before = tree.state
    trees.halt(tree=tree, by=by, now=now)
    tasks.restock(tree, now=now)
    return decided(tell=[tree.pk], verb=Verb.HALT, by=by, why=why, now=now, tree=tree, details={"before": before})


@verb
def resume_tree(*, tree_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Let a halted tree go on from where it was."""
    refuse_others(by)
    tree = trees.hold(tree_id=tree_id)
    refuse_archived(tree)
    shape = trees.resume(tree=tree, by=by, now=now)
    tasks.restock(tree, now=now, shape=shape)
    return decided(tell=[tree.pk], verb=Verb.RESUME, by=by, why=why, now=now, tree=tree, details={"after": tree.state})
