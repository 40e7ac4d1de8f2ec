"""What moderators do to messages and trees. Each verb holds the tree, changes it, settles it (advances and restocks
it), and leaves a Decision that says who, what, when and why, and what it changed, so that it can be undone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.accounts.rules import clean_language
from oa.core.errors import Missing
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, place, refuse_archived, refuse_others, refuse_own
from oa.moderation.actions.facts import changes, facts_of
from oa.moderation.models import Batch, Decision, Report
from oa.moderation.rules import Verb
from oa.rankings import actions as rankings
from oa.reviews import actions as reviews
from oa.tasks import actions as tasks
from oa.tasks.rules import group_version
from oa.trees import actions as trees
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State, Why


class Said(TypedDict):
    """What comes with a decision: why, and who decides when."""

    why: str
    reason: NotRequired[str]
    batch: NotRequired[Batch | None]
    by: User
    now: datetime


@verb
def delete_message(
    *, message_id: UUID, why: str, reason: str = "", batch: Batch | None = None, by: User, now: datetime
) -> Decision:
    """Delete a message with everything below it."""
    refuse_others(by)
    tree, message = place(message_id)
    was = facts_of(tree.pk)
    gone = trees.delete_message(tree=tree, message=message)
    tasks.settle(tree, by=by, now=now)
    close_reports(gone, now=now)
    return decided(
        tell=gone, verb=Verb.DELETE, by=by, why=why, reason=reason, batch=batch, now=now, message=message, tree=tree,
        details={"messages": [str(pk) for pk in gone]}, **changes(was, tree),
    )  # fmt: skip


@verb
def restore_message(
    *, message_id: UUID, why: str, reason: str = "", batch: Batch | None = None, by: User, now: datetime
) -> Decision:
    """Bring a deleted message back, with what was deleted together with it. Not one's own that another moderator has
    deleted.

    A tree that stood still only because nothing was left of it goes on.
    """
    refuse_others(by)
    tree, message = place(message_id)
    was = facts_of(tree.pk)
    deleted = Decision.objects.filter(message=message, verb=Verb.DELETE).order_by("-at", "-id").first()
    if deleted is not None and deleted.by_id not in (None, by.pk):
        refuse_own([message.author_id], by=by)
    only = [UUID(pk) for pk in deleted.details["messages"]] if deleted else None
    back = trees.restore_message(tree=tree, message=message, only=only)
    if _halted_for_nothing_left(tree):
        tasks.restock(tree, now=now, shape=trees.resume(tree=tree, by=by, now=now))
    else:
        tasks.settle(tree, by=by, now=now)
    return decided(
        tell=back, verb=Verb.RESTORE, by=by, why=why, reason=reason, batch=batch, now=now, message=message, tree=tree,
        details={"messages": [str(pk) for pk in back]}, **changes(was, tree),
    )  # fmt: skip


def _halted_for_nothing_left(tree: Tree) -> bool:
    last = TreeEvent.objects.filter(tree=tree).order_by("-id").first()
    halted = tree.state == State.HALTED_BY_MODERATOR
    return halted and last is not None and last.why == Why.NOTHING_LEFT


@verb
def edit_message(*, message_id: UUID, text: str, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Change a text. What was said about the old one no longer counts."""
    refuse_others(by)
    tree, message = place(message_id)
    was = facts_of(tree.pk)
    groups = groups_around(tree, message)
    revision = trees.edit_text(tree=tree, message=message, text=text, by=by, now=now, why=why)
    reviews.supersede(message=message)
    # The order of its siblings was about the old words, and so was that of the replies to it.
    for parent_id in groups:
        rankings.supersede(parent_id=parent_id)
    tasks.settle(tree, by=by, now=now)
    close_reports([message.pk], now=now)
    details = {
        "revision": str(revision.pk), "version": message.version, "judged_again": [str(message.pk)],
        "groups": {str(pk): version for pk, version in groups.items()},
    }  # fmt: skip
    return decided(
        tell=[message.pk], verb=Verb.EDIT, by=by, why=why, reason=reason, now=now, message=message, tree=tree,
        details=details, **changes(was, tree),
    )  # fmt: skip


def groups_around(tree: Tree, message: Message) -> dict[UUID, int]:
    """The parents of the groups in which a text is ranked or answered, with the versions of these groups."""
    shape = tree.shape()
    return {pk: group_version(shape.by_id[pk], shape) for pk in (message.parent_id, message.pk) if pk is not None}


@verb
def mark_spam(
    *, message_id: UUID, why: str, reason: str = "", batch: Batch | None = None, by: User, now: datetime
) -> Decision:
    """Reject a message, whatever reviewers say. Nothing below it counts any more; without a prompt a tree ends."""
    refuse_others(by)
    tree, message = place(message_id)
    was = facts_of(tree.pk)
    trees.reject(tree=tree, message=message)
    tasks.settle(tree, by=by, now=now)
    close_reports([message.pk], now=now)
    return decided(
        tell=[message.pk], verb=Verb.SPAM, by=by, why=why, reason=reason, batch=batch, now=now, message=message,
        tree=tree, **changes(was, tree),
    )  # fmt: skip


@verb
def move_language(*, tree_id: UUID, lang: str, **said: Unpack[Said]) -> Decision:
    """Say that a tree is in another language, with those of its messages that were in its own.

    Messages of which reviewers said that they were in the wrong language are reviewed again: that was about the old
    one. A tree that ended because its prompt was rejected so goes on. Whoever sits at a task about one of them loses
    it: they may not read the new language.
    """
    by, now = said["by"], said["now"]
    refuse_others(by)
    lang = clean_language(lang)
    tree = trees.hold(tree_id=tree_id)
    refuse_archived(tree)
    was = facts_of(tree.pk)
    moved = trees.change_language(tree=tree, lang=lang)
    again = reviews.judge_wrong_language_again(message_ids=set(moved) - _spam_of(tree))
    tasks.withdraw_about(message_ids=moved, now=now)
    tasks.open_desk(lang=lang)
    tasks.call_desks(was.tree["lang"], lang)
    tasks.restock(tree, now=now, shape=trees.go_on_after_rejection(tree=tree, by=by, now=now))
    return decided(
        tell=[tree.pk], verb=Verb.MOVE, tree=tree, details={"judged_again": [str(pk) for pk in again]},
        **said, **changes(was, tree),
    )  # fmt: skip


def _spam_of(tree: Tree) -> set[UUID | None]:
    """What a moderator has rejected: its language is not why."""
    found = Decision.objects.filter(tree=tree, verb=Verb.SPAM, undone_by=None)
    return set(found.values_list("message_id", flat=True))


@verb
def halt_tree(
    *, tree_id: UUID, why: str, reason: str = "", batch: Batch | None = None, by: User, now: datetime
) -> Decision:
    """Stop all work on a tree."""
    refuse_others(by)
    tree = trees.hold(tree_id=tree_id)
    refuse_archived(tree)
    was = facts_of(tree.pk)
    trees.halt(tree=tree, by=by, now=now)
    tasks.restock(tree, now=now)
    return decided(
        tell=[tree.pk], verb=Verb.HALT, by=by, why=why, reason=reason, batch=batch, now=now, tree=tree,
        details={"before": was.tree["state"]}, **changes(was, tree),
    )  # fmt: skip


@verb
def resume_tree(
    *, tree_id: UUID, why: str, reason: str = "", batch: Batch | None = None, by: User, now: datetime
) -> Decision:
    """Let a halted tree go on from where it was."""
    refuse_others(by)
    tree = trees.hold(tree_id=tree_id)
    refuse_archived(tree)
    was = facts_of(tree.pk)
    shape = trees.resume(tree=tree, by=by, now=now)
    tasks.restock(tree, now=now, shape=shape)
    return decided(
        tell=[tree.pk], verb=Verb.RESUME, by=by, why=why, reason=reason, batch=batch, now=now, tree=tree,
        details={"after": tree.state}, **changes(was, tree),
    )  # fmt: skip


def anywhere(message_id: UUID) -> tuple[Tree, Message]:
    """A message with its tree held, archived or not."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise Missing("no_such_message", _("There is no such message."))
    tree = trees.hold(tree_id=message.tree_id)
    message.refresh_from_db()
    return tree, message


def close_reports(message_ids: Collection[UUID], *, now: datetime) -> int:
    """A moderator has decided: whoever asked for that has their answer."""
    return Report.objects.filter(message__in=message_ids, handled_at=None).update(handled_at=now)
