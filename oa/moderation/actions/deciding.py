"""Everything moderators do. Each verb holds the tree, changes it, settles it (advances and restocks it), and
leaves a Decision that says who, what, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts import actions as accounts
from oa.accounts import rules as who
from oa.accounts.models import User
from oa.community import actions as community
from oa.core.errors import Conflict, Forbidden, Gone, Missing
from oa.core.verbs import verb
from oa.moderation.models import Decision, Report
from oa.moderation.rules import ReportReason, Verb
from oa.rankings import actions as rankings
from oa.reviews import actions as reviews
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State, Why


def refuse_others(by: User) -> None:
    """Only enabled moderators decide."""
    if not (by.is_active and by.is_moderator):
        raise Forbidden("moderators_only", _("Only moderators may do this."))


def place(message_id: UUID) -> tuple[Tree, Message]:
    """A message of a live tree, with the tree held."""
    tree_id = Message.objects.filter(pk=message_id).values_list("tree_id", flat=True).first()
    if tree_id is None:
        raise Missing("no_such_message", _("There is no such message."))
    tree = trees.hold(tree_id=tree_id)
    refuse_archived(tree)
    return tree, Message.objects.get(pk=message_id)


def refuse_archived(tree: Tree) -> None:
    if tree.archived:
        raise Conflict(
            "tree_is_archived",
            _("This tree is an archived import and is never changed."),
            remedy=_("Take it over first."),
        )


def _decided(
    message_ids: Sequence[UUID], *, verb: Verb, why: str, by: User, now: datetime, **about: object
) -> Decision:
    """Write a decision down, and tell the authors of these messages."""
    made = Decision.objects.create(verb=verb, why=why, by=by, at=now, **about)
    community.tell_of_decision(decision_id=made.pk, decided=verb, why=why, message_ids=message_ids, by=by, now=now)
    return made


@verb
def delete_message(*, message_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Delete a message with everything below it."""
    refuse_others(by)
    tree, message = place(message_id)
    gone = trees.delete_message(tree=tree, message=message)
    tasks.settle(tree, by=by, now=now)
    Report.objects.filter(message__in=gone, handled_at=None).update(handled_at=now)
    return _decided(
        gone, verb=Verb.DELETE, by=by, why=why, now=now, message=message, tree=tree,
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
    return _decided(
        back, verb=Verb.RESTORE, by=by, why=why, now=now, message=message, tree=tree,
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
    return _decided(
        [message.pk], verb=Verb.EDIT, by=by, why=why, now=now, message=message, tree=tree,
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
    return _decided([tree.pk], verb=Verb.HALT, by=by, why=why, now=now, tree=tree, details={"before": before})


@verb
def resume_tree(*, tree_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Let a halted tree go on from where it was."""
    refuse_others(by)
    tree = trees.hold(tree_id=tree_id)
    refuse_archived(tree)
    shape = trees.resume(tree=tree, by=by, now=now)
    tasks.restock(tree, now=now, shape=shape)
    return _decided([tree.pk], verb=Verb.RESUME, by=by, why=why, now=now, tree=tree, details={"after": tree.state})


@verb
def report(*, message_id: UUID, reason: ReportReason, note: str, by: User, now: datetime) -> tuple[Report, bool]:
    """Ask moderators to look at a message, and whether this is new: reporting again replaces what one said before."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise Missing("no_such_message", _("There is no such message."))
    if message.deleted:
        raise Gone("message_is_gone", _("This message was removed already."))
    if message.author_id == by.pk:
        raise Forbidden("own_message", _("This is your own message."), remedy=_("Ask a moderator to remove it."))
    said = {"reason": reason, "note": note, "at": now, "handled_at": None}
    return Report.objects.update_or_create(message=message, by=by, defaults=said)


@verb
def dismiss_report(*, report_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Close a report: nothing needs to be done."""
    refuse_others(by)
    found = Report.objects.select_for_update(of=("self",)).filter(pk=report_id).select_related("message").first()
    if found is None:
        raise Missing("no_such_report", _("There is no such report."))
    if found.handled_at is not None:
        raise Conflict("already_closed", _("This report is closed already."))
    found.handled_at = now
    found.save(update_fields=["handled_at"])
    return Decision.objects.create(
        verb=Verb.DISMISS, by=by, why=why, at=now, message=found.message, tree_id=found.message.tree_id,
        details={"report": str(found.pk), "reason": found.reason},
    )  # fmt: skip


def _person(person_id: UUID, *, by: User) -> User:
    """Somebody this moderator may act on, held."""
    refuse_others(by)
    try:
        person = User.objects.hold(person_id)
    except User.DoesNotExist:
        raise Missing("no_such_person", _("There is no such person.")) from None
    if person.pk == by.pk or not who.may_act_on(by.role, person.role):
        raise Forbidden("not_above_them", _("You may not decide about this person."))
    return person


@verb
def disable_person(*, person_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Shut somebody out. What they hold goes back; their prompts leave the lottery by a job."""
    # Trees are held before people: first let go of what they hold.
    refuse_others(by)
    target = User.objects.filter(pk=person_id).first()
    if target is not None and who.may_act_on(by.role, target.role) and target.pk != by.pk:
        tasks.release_all(person=target, now=now)
    person = _person(person_id, by=by)
    if not person.is_active:
        raise Conflict("already_disabled", _("This person is disabled already."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    community.show_again(person=person)
    return Decision.objects.create(verb=Verb.DISABLE, by=by, why=why, at=now, person=person)


@verb
def enable_person(*, person_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Let somebody in again."""
    person = _person(person_id, by=by)
    if person.is_active:
        raise Conflict("not_disabled", _("This person is not disabled."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    community.show_again(person=person)
    return Decision.objects.create(verb=Verb.ENABLE, by=by, why=why, at=now, person=person)


@verb
def set_role(*, person_id: UUID, role: who.Role, why: str, by: User, now: datetime) -> Decision:
    """Give somebody another role. Only administrators do."""
    person = _person(person_id, by=by)
    if not who.may_grant(by.role, role):
        raise Forbidden("admins_only", _("Only administrators give roles."))
    before, person.role = person.role, role
    # Who was made by `createsuperuser` has the run of Django's admin, which goes with the role.
    person.is_superuser = person.is_superuser and person.is_admin
    person.save(update_fields=["role", "is_superuser"])
    return Decision.objects.create(
        verb=Verb.SET_ROLE, by=by, why=why, at=now, person=person,
        details={"before": before, "after": role},
    )  # fmt: skip


@verb
def halt_prompt_of_disabled(*, tree_id: UUID, now: datetime) -> bool:
    """A waiting prompt of somebody who was disabled leaves the lottery."""
    tree = trees.hold(tree_id=tree_id)
    author = User.objects.filter(messages__id=tree_id).first()
    waits = tree.state == State.PROMPT_LOTTERY_WAITING and not tree.archived
    if not waits or author is None or author.is_active or author.left_at is not None:
        return False
    trees.halt(tree=tree, by=None, now=now, why=Why.AUTHOR_DISABLED)
    tasks.restock(tree, now=now)
    return True


@verb
def leave(*, password: str, erases_texts: bool, by: User, now: datetime) -> None:
    """Close one's own account for good. Texts that are to go are deleted by a job: there may be thousands.

    Forbidden for the wrong password; Conflict for the only administrator.
    """
    if not by.check_password(password):
        raise Forbidden("wrong_password", _("This is not your password."))
    tasks.release_all(person=by, now=now)
    tasks.forget_drafts(person=by)
    if by.is_admin:
        _refuse_the_last_administrator(by)
    accounts.close_account(person=User.objects.hold(by.pk), erases_texts=erases_texts, now=now)
    community.forget(person=by)


def _refuse_the_last_administrator(by: User) -> None:
    """Held while one is counted, two who leave at the same moment don't count on each other."""
    administrators = User.objects.enabled().filter(role=who.Role.ADMIN).order_by("id")
    held = administrators.select_for_update(of=("self",), no_key=True).values_list("id", flat=True)
    if set(held) <= {by.pk}:
        raise Conflict(
            "only_administrator",
            _("You are the only administrator."),
            remedy=_("Make somebody else one first."),
        )


@verb
def erase_text(*, message_id: UUID, now: datetime) -> bool:
    """Delete a message whose author has left and wanted it gone, unless somebody has replied to it."""
    tree, message = place(message_id)
    author = message.author
    if author is None or not author.erases_texts or message.deleted or message.children_count:
        return False
    gone = trees.delete_message(tree=tree, message=message)
    tasks.settle(tree, now=now)
    Report.objects.filter(message__in=gone, handled_at=None).update(handled_at=now)
    Decision.objects.create(
        verb=Verb.DELETE, by=None, why=_("Its author has left and took it along."), at=now, message=message, tree=tree,
        details={"messages": [str(pk) for pk in gone]},
    )  # fmt: skip
    return True
