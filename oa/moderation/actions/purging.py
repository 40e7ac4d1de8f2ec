"""Erasing for good: one moderator asks, another confirms, workers erase a tree at a time.

The rows stay as deleted shells without words, so that what other people judged, and all counts, stay true.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.community import actions as community
from oa.core.errors import Conflict, Forbidden, Invalid, Missing
from oa.core.verbs import verb
from oa.moderation.actions.cases import open_purge_case
from oa.moderation.actions.deciding import decided, person_below, refuse_others, refuse_own
from oa.moderation.models import Appeal, Decision, Note, Purge, Report
from oa.moderation.rules import Verb
from oa.screening import actions as screening
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Message, Tree


@verb
def ask_purge(
    *,
    message_id: UUID | None = None,
    person_id: UUID | None = None,
    why: str,
    reason: str = "",
    by: User,
    now: datetime,
) -> Purge:
    """Ask that a message with all below it, or all that a person wrote, be erased for good. Another must confirm.

    Conflict `already_asked`, and `already_erased` where no words are left.
    """
    refuse_others(by)
    if (message_id is None) == (person_id is None):
        raise Invalid("one_thing_at_a_time", _("Name either a message or a person."))
    wish = Purge(why=why, reason=reason, asked_by=by, asked_at=now)
    if message_id is not None:
        wish.message = _held_message(message_id)
    else:
        wish.person = person_below(person_id, by=by) if person_id else None
    if Purge.objects.filter(message=wish.message, person=wish.person, done_at=None, called_off_at=None).exists():
        raise Conflict("already_asked", _("Somebody has asked for this already."))
    wish.total = _words_of(wish).count()
    if not wish.total and wish.person is None:
        raise Conflict("already_erased", _("Its words are erased already."))
    wish.save(force_insert=True)
    open_purge_case(purge=wish, now=now)
    _note_down(Verb.ASK_PURGE, wish, why=why, by=by, now=now)
    return wish


def _held_message(message_id: UUID) -> Message:
    tree_id = Message.objects.filter(pk=message_id).values_list("tree_id", flat=True).first()
    if tree_id is None:
        raise Missing("no_such_message", _("There is no such message."))
    trees.hold(tree_id=tree_id)
    return Message.objects.get(pk=message_id)


@verb
def confirm_purge(*, purge_id: UUID, why: str = "", by: User, now: datetime) -> Purge:
    """Agree that something is erased for good. Workers do it; the account of a person is closed at once.

    Not for whoever asked (`asked_by_yourself`); Conflict `already_confirmed`, `called_off`.
    """
    refuse_others(by)
    wish = _open_purge(purge_id)
    if wish.asked_by_id == by.pk:
        raise Forbidden(
            "asked_by_yourself", _("You asked for this yourself."), remedy=_("It takes another moderator.")
        )  # fmt: skip
    about = list(_words_of(wish).values_list("id", flat=True)) if wish.message_id else []
    if wish.person_id:
        tasks.release_all(person=User.objects.get(pk=wish.person_id), now=now)
        _close_account(person_below(wish.person_id, by=by), now=now)
    wish.total = _words_of(wish).count()
    wish.confirmed_by, wish.confirmed_at = by, now
    wish.save(update_fields=["total", "confirmed_by", "confirmed_at"])
    _note_down(Verb.PURGE, wish, why=why or wish.why, by=by, now=now, tell=about)
    return wish


@verb
def call_off_purge(*, purge_id: UUID, why: str, by: User, now: datetime) -> Purge:
    """Let something stay. Conflict `already_confirmed`, `called_off`. Not for whoever wrote it, or is to be erased."""
    refuse_others(by)
    wish = _open_purge(purge_id)
    refuse_own([wish.person_id, wish.message.author_id if wish.message else None], by=by)
    wish.called_off_at = now
    wish.save(update_fields=["called_off_at"])
    _note_down(Verb.CALL_OFF_PURGE, wish, why=why, by=by, now=now)
    return wish


def _open_purge(purge_id: UUID) -> Purge:
    """A wish that is neither confirmed nor called off, held."""
    wish = Purge.objects.select_for_update(of=("self",), no_key=True).filter(pk=purge_id).first()
    if wish is None:
        raise Missing("no_such_purge", _("There is no such erasure."))
    if wish.confirmed_at is not None:
        raise Conflict("already_confirmed", _("This erasure is confirmed already."))
    if wish.called_off_at is not None:
        raise Conflict("called_off", _("This erasure was called off."))
    return wish


def _note_down(
    what: Verb, wish: Purge, *, why: str, by: User, now: datetime, tell: Sequence[UUID] = ()
) -> Decision:  # one value each
    about = wish.message
    return decided(
        verb=what, by=by, why=why, reason=wish.reason, now=now, person=wish.person, message=about,
        tree_id=about.tree_id if about else None, tell=tell,
        details={"purge": str(wish.pk), "total": wish.total, "messages": [str(pk) for pk in tell]},
    )  # fmt: skip


def _close_account(person: User, *, now: datetime) -> None:
    """Nobody signs in as them again; what they said of themselves, and what was noted about them, is gone."""
    tasks.forget_drafts(person=person)
    accounts.close_account(person=person, erases_texts=False, now=now)
    community.forget(person=person)
    Appeal.objects.filter(by=person).update(text="")
    Note.objects.filter(person=person).delete()


@verb
def erase_next_tree(*, purge_id: UUID, now: datetime) -> bool:
    """Erase what is to be erased in one tree; whether there may be more. Two workers never do the same one.

    A worker that dies leaves a whole number of trees erased, and the next round goes on.
    """
    at_work = Purge.objects.filter(pk=purge_id, confirmed_at__isnull=False, done_at=None)
    wish = at_work.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if wish is None:
        return False
    tree_id = _words_of(wish).order_by("tree_id").values_list("tree_id", flat=True).first()
    if tree_id is None:
        Purge.objects.filter(pk=wish.pk).update(done_at=now)
        return False
    tree = trees.hold(tree_id=tree_id)
    erased = erase(tree, list(_words_of(wish).filter(tree=tree).order_by("depth", "id")), now=now)
    Purge.objects.filter(pk=wish.pk).update(erased=F("erased") + erased)
    return True


def erase_trees(*, purge_id: UUID, most: int, now: datetime) -> int:
    """Erase in up to `most` trees, each in a transaction of its own. Gives in how many."""
    trees_done = 0
    while trees_done < most and erase_next_tree(purge_id=purge_id, now=now):
        trees_done += 1
    return trees_done


def _words_of(wish: Purge) -> QuerySet[Message]:
    """What is still to be erased."""
    left = Message.objects.filter(erased=False)
    if wish.message is None:
        return left.filter(author=wish.person_id)
    return left.filter(tree=wish.message.tree_id, pk__in=_below(wish.message))


def _below(top: Message) -> list[UUID]:
    """A message and all below it, deleted or not."""
    found: dict[UUID, None] = {}
    for node in Message.objects.nodes_of(top.tree_id):
        if node.id == top.pk or node.parent_id in found:
            found[node.id] = None
    return list(found)


def erase(tree: Tree, messages: Sequence[Message], *, now: datetime) -> int:
    """Delete these messages of a held tree, with all below them, and take all words from them. Gives how many."""
    ids = [message.pk for message in messages]
    for message in messages:
        message.refresh_from_db(fields=["deleted"])  # it may have gone with one above it
        if not message.deleted:
            trees.delete_message(tree=tree, message=message)
    trees.erase(messages=ids)
    screening.forget(messages=ids)
    tasks.forget_words(messages=ids)
    Report.objects.filter(message__in=ids).update(note="")
    Report.objects.filter(Q(message__tree=tree, message__deleted=True), handled_at=None).update(handled_at=now)
    if not tree.archived:
        tasks.settle(tree, now=now)
    return len(ids)
